from django.db import migrations

from kalka.core import memory


def up(apps, schema_editor):
    memory.watch(schema_editor.connection, "places_place")


def down(apps, schema_editor):
    memory.unwatch(schema_editor.connection, "places_place")


class Migration(migrations.Migration):
    """Processes keep the territory in memory: a change of it draws a new token."""

    dependencies = [("places", "0001_initial"), ("core", "0002_reference")]

    operations = [migrations.RunPython(up, down)]
