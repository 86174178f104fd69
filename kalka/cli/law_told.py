"""The law on a day, and what changed between two days, as papers of plain text that a jurist can check and sign."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from kalka.lawbook import book, changes, sources, tables, wording
from kalka.lawbook.book import Law, Provision
from kalka.lawbook.changes import Change, CodeChange, Group, RowChange
from kalka.lawbook.codes import Dated, forms_on, subject_title, subjects_on
from kalka.lawbook.schema import Act
from kalka.lawbook.tables import Deadline, Edition, Interaction, Obligation
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
            (_("Acts, as they stand today"), [_act(one, lang) for one in book.acts().values() if _is_there(one, day)]),
            (_("Editions"), [_edition(one, lang) for one in tables.editions_on(day)]),
            (_("Numbers"), numbers),
            (_("No rule of law"), [_no_rule(one, lang) for one in tables.deadlines() if not one.keys]),
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
            *((_made_by(group, lang), [_change(one, lang) for one in group.changes]) for group in found.groups),
            (_("Who must do what"), [_row_change(one, lang) for one in found.owed]),
            (_("Who tells whom"), [_row_change(one, lang) for one in found.told]),
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
        _since(provision.since, provision.since_confidence),
        wording.confidence(provision.confidence),
        _read_in(book.source(provision), lang),
    ]


def _since(day: date, sure: str) -> str:
    return _("since {day} ({confidence})").format(day=writing.day(day), confidence=wording.confidence(sure))


def _read_in(source: str, lang: str) -> str:
    return _("read in: {source}").format(source=sources.told(source, lang))


def _is_there(act: Act, day: date) -> bool:
    """An act whose day nobody knows is there as soon as something rests on it."""
    if act.status == "draft":
        return False
    if act.date is not None:
        return act.date <= day
    law = Law(day)
    found = (law.get(key) for key in book.keys())
    rests = {one.act for one in found if one} | {one.where.act for one in tables.obligations_on(day)}
    return act.id in rests


def _act(act: Act, lang: str) -> list[str]:
    when = [writing.day(act.date)] if act.date else []
    told = [*when, wording.status(act.status), wording.seen(act.text_seen)]
    return [f"{act.short[lang]}: {act.title[lang]}", "; ".join(told)]


def _no_rule(row: Deadline, lang: str) -> list[str]:
    return [
        f"{row.title[lang]}: {row.said[lang]}",
        f"{wording.no_rule(row.standing)}; {wording.confidence(row.confidence)}",
        _read_in(row.source, lang),
    ]


def _made_by(group: Group, lang: str) -> str:
    if group.since is None:
        return _("Ended, and nothing took their place")
    act = book.act(group.act).short[lang] if group.act else book.cite(None, None, lang)
    return f"{act}, {_since(group.since, group.since_confidence)}"


def _change(change: Change, lang: str) -> list[str]:
    """In the fewest lines that can be checked: the first day of what is new stands in the heading."""
    same = [_same(change, lang)] if change.same_value else []
    read = [_read_in(book.source(change.after), lang)] if change.after else []
    return [
        f"{book.title(change.key, lang)} [{change.key}]",
        _("before: {said}").format(said=_short(change.before, lang)),
        _("after: {said}").format(said=_short(change.after, lang)),
        *read,
        *same,
    ]


def _same(change: Change, lang: str) -> str:
    cited = {one.cite(lang) for one in (change.before, change.after) if one}
    if len(cited) > 1:
        return _("The value is the same; what it rests on is not.")
    return _("The value and what it rests on are the same; how it is known is not.")


def _short(provision: Provision | None, lang: str) -> str:
    if provision is None:
        return wording.value(None)
    known = wording.confidence(provision.confidence) if provision.is_set else ""
    return "; ".join(one for one in (wording.value(provision), provision.cite(lang), known) if one)


def _row_change(change: RowChange, lang: str) -> list[str]:
    one = change.after or change.before
    if one is None:
        return []
    said = [_rests(row, lang) for row in (change.before, change.after)]
    read = [_read_in(one.where.source, lang)]
    head = (_("before: {said}").format(said=said[0]), _("after: {said}").format(said=said[1]))
    return [_whose(one, lang), *head, *read]


def _whose(one: Obligation | Interaction, lang: str) -> str:
    if isinstance(one, Obligation):
        return f"{subject_title(one.subject, lang)}: {one.title[lang]}"
    sender = subject_title(one.sender, lang) if one.sender else _("every subject")
    receiver = subject_title(one.receiver, lang) if one.receiver else _("whom it concerns")
    return f"{sender} → {receiver}: {one.what[lang]}"


def _rests(row: Obligation | Interaction | None, lang: str) -> str:
    if row is None:
        return _("no duty was known")
    return f"{row.cite(lang)}; {wording.confidence(row.where.confidence)}"


def _edition(one: Edition, lang: str) -> list[str]:
    return [
        f"{_edited(one, lang)}, {writing.day(one.since)} ({wording.confidence(one.since_confidence)})",
        one.what[lang],
        wording.seen(one.seen),
    ]


def _edited(one: Edition, lang: str) -> str:
    """The act, and by which other one its text changed."""
    act, by = (book.act(code).short[lang] for code in (one.act, one.by))
    return act if one.act == one.by else _("{act} as changed by {by}").format(act=act, by=by)


def _code(one: Dated, lang: str) -> list[str]:
    return [
        f"{one.title[lang]}: {wording.standing(one.standing)}",
        f"{one.cite(lang)}; {wording.confidence(one.confidence)}",
        _read_in(one.source, lang),
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
