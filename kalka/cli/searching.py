"""The index of names from the console: made at once, where the worker would make it at night."""

import click
from django.utils.translation import gettext as _

from kalka.cli.serving import unwrap_root_key


@click.group(help=_("Search: make the index of names."))
def search() -> None:
    pass


@search.command(help=_("Make the index of names anew, now. Stop it, and it goes on. Search works meanwhile."))
@click.option("--quiet", is_flag=True, help=_("No bar."))
def build(quiet: bool) -> None:
    from kalka.cli.importing_places import Bar
    from kalka.core import clock
    from kalka.core.actors import SYSTEM
    from kalka.people import indexing
    from kalka.vault import clearing

    unwrap_root_key()
    bar = Bar(quiet=quiet)
    with bar:
        count = indexing.make(SYSTEM, now=clock.now(), progress=bar.reach)
    clearing.cleared(clock.now())
    click.echo(_("{count} people can be found by name.").format(count=count))
