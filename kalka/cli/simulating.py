"""Many invented cases, for trials and measurements. It may be stopped at any point and goes on where it was."""

from datetime import date, datetime

import click
from django.conf import settings
from django.utils.translation import gettext as _

from kalka.cli.importing_places import Bar
from kalka.cli.serving import unwrap_root_key
from kalka.core import clock
from kalka.core.errors import DomainError
from kalka.demo.simulate import running
from kalka.demo.simulate.casting import casts
from kalka.demo.staffing import staff
from kalka.ui.words import say
from kalka.vault import keys

MOST = 1_000_000


@click.command("simulate", help=_("Fill an empty installation with invented cases. Stop it, and it goes on."))
@click.option("--cases", type=click.IntRange(1, MOST), required=True, help=_("How many cases."))
@click.option("--seed", type=int, default=1, show_default=True, help=_("Another number, another world."))
@click.option(
    "--from",
    "since",
    type=click.DateTime(["%Y-%m-%d"]),
    default="2021-01-01",
    show_default=True,
    help=_("The first day of the first case."),
)
@click.option("--processes", type=click.IntRange(1, 8), default=1, show_default=True, help=_("How many at once."))
@click.option("--into-empty", is_flag=True, help=_("Yes, this installation is for trials: nothing real is in it."))
@click.option("--quiet", is_flag=True, help=_("No bar."))
def simulate(cases: int, seed: int, since: datetime, processes: int, into_empty: bool, quiet: bool) -> None:
    unwrap_root_key()
    keys.ensure_keks()
    bar = Bar(quiet=quiet)
    try:
        _people(into_empty)
        with bar:
            done = running.run(
                cases,
                seed=seed,
                since=since.date(),
                progress=bar.reach,
                processes=processes,
                into_empty=into_empty,
            )
    except DomainError as refusal:
        raise click.ClickException(say(refusal)) from refusal
    click.echo(_told(done))


def _people(into_empty: bool) -> None:
    """The demo's own staff, where nobody works yet."""
    now = clock.now()
    if (settings.DEMO or into_empty) and not casts(clock.day_of(now)):
        running.ensure_invented(into_empty=into_empty)
        staff(now)


def _told(done: running.Simulated) -> str:
    return _("{cases} invented cases from {since} to {until}, {written} of them written now.").format(
        cases=done.cases, since=_day(done.since), until=_day(done.until), written=done.written
    )


def _day(day: date) -> str:
    return day.isoformat()
