"""New key-encryption keys, while people work."""

import json
import sys
from dataclasses import asdict
from time import perf_counter

import click
from django.utils.translation import gettext as _

from kalka.cli.serving import unwrap_root_key
from kalka.core.actors import SYSTEM
from kalka.ui import writing
from kalka.vault.classes import Klass


@click.command(help=_("Change the key-encryption keys. Nobody's work is stopped; cut off, the same command goes on."))
@click.option(
    "--klass",
    "chosen",
    type=click.Choice([klass.value for klass in Klass]),
    multiple=True,
    help=_("A class of what is sealed; repeatable. All of them if left out."),
)
@click.option("--by-worker", is_flag=True, help=_("Only begin; the worker does it, a little each minute."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer for a machine."))
def rotate(chosen: tuple[str, ...], by_worker: bool, as_json: bool) -> None:
    from kalka.vault import rotation

    unwrap_root_key()
    klasses = tuple(Klass(one) for one in chosen) or tuple(Klass)
    if by_worker:
        rotation.begin(SYSTEM, klasses=klasses)
        click.echo(_("Begun. The worker goes on with it, minute by minute."))
        return
    began = perf_counter()
    done = rotation.rotate(SYSTEM, klasses=klasses, progress=None if as_json else _shown)
    if as_json:
        click.echo(json.dumps(asdict(done) | {"seconds": round(perf_counter() - began, 3)}))
    else:
        _tell(done)
    if done.shut:
        raise SystemExit(3)


def _shown(done: int, total: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{100 * done // max(total, 1)} %", nl=False, err=True)


def _tell(done) -> None:  # type: ignore[no-untyped-def]  # the type is of a module that loads Django's models
    if done.went_on:
        click.echo(_("An unfinished change was finished. For a new one run it again."))
    rows, keys = writing.number(done.rows), writing.number(done.destroyed)
    click.echo(
        _("Keys of files put under new ones: {rows}. Old key-encryption keys destroyed: {keys}.").format(
            rows=rows, keys=keys
        )
    )
    if done.shut:
        shut = writing.number(done.shut)
        click.echo(
            _("Keys that do not open, because they were altered: {count}. Their old key was kept.").format(count=shut),
            err=True,
        )
