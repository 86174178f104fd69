from django.db import migrations

from kalka.history import triggers


def up(apps, schema_editor):
    triggers.put_up(schema_editor.connection)


def down(apps, schema_editor):
    triggers.take_down(schema_editor.connection)


class Migration(migrations.Migration):
    """What happened is never changed or removed: the database itself refuses."""

    dependencies = [("history", "0001_initial")]

    operations = [migrations.RunPython(up, down)]
