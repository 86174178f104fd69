"""From two files and somebody's secret key back to an installation, where nothing is yet."""

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

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(help=_("Put a backup back, into an empty folder or an empty database. Needs the data and the keys."))
@click.option("--data", type=FILE, help=_("The file kalka-data-….age."))
@click.option("--keys", type=FILE, help=_("The file kalka-keys-….age."))
@click.option("--identity", type=FILE, required=True, help=_("File with the secret key of a recipient."))
@click.option("--into", metavar="FOLDER", help=_("Folder for SQLite; PostgreSQL is named by DATABASE_URL."))
@click.option("--newer-keys", is_flag=True, help=_("The keys are of a later backup than the data."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer for a machine."))
def restore(
    data: Path | None, keys: Path | None, identity: Path, into: str | None, newer_keys: bool, as_json: bool
) -> None:
    """`--into` is read before Django is: see restore_environment."""
    from kalka.backups import restoring, sealing

    try:
        if data is None or keys is None:
            raise DomainError("backups.both_needed")
        unwrap_root_key()
        opened_by = sealing.identities(identity.read_text("utf-8", errors="replace"))
        done = restoring.restore([data, keys], opened_by, newer_keys=newer_keys, now=clock.now())
    except DomainError as refusal:
        raise click.ClickException(say(refusal)) from refusal
    if as_json:
        told = {"at": done.at.isoformat(), "rows": done.rows, "whole": done.fault is None, "late": done.late}
        click.echo(json.dumps(told))
    else:
        _tell(done)
    if done.fault:
        raise SystemExit(1)


def _tell(done) -> None:  # type: ignore[no-untyped-def]  # the type is of a module that loads Django's models
    day = writing.moment(done.at, clock.now())
    click.echo(_("Restored as it was {moment}: {rows} rows.").format(moment=day, rows=writing.number(done.rows)))
    if done.late:
        click.echo(
            _(
                "It is older than a backup may be: one is made each night. What was written since then is lost unless "
                "there is a newer pair. Look for it on every disk before anybody works here, and restore that one."
            ),
            err=True,
        )
    if done.fault:
        click.echo(_("But the record is not whole. It was so when the backup was made: see “kalka verify”."), err=True)
    else:
        click.echo(_("The record is whole: {count} entries.").format(count=writing.number(done.entries)))
    click.echo(_("Sessions and tokens that were ended: {count}.").format(count=writing.number(done.ended)))
    click.echo(
        _(
            "Next: set {data} for the server and the worker, run “kalka prepare” and “kalka check”, start both, "
            "sign in and open a case. Only then is it restored. Enter again what was written after the backup."
        ).format(data=f"KALKA_DATA={settings.DATA}")
    )
