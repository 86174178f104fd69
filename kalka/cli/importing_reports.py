"""Reports from a spreadsheet. The command writes the template, checks a file, and takes it in row by row."""

import json
import sys
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Any

import click
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kalka.accounts import selectors as accounts
from kalka.cli.serving import unwrap_root_key
from kalka.core import clock
from kalka.core.actors import Actor, organisation_holder, post_holder
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.directory.roles import ROLES
from kalka.intake import columns, importing, template
from kalka.sheets import words as row_words
from kalka.ui.words import say

PATIENCE = 2.0  # seconds before a bar is worth looking at
SHOWN = 100  # errors on a screen; all of them with --json


@click.command("reports", help=_("Take in a spreadsheet of reports, or write the template for one."))
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "login", help=_("User name of the person whose reports these are."))
@click.option("--dry-run", is_flag=True, help=_("Check the file and write nothing."))
@click.option(
    "--template", "out", type=click.Path(dir_okay=False, path_type=Path), help=_("Write an empty template here.")
)
@click.option("--json", "as_json", is_flag=True, help=_("Answer for a machine."))
def reports(file: Path | None, login: str | None, dry_run: bool, out: Path | None, as_json: bool) -> None:
    if out is not None:
        return _write_template(out)
    if file is None or login is None:
        raise click.UsageError(_("Name the file and, with --as, whose reports these are; or ask for --template."))
    unwrap_root_key()
    try:
        found, taken = _import(file, login, dry_run, quiet=as_json)
    except DomainError as refusal:
        raise click.ClickException(say(refusal)) from refusal
    click.echo(_as_json(found, taken, dry_run) if as_json else _as_text(found, taken, dry_run))
    if found.errors:
        sys.exit(1)


def _import(file: Path, login: str, dry_run: bool, *, quiet: bool) -> tuple[importing.Checked, int]:
    now, actor = clock.now(), acting(login)
    found = importing.check(actor, file.read_bytes(), file.name, now=now)
    if found.errors or dry_run:
        return found, 0
    with Progress(len(found.new), quiet=quiet) as bar:
        return found, importing.take_in(actor, found.new, now=now, each=bar.step)


def acting(login: str, needs: Permission = Permission.REPORT_IMPORT) -> Actor:
    """The person in the first of their posts that has the permission."""
    user_id = accounts.id_of(login)
    posts = directory.posts_of(user_id, clock.day_of(clock.now())) if user_id is not None else []
    post = next((p for p in posts if needs in ROLES[p.role].permissions), None)
    if user_id is None or post is None:
        refused = _("{login} holds no post that may import reports.")
        if needs is not Permission.REPORT_IMPORT:
            refused = _("{login} holds no post that keeps this.")
        raise click.ClickException(refused.format(login=login))
    return Actor(
        user_id,
        ROLES[post.role].permissions,
        (post_holder(post.id), organisation_holder(post.organisation_id)),
        post_id=post.id,
        organisation_id=post.organisation_id,
        role=post.role,
        place=post.place,
        leads=post.leads,
    )


def _write_template(out: Path) -> None:
    if out.exists():
        raise click.ClickException(_("{file} is there already. Nothing was written.").format(file=out))
    out.write_bytes(template.workbook((get_language() or "ky")[:2]))
    click.echo(_("The template is in {file}.").format(file=out))


def _as_text(found: importing.Checked, taken: int, dry_run: bool) -> str:
    lines = row_words.lines(found.errors[:SHOWN], columns.columns())
    if len(found.errors) > SHOWN:
        lines.append(_("… and {count} more.").format(count=len(found.errors) - SHOWN))
    if found.ignored:
        lines.append(_("Columns that nobody asked for: {columns}.").format(columns=", ".join(found.ignored)))
    if found.there:
        lines.append(_counted(found.there, "there"))
    if found.errors:
        lines.append(_("Nothing was written. Mend these rows and run it again."))
    else:
        lines.append(_counted(len(found.new), "would" if dry_run else "taken"))
    return "\n".join(lines)


def _counted(count: int, what: str) -> str:
    said = {
        "there": ngettext("{count} report was there already.", "{count} reports were there already.", count),
        "would": ngettext("{count} report would be taken in.", "{count} reports would be taken in.", count),
        "taken": ngettext("{count} report was taken in.", "{count} reports were taken in.", count),
    }
    return said[what].format(count=count)


def _as_json(found: importing.Checked, taken: int, dry_run: bool) -> str:
    messages = row_words.lines(found.errors, columns.columns())
    answer: dict[str, Any] = {
        "dry_run": dry_run,
        "new": len(found.new),
        "taken": taken,
        "there": found.there,
        "ignored": list(found.ignored),
        "errors": [
            {"row": error.row, "column": error.column, "code": error.code, "message": message}
            for error, message in zip(found.errors, messages, strict=True)
        ],
    }
    return json.dumps(answer, ensure_ascii=False, indent=2)


class Progress:
    """A bar on the error output, once the work has taken two seconds."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        self._bar = click.progressbar(length=total, file=sys.stderr, hidden=quiet or not sys.stderr.isatty())
        self._begun, self._shown, self._done = monotonic(), False, 0

    def __enter__(self) -> "Progress":
        return self

    def step(self) -> None:
        self._done += 1
        if not self._shown and monotonic() - self._begun > PATIENCE:
            self._bar.__enter__()
            self._bar.update(self._done - 1)
            self._shown = True
        if self._shown:
            self._bar.update(1)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            self._bar.__exit__(kind, error, trace)
