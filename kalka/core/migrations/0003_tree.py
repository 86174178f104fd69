from django.db import migrations, models

import kalka.core.models
from kalka.core import rebuilding


class Migration(migrations.Migration):
    """The chain becomes a tree. Whatever was chained is checked, and becomes its leaves in the same order."""

    dependencies = [("core", "0002_reference")]

    operations = [
        migrations.CreateModel(
            name="AuditKey",
            fields=[
                ("number", models.IntegerField(primary_key=True, serialize=False)),
                ("since", models.DateTimeField()),
                ("drawn", models.BooleanField()),
                ("sealed", models.BinaryField(default=b"")),
                ("recipients", models.BinaryField(default=b"", max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="AuditSecret",
            fields=[
                ("number", models.IntegerField(primary_key=True, serialize=False)),
                ("wrapped", models.BinaryField()),
                (
                    "xid",
                    kalka.core.models.TransactionIdField(
                        db_default=kalka.core.models.CurrentTransaction(), editable=False
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AuditCheckpoint",
            fields=[
                ("size", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("root", models.BinaryField(max_length=32)),
                ("note", models.TextField()),
            ],
        ),
        migrations.AddField("auditentry", "key", models.IntegerField(default=-1)),
        migrations.AlterField("auditentry", "key", models.IntegerField(default=0)),
        migrations.AlterField("auditentry", "ids", models.BinaryField(default=b"")),
        migrations.AddField("auditseal", "leaf", models.BinaryField(default=b"", max_length=32)),
        migrations.AddField("auditseal", "tag", models.BinaryField(default=b"", max_length=16)),
        migrations.AddField("audithead", "frontier", models.BinaryField(default=b"")),
        migrations.AddField("audithead", "key", models.IntegerField(default=-1)),
        migrations.AddField("audithead", "mark", models.BinaryField(default=b"", max_length=16)),
        migrations.RunPython(rebuilding.of_the_chain, rebuilding.not_back),
        migrations.RemoveField("auditseal", "chain"),
        migrations.RemoveField("audithead", "chain"),
        migrations.AlterField("auditseal", "leaf", models.BinaryField(max_length=32)),
        migrations.AlterField("auditseal", "tag", models.BinaryField(max_length=16)),
        migrations.RunPython(rebuilding.index, rebuilding.without_index),
    ]
