from django.db import migrations, models

import kalka.history.rules
from kalka.history import triggers


def put_up_again(apps, schema_editor):
    """SQLite makes the table anew, without its triggers."""
    if schema_editor.connection.vendor == "sqlite":
        triggers.put_up(schema_editor.connection)


class Migration(migrations.Migration):
    """She called while an order ran; she says that nobody came."""

    dependencies = [("history", "0003_more_kinds")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, put_up_again),
        migrations.RemoveConstraint(model_name="event", name="event_kind_is_known"),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", list(kalka.history.rules.EventKind))), name="event_kind_is_known"
            ),
        ),
        migrations.RunPython(put_up_again, migrations.RunPython.noop),
    ]
