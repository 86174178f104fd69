"""The law on a day, and what changed between two days, as papers of plain text that a jurist can check and sign."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from kalka.lawbook import book, changes, tables, wording
from kalka.lawbook.book import Law, Provision
from kalka.lawbook.changes import Change, CodeChange
from kalka.lawbook.codes import Dated, forms_on, subjects_on
from kalka.lawbook.tables import Edition
from kalka.ui import writing


def on_day(day: date, lang: str) -> str:
    law = Law(day)
    found = {key: law.get(key) for key in book.keys()}
    numbers = [_number(key, provision, lang) for key, provision in found.items() if provision is not None]
    return _paper(
        [
            _("What the law says on {day}").format(day=writing.day(day)),
            _book(),
        ],
        [
            (_("Editions"), [_edition(one, lang) for one in tables.editions_on(day)]),
            (_("Numbers"), numbers),
            (_("Subjects"), [_code(one, lang) for one in subjects_on(day)]),
            (_("Forms of violence"), [_code(one, lang) for one in forms_on(day)]),
        ],
        lang,
    )


def difference(first: date, second: date, lang: str) -> str:
    found = changes.between(first, second)
    days = _("From {first} to {second}").format(first=writing.day(found.first), second=writing.day(found.second))
    head = [_("What changed in the law"), days, _book()]
    if found.nothing:
        return _paper([*head, _("Nothing changed.")], [], lang)
    return _paper(
        head,
        [
            (_("Editions"), [_edition(one, lang) for one in found.editions]),
            (_("Numbers"), [_change(one, lang) for one in found.numbers]),
            (_("Subjects"), [_code_change(one, lang) for one in found.subjects]),
            (_("Forms of violence"), [_code_change(one, lang) for one in found.forms]),
        ],
        lang,
    )


Part = tuple[str, list[list[str]]]


def _paper(head: Iterable[str], parts: Iterable[Part], lang: str) -> str:
    lines = list(head)
    for title, items in parts:
        if items:
            lines += ["", title.upper()]
        for number, (first, *rest) in enumerate(items, start=1):
            lines += [f"{number:>3}. {first}", *(f"     {one}" for one in rest)]
    return "\n".join([*lines, *_drafts(lang), *_signature()])


def _book() -> str:
    return _("Law book, edition {edition}").format(edition=changes.edition())


def _number(key: str, provision: Provision, lang: str) -> list[str]:
    return [f"{book.title(key, lang)} [{key}]", *_provision(provision, lang)]


def _provision(provision: Provision | None, lang: str) -> list[str]:
    if provision is None:
        return [wording.value(None)]
    return [
        f"{wording.value(provision)}; {provision.cite(lang)}",
        _("since {day} ({confidence})").format(
            day=writing.day(provision.since), confidence=wording.confidence(provision.since_confidence)
        ),
        wording.confidence(provision.confidence),
        _("read in: {source}").format(source=book.source(provision)),
    ]


def _change(change: Change, lang: str) -> list[str]:
    before, after = _provision(change.before, lang), _provision(change.after, lang)
    same = [_("The value is the same; what it rests on is not.")] if change.same_value else []
    return [
        f"{book.title(change.key, lang)} [{change.key}]",
        _("before: {said}").format(said=before[0]),
        *(f"   {one}" for one in before[1:]),
        _("after: {said}").format(said=after[0]),
        *(f"   {one}" for one in after[1:]),
        *same,
    ]


def _edition(one: Edition, lang: str) -> list[str]:
    return [
        f"{book.act(one.act).short[lang]}: {book.act(one.by).short[lang]}, {writing.day(one.since)} "
        f"({wording.confidence(one.since_confidence)})",
        one.what[lang],
        wording.seen(one.seen),
    ]


def _code(one: Dated, lang: str) -> list[str]:
    return [
        f"{one.title[lang]}: {wording.standing(one.standing)}",
        f"{one.cite(lang)}; {wording.confidence(one.confidence)}",
        _("read in: {source}").format(source=one.source),
    ]


def _code_change(change: CodeChange, lang: str) -> list[str]:
    told = [_code(one, lang) if one else None for one in (change.before, change.after)]
    before, after = (one[0].partition(": ")[2] if one else _("was not there") for one in told)
    return [
        change.title[lang],
        _("before: {said}").format(said=before),
        _("after: {said}").format(said=after),
        *(told[1] or told[0] or [])[1:],
    ]


def _drafts(lang: str) -> list[str]:
    found = [act for act in book.acts().values() if act.status == "draft"]
    return [
        "",
        _("Drafts: no rule rests on them").upper(),
        *(f"  -  {one.short[lang]}: {one.title[lang]}" for one in found),
    ]


def _signature() -> list[str]:
    line = "_" * 30
    asked = (_("Checked against the texts by"), _("Post"), _("Date"), _("Signature"))
    return ["", *(f"{one}: {line}" for one in asked)]
