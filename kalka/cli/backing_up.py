"""A backup by hand or by the machine's own timer. The worker makes one each night by itself, where it is told how."""

import json
from pathlib import Path

import click
from django.conf import settings
from django.utils.translation import gettext as _

from kalka.cli.serving import unwrap_root_key
from kalka.core import clock
from kalka.core.errors import DomainError
from kalka.ui import writing
from kalka.ui.words import say


@click.command(help=_("Copy everything into two files sealed to people outside: the data, and the keys of the files."))
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), help=_("Folder; KALKA_BACKUP_TO if left out."))
@click.option("--recipient", "given", multiple=True, metavar="age1…", help=_("Who can open them alone; repeatable."))
@click.option(
    "--recipients",
    "listed",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=_("A file with a recipient on each line."),
)
@click.option("--json", "as_json", is_flag=True, help=_("Answer for a machine."))
def backup(to: Path | None, given: tuple[str, ...], listed: Path | None, as_json: bool) -> None:
    """Recipients that are named here stand in for those of the environment."""
    from kalka.backups.attempting import attempt

    unwrap_root_key()
    named = [*given, *(listed.read_text("utf-8").splitlines() if listed else [])] or settings.BACKUP_RECIPIENTS
    target = to or settings.BACKUP_TO
    if target is None:
        raise click.UsageError(_("Say where to: --to FOLDER, or KALKA_BACKUP_TO."))
    try:
        made, removed = attempt(target, named, data_days=settings.BACKUP_DAYS, by_night=False, now=clock.now())
    except DomainError as refusal:
        raise click.ClickException(say(refusal)) from refusal
    pair = made.pair
    if as_json:
        files = {"data": pair.data.name, "keys": pair.keys.name, "manifest": pair.manifest}
        click.echo(json.dumps({"at": pair.at.isoformat(), **files, "rows": made.rows, "removed": removed}))
        return
    click.echo(_("Two files in {folder}; a restore needs both of them:").format(folder=target))
    for one in (pair.data, pair.keys):
        click.echo(f"  {one.name}  {_size(one.size)}")
    click.echo(_("Rows: {rows}. Old files removed: {removed}.").format(rows=writing.number(made.rows), removed=removed))
    click.echo(_("The root key is in neither. Keep it apart from them: see “kalka keys seal”."))


def _size(size: int) -> str:
    return _("{count} MB").format(count=writing.number(round(size / 1_000_000, 1)))
