"""Figures from the console: a release made at once, where the worker would make it at the beginning of the month."""

import click
from django.utils.translation import gettext as _

from kalka.cli.serving import unwrap_root_key


@click.group(help=_("Figures: make a release of them."))
def statistics() -> None:
    pass


@statistics.command(help=_("Copy, count, protect and publish everything up to the last whole month, now."))
def release() -> None:
    from kalka.cli.importing_places import Bar
    from kalka.core import clock
    from kalka.core.actors import SYSTEM
    from kalka.core.errors import DomainError
    from kalka.statistics import tasks
    from kalka.ui.words import say

    unwrap_root_key()
    bar = Bar(quiet=False)
    try:
        with bar:
            code = tasks.release_now(SYSTEM, now=clock.now(), progress=bar.reach)
    except DomainError as refusal:
        raise click.ClickException(say(refusal)) from refusal
    click.echo(_("Release {code} is published.").format(code=code))
