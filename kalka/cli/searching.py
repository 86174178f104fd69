"""What people are found by, made from the console: the index of names at once, where the worker would make it at night;
the digests of numbers for people of before there were any."""

import click
from django.utils.translation import gettext as _

from kalka.cli.serving import unwrap_root_key


@click.group(help=_("Search: make what people are found by."))
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


@search.command(
    help=_("Make the digests by which numbers and same people are found, for all people. Needed once, after an update.")
)
@click.option("--by-worker", is_flag=True, help=_("Only begin; the worker does it."))
@click.option("--after", default="", metavar="ID", help=_("Go on after the id that was shown when it was stopped."))
@click.option("--quiet", is_flag=True, help=_("No bar."))
def identify(by_worker: bool, after: str, quiet: bool) -> None:
    from kalka.cli.importing_places import Bar
    from kalka.core import clock
    from kalka.core.actors import SYSTEM
    from kalka.people import identifying

    unwrap_root_key()
    if by_worker:
        identifying.begin(SYSTEM, now=clock.now())
        click.echo(_("Begun. The worker does it."))
        return
    reached = after

    def reach(done: int, of: int, at: str) -> None:
        nonlocal reached
        reached = at
        bar.reach(done, of)

    bar = Bar(quiet=quiet)
    try:
        with bar:
            made = identifying.make(SYSTEM, now=clock.now(), after=after, progress=reach)
    except KeyboardInterrupt:
        again = f"kalka search identify --after {reached}" if reached else "kalka search identify"
        raise click.ClickException(
            _("Stopped. What was made stands. To go on: {command}").format(command=again)
        ) from None
    click.echo(_("{people} people looked at, {count} digests made.").format(people=made.people, count=made.new))
