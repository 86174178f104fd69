"""The law as it stood on a day: the value, the article behind it, and how sure we are."""

import json
from datetime import date, datetime

import click
from django.utils import translation
from django.utils.translation import gettext as _

from kalka.cli import law_told
from kalka.core import clock
from kalka.core.errors import DomainError
from kalka.lawbook import book, wording
from kalka.lawbook.book import Law, Provision
from kalka.ui import writing
from kalka.ui.words import say

LANGUAGES = ("ky", "ru", "en")


def language_of(chosen: str | None) -> str:
    current = (translation.get_language() or "ky").split("-")[0]
    return chosen or (current if current in LANGUAGES else "ky")


class _Law(click.Group):
    """`kalka law KEY` asks for a key; `on` and `diff` are papers."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or args[0] not in {*self.commands, *ctx.help_option_names}:
            args = ["show", *args]
        return super().parse_args(ctx, args)


DAY = click.DateTime(["%Y-%m-%d"])
_lang = click.option("--lang", type=click.Choice(LANGUAGES), help=_("Language of the answer."))


@click.group(cls=_Law, help=_("What the law sets on a day, and what changed between two days."))
def law() -> None:
    pass


@law.command(help=_("Show what the law sets on a day, with its article; without a key list the keys."))
@click.argument("key", required=False)
@click.option("--on", "on", type=DAY, help=_("The day, as 2024-08-07; today if left out."))
@_lang
@click.option("--json", "as_json", is_flag=True, help=_("Answer for a machine."))
def show(key: str | None, on: datetime | None, lang: str | None, as_json: bool) -> None:
    day, lang = on.date() if on else clock.day_of(clock.now()), language_of(lang)
    with translation.override(lang):
        try:
            click.echo(_listed(day, lang, as_json) if key is None else _one(key, day, lang, as_json))
        except DomainError as refusal:
            raise click.ClickException(say(refusal)) from refusal


@law.command("on", help=_("The whole law on a day, as a paper to check and sign."))
@click.argument("day", type=DAY)
@_lang
def on_day(day: datetime, lang: str | None) -> None:
    lang = language_of(lang)
    with translation.override(lang):
        click.echo(law_told.on_day(day.date(), lang))


@law.command(help=_("What changed between two days, as a paper to check and sign."))
@click.argument("first", type=DAY)
@click.argument("second", type=DAY)
@_lang
def diff(first: datetime, second: datetime, lang: str | None) -> None:
    lang = language_of(lang)
    with translation.override(lang):
        click.echo(law_told.difference(first.date(), second.date(), lang))


def _one(key: str, day: date, lang: str, as_json: bool) -> str:
    provision = Law(day)[key]
    if as_json:
        return _dumped(_as_json(provision, day, lang))
    lines = [
        book.title(key, lang),
        _("Value: {value}").format(value=wording.value(provision)),
        _("Basis: {citation}").format(citation=provision.cite(lang)),
        _("How it is known: {confidence}").format(confidence=wording.confidence(provision.confidence)),
        _("First day: {day} ({confidence})").format(
            day=writing.day(provision.since), confidence=wording.confidence(provision.since_confidence)
        ),
    ]
    return "\n".join(lines)


def _listed(day: date, lang: str, as_json: bool) -> str:
    """Every key, with what holds on the day; a key without a rule on that day keeps its line."""
    found = {key: Law(day).get(key) for key in book.keys()}
    if as_json:
        return _dumped({key: _as_json(p, day, lang) if p else None for key, p in found.items()})
    rows = [(key, wording.value(p), book.title(key, lang)) for key, p in found.items()]
    return "\n".join("  ".join((key.ljust(44), value.ljust(24), title)) for key, value, title in rows)


def _as_json(provision: Provision, day: date, lang: str) -> dict[str, object]:
    more = {
        "on": day.isoformat(),
        "is_set": provision.is_set,
        "title": book.title(provision.key, lang),
        "citation": provision.cite(lang),
        "note": book.note(provision.key),
        "source": book.source(provision),
    }
    return provision.as_json() | more


def _dumped(answer: object) -> str:
    return json.dumps(answer, ensure_ascii=False, indent=2)
