from django.db import migrations

from kalka.core import memory


def up(apps, schema_editor):
    for table in ("directory_organisation", "directory_post"):
        memory.watch(schema_editor.connection, table)


def down(apps, schema_editor):
    for table in ("directory_organisation", "directory_post"):
        memory.unwatch(schema_editor.connection, table)


class Migration(migrations.Migration):
    """Processes keep organisations and posts in memory: a change of them draws a new token."""

    dependencies = [("directory", "0002_member_category"), ("core", "0002_reference")]

    operations = [migrations.RunPython(up, down)]
