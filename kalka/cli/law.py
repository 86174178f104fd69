"""The law as it stood on a day: the value, the article behind it, and how sure we are."""

import json
from datetime import date, datetime

import click
from django.utils import translation
from django.utils.translation import gettext as _

from kalka.core import clock
from kalka.core.errors import DomainError
from kalka.lawbook import book
from kalka.lawbook.book import Law, Provision
from kalka.ui import writing
from kalka.ui.words import say

LANGUAGES = ("ky", "ru", "en")


def language_of(chosen: str | None) -> str:
    current = (translation.get_language() or "ky").split("-")[0]
    return chosen or (current if current in LANGUAGES else "ky")


@click.command(help=_("Show what the law sets on a day, with its article; without a key list the keys."))
@click.argument("key", required=False)
@click.option("--on", "on", type=click.DateTime(["%Y-%m-%d"]), help=_("The day, as 2024-08-07; today if left out."))
@click.option("--lang", type=click.Choice(LANGUAGES), help=_("Language of the answer."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer for a machine."))
def law(key: str | None, on: datetime | None, lang: str | None, as_json: bool) -> None:
    day, lang = on.date() if on else clock.day_of(clock.now()), language_of(lang)
    with translation.override(lang):
        try:
            click.echo(_listed(day, lang, as_json) if key is None else _one(key, day, lang, as_json))
        except DomainError as refusal:
            raise click.ClickException(say(refusal)) from refusal


def _one(key: str, day: date, lang: str, as_json: bool) -> str:
    provision = Law(day)[key]
    if as_json:
        return _dumped(_as_json(provision, day, lang))
    lines = [
        book.title(key, lang),
        _("Value: {value}").format(value=_value(provision)),
        _("Basis: {citation}").format(citation=provision.cite(lang)),
        _("How it is known: {confidence}").format(confidence=_confidence(provision.confidence)),
        _("First day: {day} ({confidence})").format(
            day=writing.day(provision.since), confidence=_confidence(provision.since_confidence)
        ),
    ]
    return "\n".join(lines)


def _listed(day: date, lang: str, as_json: bool) -> str:
    """Every key, with what holds on the day; a key without a rule on that day keeps its line."""
    found = {key: Law(day).get(key) for key in book.keys()}
    if as_json:
        return _dumped({key: _as_json(p, day, lang) if p else None for key, p in found.items()})
    rows = [(key, _value(p) if p else _("no rule on this day"), book.title(key, lang)) for key, p in found.items()]
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


def _value(provision: Provision) -> str:
    value = provision.value
    if value is None:
        return _("unset")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    plain = f"{value[0]}–{value[1]}" if isinstance(value, tuple) else str(value)
    unit = _unit(provision.unit)
    return f"{plain} ({unit})" if unit else plain


def _unit(unit: str) -> str:
    return {
        "hours": _("hours"),
        "days": _("days"),
        "weeks": _("weeks"),
        "months": _("months"),
        "years": _("years"),
        "day_of_month": _("day of the month"),
    }.get(unit.removesuffix("_range"), "")


def _confidence(confidence: str) -> str:
    return {
        "verbatim": _("read in the official text or a ministry document"),
        "paraphrase": _("retold by another source"),
        "unclear": _("unclear: sources differ or are partial"),
        "unknown": _("unknown"),
    }[confidence]
