"""Loading what an institution already has."""

import click
from django.utils.translation import gettext as _

from kalka.cli.importing_local import TABLES, command_of
from kalka.cli.importing_places import places
from kalka.cli.importing_reports import reports


@click.group("import", help=_("Load the territory list, reports, or the tables a local committee keeps."))
def importing() -> None:
    pass


importing.add_command(places)
importing.add_command(reports)
for _name in TABLES:
    importing.add_command(command_of(_name))
