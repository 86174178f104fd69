"""The territory from a list: checked as a whole, loaded as a whole or not at all."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kalka.cli.importing_reports import SHOWN, Progress
from kalka.cli.serving import unwrap_root_key
from kalka.core import clock
from kalka.core.actors import SYSTEM_ID, Actor
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.places import listing, services
from kalka.places.services import ImportReport
from kalka.sheets import words as row_words
from kalka.ui.words import say

CONSOLE = Actor(SYSTEM_ID, frozenset({Permission.PLACES_IMPORT}))


@click.command("places", help=_("Load a territory list: CSV, XLSX or XLS. All of it or, with one wrong row, nothing."))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help=_("Check the file and write nothing."))
@click.option("--vintage", default="", metavar="YYYY-MM", help=_("The month the list is of, if the file does not say."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer for a machine."))
def places(file: Path, dry_run: bool, vintage: str, as_json: bool) -> None:
    unwrap_root_key()
    bar = Bar(quiet=as_json)
    try:
        with bar:
            report = services.import_places(
                CONSOLE,
                data=file.read_bytes(),
                filename=file.name,
                vintage=vintage,
                dry_run=dry_run,
                now=clock.now(),
                progress=bar.reach,
            )
    except DomainError as refusal:
        raise click.ClickException(say(refusal)) from refusal
    click.echo(_as_json(report, dry_run) if as_json else _as_text(report))
    if report.errors:
        sys.exit(1)


class Bar(Progress):
    """Its length is known only when the file has been read."""

    def __init__(self, *, quiet: bool) -> None:
        super().__init__(0, quiet=quiet)

    def reach(self, done: int, total: int) -> None:
        self._bar.length = total
        while self._done < done:
            self.step()


def _as_text(report: ImportReport) -> str:
    lines = row_words.lines(report.errors[:SHOWN], listing.COLUMNS)
    if len(report.errors) > SHOWN:
        lines.append(_("… and {count} more.").format(count=len(report.errors) - SHOWN))
    if report.ignored:
        lines.append(_("Columns that nobody asked for: {columns}.").format(columns=", ".join(report.ignored)))
    if report.errors:
        return "\n".join([*lines, _("Nothing was written. Mend these rows and run it again.")])
    lines.append(_counts(report))
    if report.drafts:
        lines.append(_drafts(report.drafts))
    if not report.written:
        lines.append(_("This was a trial: nothing was written."))
    return "\n".join(lines)


def _counts(report: ImportReport) -> str:
    return _(
        "List of {vintage}, {rows} rows: "
        "{created} new, {changed} changed, {ended} no longer there, {same} as they were."
    ).format(
        vintage=report.vintage,
        rows=report.rows,
        created=report.created,
        changed=report.changed,
        ended=report.ended,
        same=report.same,
    )


def _drafts(count: int) -> str:
    said = ngettext(
        "{count} Kyrgyz name waits for a speaker's review; the Russian name is shown until then.",
        "{count} Kyrgyz names wait for a speaker's review; the Russian names are shown until then.",
        count,
    )
    return said.format(count=count)


def _as_json(report: ImportReport, dry_run: bool) -> str:
    messages = row_words.lines(report.errors, listing.COLUMNS)
    errors = [
        {"row": error.row, "column": error.column, "code": error.code, "message": message}
        for error, message in zip(report.errors, messages, strict=True)
    ]
    return json.dumps({"dry_run": dry_run, **asdict(report), "errors": errors}, ensure_ascii=False, indent=2)
