"""The risk instruments: what is shipped, what an edition asks, and what it says to a set of answers."""

import json
from collections.abc import Mapping
from pathlib import Path

import click
from django.utils import translation
from django.utils.translation import gettext as _

from kalka.cli.evaluating import evaluated
from kalka.cli.instrument_put import put
from kalka.cli.law import LANGUAGES, language_of
from kalka.core.errors import DomainError
from kalka.instruments import editions, scoring
from kalka.instruments.result import Result
from kalka.instruments.shape import Edition
from kalka.ui.words import say

SHEET = {"default", "answers", "context"}


@click.group(help=_("Risk instruments: list them, read one, score answers."))
def instrument() -> None:
    pass


@instrument.command("list", help=_("List the editions."))
@click.option("--reference", is_flag=True, help=_("Those kept to compare, which are never offered."))
@click.option("--lang", type=click.Choice(LANGUAGES), help=_("Language of the answer."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer for a machine."))
def listing(reference: bool, lang: str | None, as_json: bool) -> None:
    found = editions.shipped(editions.REFERENCE if reference else editions.CATALOGUE)
    faces = [_face(edition, language_of(lang)) for edition in found]
    if as_json:
        click.echo(_dumped(faces))
    else:
        for face in faces:
            click.echo("  ".join(str(face[key]).ljust(wide) for key, wide in _COLUMNS).rstrip())


@instrument.command("show", help=_("Show what an edition asks. NAME is its name or the path of a file."))
@click.argument("name")
@click.option("--version", help=_("Another version than the newest."))
@click.option("--lang", type=click.Choice(LANGUAGES), help=_("Language of the answer."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer for a machine."))
def show(name: str, version: str | None, lang: str | None, as_json: bool) -> None:
    lang = language_of(lang)
    with translation.override(lang):
        edition = _found(name, version)
    questions = {code: (item.text or {}).get(lang, item.gist) for code, item in edition.items.items()}
    if as_json:
        levels = [{"code": level.code, "title": level.title[lang]} for level in edition.levels]
        click.echo(_dumped(_face(edition, lang) | {"levels": levels, "items": questions}))
        return
    click.echo(f"{edition.title[lang]} ({edition.id} {edition.version})")
    if edition.banner:
        click.echo(edition.banner[lang])
    for code, question in questions.items():
        click.echo(f"{code}  {question}".rstrip())


@instrument.command("score", help=_("Score a file of answers. NAME is its name or the path of a file."))
@click.argument("name")
@click.option("--answers", "path", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--version", help=_("Another version than the newest."))
@click.option("--lang", type=click.Choice(LANGUAGES), help=_("Language of the answer."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer for a machine."))
def score(name: str, path: Path, version: str | None, lang: str | None, as_json: bool) -> None:
    lang = language_of(lang)
    with translation.override(lang):
        default, answers, context = _sheet(path)
        edition = _found(name, version)
        try:
            result = scoring.score(edition, answers, context, default)
        except DomainError as refusal:
            raise click.ClickException(say(refusal)) from refusal
        click.echo(_dumped(result.as_json() | _face(edition, lang)) if as_json else _told(edition, result, lang))


instrument.add_command(evaluated)
instrument.add_command(put)

_COLUMNS = (("edition", 20), ("version", 18), ("edition_status", 14), ("edition_title", 0))


def _face(edition: Edition, lang: str) -> dict[str, object]:
    return {
        "edition": edition.id,
        "version": edition.version,
        "edition_status": edition.status,
        "edition_title": edition.title[lang],
        "banner": edition.banner[lang] if edition.banner else None,
        "digest": edition.digest,
    }


def _found(name: str, version: str | None) -> Edition:
    """The catalogue first, then the reference editions; whatever looks like a path is a file."""
    try:
        if name.endswith((".yaml", ".yml")):
            return editions.load(Path(name))
        reference = name not in editions.names() and name in editions.names(editions.REFERENCE)
        folder = editions.REFERENCE if reference else editions.CATALOGUE
        return editions.edition(name, version, folder) if version else editions.latest(name, folder)
    except DomainError as refusal:
        raise click.ClickException(say(refusal)) from refusal


def _sheet(path: Path) -> tuple[str, Mapping[str, str], Mapping[str, object]]:
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        raise click.UsageError(_("The answers are no JSON file.")) from None
    if not isinstance(given, dict) or given.keys() - SHEET:
        raise click.UsageError(_("The answers are an object with default, answers and context."))
    answers, context = given.get("answers", {}), given.get("context", {})
    default = given.get("default", "not_asked")
    texts = isinstance(answers, dict) and all(isinstance(answer, str) for answer in [default, *answers.values()])
    if not texts or not isinstance(context, dict):
        raise click.UsageError(_("Answers are words such as yes, no or unknown."))
    return default, answers, context


def _told(edition: Edition, result: Result, lang: str) -> str:
    lines = [edition.banner[lang]] if edition.banner else []
    lines += [f"{edition.title[lang]} ({edition.id} {edition.version})", _status(result.status)]
    told = (
        (_("Level: {value}"), _title(edition, result.level, lang)),
        (_("Highest possible level: {value}"), _title(edition, result.level_max, lang)),
        (_("Score: {value}"), None if result.score is None else str(result.score)),
        (_("Rules: {value}"), ", ".join(result.rules)),
        (_("Behind it: {value}"), ", ".join(result.reasons)),
        (_("Would change it: {value}"), ", ".join(result.would_change)),
        (_("Attention: {value}"), ", ".join(result.flags)),
        (_("Assess again within {value} hours"), None if result.period_hours is None else str(result.period_hours)),
    )
    return "\n".join(lines + [words.format(value=value) for words, value in told if value])


def _title(edition: Edition, level: str | None, lang: str) -> str | None:
    return None if level is None else edition.level(level).title[lang]


def _status(status: str) -> str:
    return {
        "scored": _("Scored."),
        "insufficient": _("Too little was answered. This is no result: assess again as soon as possible."),
        "ineligible": _("This form is not made for this case. Use professional judgement."),
        "not_computed": _("This form computes nothing. Use professional judgement."),
    }[status]


def _dumped(answer: object) -> str:
    return json.dumps(answer, ensure_ascii=False, indent=2)
