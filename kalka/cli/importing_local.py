"""The tables a committee keeps itself: committees, members, families, sittings, events, trainings. One way for all.

The command writes an empty table in Kyrgyz or Russian, checks a file, and takes it in row by row; run again it goes on
where it stopped. What a row means, the module says in its `importing`.
"""

import json
import sys
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kalka.cli.importing_reports import SHOWN, Progress, acting
from kalka.cli.serving import unwrap_root_key
from kalka.core import clock
from kalka.core.errors import DomainError
from kalka.sheets import loading, writing
from kalka.sheets import words as row_words
from kalka.sheets.loading import Checked, Loader
from kalka.ui.text import StrOrPromise
from kalka.ui.words import say

# name → (module, its loader, what the help says); read when it is asked for.
TABLES: dict[str, tuple[str, str, StrOrPromise]] = {
    "committees": ("committees", "COMMITTEES", gettext_lazy("Take in a list of local committees.")),
    "members": ("committees", "MEMBERS", gettext_lazy("Take in the members of one's own committee.")),
    "families": ("families", "FAMILIES", gettext_lazy("Take in a committee's list of families at risk.")),
    "sittings": ("sittings", "LOADER", gettext_lazy("Take in a committee's journal of sittings.")),
    "events": ("prevention", "LOADER", gettext_lazy("Take in a list of meetings, talks and campaigns.")),
    "orders": ("orders", "LOADER", gettext_lazy("Take in an export of the police register of protection orders.")),
    "signals": ("monitoring", "LOADER", gettext_lazy("Take in signals of the electronic monitoring.")),
    "trainings": ("training", "LOADER", gettext_lazy("Take in who was trained, where and when.")),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    checked: Checked
    taken: int
    dry_run: bool


def loader_of(name: str) -> Loader:
    module, attribute, _about = TABLES[name]
    found: Loader = getattr(import_module(f"kalka.{module}.importing"), attribute)
    return found


def command_of(name: str) -> click.Command:
    @click.command(name, help=str(TABLES[name][2]))
    @click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
    @click.option("--as", "login", help=_("User name of the person whose work this is."))
    @click.option("--template", "lang", type=click.Choice(["ky", "ru"]), help=_("Write an empty table to FILE."))
    @click.option("--dry-run", is_flag=True, help=_("Check the file and write nothing."))
    @click.option("--json", "as_json", is_flag=True, help=_("Answer for a machine."))
    def one(file: Path, login: str | None, lang: str | None, dry_run: bool, as_json: bool) -> None:
        if lang is not None:
            return write_template(loader_of(name), file, lang)
        if login is None or not file.exists():
            raise click.UsageError(_("Name a file that is there and, with --as, whose it is; or ask for --template."))
        unwrap_root_key()
        run(loader_of(name), file, login, dry_run=dry_run, as_json=as_json)

    return one


def write_template(loader: Loader, file: Path, lang: str) -> None:
    if file.exists():
        raise click.ClickException(_("{file} is there already. Nothing was written.").format(file=file))
    file.write_bytes(writing.template(loader.columns(), lang=lang, title=str(loader.title)))
    click.echo(_("The template is in {file}.").format(file=file))


def run(loader: Loader, file: Path, login: str, *, dry_run: bool, as_json: bool) -> None:
    try:
        outcome = _taken_in(loader, file, login, dry_run=dry_run, quiet=as_json)
    except DomainError as refusal:
        raise click.ClickException(say(refusal)) from refusal
    click.echo(_as_json(loader, outcome) if as_json else _as_text(loader, outcome))
    if outcome.checked.errors:
        sys.exit(1)


def _taken_in(loader: Loader, file: Path, login: str, *, dry_run: bool, quiet: bool) -> Outcome:
    now, actor = clock.now(), acting(login, loader.needs)
    found = loading.check(loader, actor, file.read_bytes(), file.name, now=now)
    if found.errors or dry_run:
        return Outcome(found, 0, dry_run)
    with Progress(len(found.new), quiet=quiet) as bar:
        return Outcome(found, loading.take_in(loader, actor, found.new, now=now, each=bar.step), dry_run)


def _as_text(loader: Loader, outcome: Outcome) -> str:
    found, columns = outcome.checked, loader.columns()
    said = [*row_words.lines(found.errors[:SHOWN], columns), *row_words.lines(found.remarks[:SHOWN], columns)]
    hidden = max(len(found.errors) - SHOWN, 0) + max(len(found.remarks) - SHOWN, 0)
    if hidden:
        said.append(_("… and {count} more.").format(count=hidden))
    if found.ignored:
        said.append(_("Columns that nobody asked for: {columns}.").format(columns=", ".join(found.ignored)))
    if found.there:
        said.append(_counted(found.there, "there"))
    if found.errors:
        said.append(_("Nothing was written. Mend these rows and run it again."))
    else:
        said.append(_counted(len(found.new), "would" if outcome.dry_run else "taken"))
    return "\n".join(said)


def _counted(count: int, what: str) -> str:
    said = {
        "there": ngettext("{count} row was there already.", "{count} rows were there already.", count),
        "would": ngettext("{count} row would be taken in.", "{count} rows would be taken in.", count),
        "taken": ngettext("{count} row was taken in.", "{count} rows were taken in.", count),
    }
    return said[what].format(count=count)


def _as_json(loader: Loader, outcome: Outcome) -> str:
    found, columns = outcome.checked, loader.columns()
    answer: dict[str, Any] = {
        "dry_run": outcome.dry_run,
        "new": len(found.new),
        "taken": outcome.taken,
        "there": found.there,
        "ignored": list(found.ignored),
    }
    for name, faults in (("errors", found.errors), ("remarks", found.remarks)):
        lines = row_words.lines(faults, columns)
        answer[name] = [
            {**asdict(fault), "facts": {}, "message": line} for fault, line in zip(faults, lines, strict=True)
        ]
    return json.dumps(answer, ensure_ascii=False, indent=2)
