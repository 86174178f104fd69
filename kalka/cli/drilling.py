"""The proof that a backup comes back. It needs a recipient's secret key, so a person starts it."""

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


@click.command(help=_("Restore the newest backup where it disturbs nobody, open one case there, throw it away."))
@click.option("--identity", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True)
@click.option(
    "--from", "source", type=click.Path(file_okay=False, path_type=Path), help=_("Folder; KALKA_BACKUP_TO if left out.")
)
@click.option("--json", "as_json", is_flag=True, help=_("Answer for a machine."))
def drill(identity: Path, source: Path | None, as_json: bool) -> None:
    """Whatever is shown of a case is that one was opened."""
    from kalka.backups import drilling

    unwrap_root_key()
    folder = source or settings.BACKUP_TO
    if folder is None:
        raise click.UsageError(_("Say where the backups are: --from FOLDER, or KALKA_BACKUP_TO."))
    done = drilling.drill(folder, identity, now=clock.now())
    if as_json:
        of = done.of_moment.isoformat() if done.of_moment else None
        told = {"of": of, "seconds": done.seconds, "rows": done.rows, "opened": done.opened, "error": done.error}
        click.echo(json.dumps(told))
    elif done.error:
        click.echo(_("The drill failed. {why}").format(why=say(DomainError(done.error))), err=True)
    else:
        click.echo(
            _("The backup of {moment} came back in {seconds} s: {rows} rows, {opened} case opened.").format(
                moment=writing.moment(done.of_moment, clock.now()) if done.of_moment else "",
                seconds=done.seconds,
                rows=writing.number(done.rows),
                opened=done.opened,
            )
        )
    raise SystemExit(1 if done.error else 0)
