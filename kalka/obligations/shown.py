"""The law in the words of a page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kalka.lawbook import book, changes, tables, wording
from kalka.lawbook.book import Law, Provision
from kalka.lawbook.changes import Change, CodeChange, Difference, Group, RowChange
from kalka.lawbook.codes import Dated, forms_on, subject_title, subjects_on
from kalka.lawbook.schema import Act
from kalka.lawbook.tables import Deadline, Edition, Interaction
from kalka.obligations.selectors import Matrix, Owed, Subject, Telling
from kalka.ui import writing
from kalka.ui.text import StrOrPromise

Shown = Mapping[str, object]
STATUSES = {"in_force": "good", "draft": "open", "unknown": "open"}
CHIPS = {"verbatim": "good", "paraphrase": "", "unclear": "care", "unknown": "open"}


def lang() -> str:
    return (get_language() or "ky")[:2]


def law(day: date) -> Shown:
    """Everything the book says of a day, its numbers by theme."""
    held = [(key, found) for key in book.keys() if (found := Law(day).get(key)) is not None]
    order = {code: n for n, code in enumerate(wording.THEMES)}
    held.sort(key=lambda one: (order.get(wording.theme(one[0]), len(order)), one[0]))
    themes = [
        (wording.THEMES.get(code, code), [_number(key, found) for key, found in rows])
        for code, rows in groupby(held, key=lambda one: wording.theme(one[0]))
    ]
    return {
        "day": day,
        "edition": changes.edition(),
        "editions": [_edition(one) for one in tables.editions_on(day)],
        "themes": themes,
        "subjects": [_code(one) for one in subjects_on(day)],
        "forms": [_code(one) for one in forms_on(day)],
        "drafts": [(act.short[lang()], act.title[lang()]) for act in book.acts().values() if act.status == "draft"],
        "deadlines": [_deadline(row) for row in tables.deadlines() if not row.keys],
        "rows": [_row(row, day) for row in tables.deadlines()],
        "acts": [_act(act, held) for act in book.acts().values()],
    }


def _row(row: Deadline, day: date) -> Shown:
    """A row of the table of deadlines, with each number it holds as it stood on the day."""
    if not row.keys:
        told = {**_deadline(row), "value": row.said[lang()], "cite": wording.no_rule(row.standing), "is_set": False}
        return {"number": row.number, "lines": [told]}
    return {"number": row.number, "lines": [_number(key, Law(day).get(key)) for key in row.keys]}


def _act(act: Act, held: Iterable[tuple[str, Provision]]) -> Shown:
    return {
        "short": act.short[lang()],
        "title": act.title[lang()],
        "on": act.date,
        "status": wording.status(act.status),
        "chip": STATUSES.get(act.status, ""),
        "seen": wording.seen(act.text_seen),
        "rests": sum(provision.act == act.id for _key, provision in held),
    }


def difference(found: Difference) -> Shown:
    return {
        "first": found.first,
        "second": found.second,
        "nothing": found.nothing,
        "editions": [_edition(one) for one in found.editions],
        "groups": [_group(one) for one in found.groups],
        "owed": [_row_change(one) for one in (*found.owed, *found.told)],
        "codes": [_code_change(one) for one in (*found.subjects, *found.forms)],
    }


def _number(key: str, provision: Provision | None) -> Shown:
    return {"title": book.title(key, lang()), "note": book.note(key)} | _provision(provision)


def _provision(provision: Provision | None) -> dict[str, object]:
    if provision is None:
        return {"value": wording.value(None), "chip": "open", "is_set": False}
    return {
        "value": wording.value(provision),
        "is_set": provision.is_set,
        "cite": provision.cite(lang()),
        "confidence": wording.confidence(provision.confidence),
        "chip": CHIPS[provision.confidence],
        "since": _("since {day} ({confidence})").format(
            day=writing.day(provision.since), confidence=wording.confidence(provision.since_confidence)
        ),
    }


def _edition(one: Edition) -> Shown:
    return {
        "act": book.act(one.act).short[lang()],
        "by": book.act(one.by).short[lang()] if one.by != one.act else "",
        "since": one.since,
        "sure": wording.confidence(one.since_confidence),
        "what": one.what[lang()],
        "seen": wording.seen(one.seen),
    }


def _code(one: Dated) -> Shown:
    return {
        "title": one.title[lang()],
        "standing": wording.standing(one.standing),
        "cite": one.cite(lang()),
        "confidence": wording.confidence(one.confidence),
    }


def _deadline(row: Deadline) -> Shown:
    return {
        "title": row.title[lang()],
        "said": row.said[lang()],
        "what": wording.no_rule(row.standing),
        "confidence": wording.confidence(row.confidence),
    }


def _group(group: Group) -> Shown:
    act = book.act(group.act).short[lang()] if group.act else ""
    sure = wording.confidence(group.since_confidence) if group.since else ""
    return {"act": act, "since": group.since, "sure": sure, "rows": [_change(one) for one in group.changes]}


def _row_change(change: RowChange) -> Shown:
    one = change.after or change.before
    who = telling_title(one) if isinstance(one, Interaction) else subject_title(one.subject, lang()) if one else ""
    what = one.what[lang()] if isinstance(one, Interaction) else one.title[lang()] if one else ""
    before, after = (row.cite(lang()) if row else "" for row in (change.before, change.after))
    return {"who": who, "what": what, "before": before, "after": after}


def _change(change: Change) -> Shown:
    return {
        "title": book.title(change.key, lang()),
        "before": _provision(change.before),
        "after": _provision(change.after),
        "same": change.same_value,
    }


def _code_change(change: CodeChange) -> Shown:
    before, after = (wording.standing(one.standing) if one else "" for one in (change.before, change.after))
    cited = (change.after or change.before).cite(lang())  # type: ignore[union-attr]  # one of the two is there
    return {"title": change.title[lang()], "before": before, "after": after, "cite": cited}


@dataclass(frozen=True, slots=True)
class Cells:
    """A row: its words, its law, its figures."""

    title: str
    cite: str
    confidence: str
    chip: str
    term: StrOrPromise
    term_cite: str
    done: object
    said: str = ""  # what is told, and in which form


def subject(one: Subject) -> Shown:
    """A subject without a row: no article with its duties was read, which is no freedom from them."""
    return {
        "title": one.told.title[lang()],
        "standing": wording.standing(one.told.standing),
        "cite": one.told.cite(lang()),
        "own": one.own,
        "rows": [_owed(line) for line in one.owed],
    }


def _owed(line: Owed) -> Cells:
    where = line.obligation.where
    return Cells(
        title=line.obligation.title[lang()],
        cite=line.obligation.cite(lang()),
        confidence=wording.confidence(where.confidence),
        chip=CHIPS[where.confidence],
        term=_term(line.term),
        term_cite=_term_cite(line.term, line.obligation.cite(lang())),
        done=line.done,
    )


def telling_title(one: Interaction) -> str:
    sender = subject_title(one.sender, lang()) if one.sender else _("every subject")
    receiver = subject_title(one.receiver, lang()) if one.receiver else _("whom it concerns")
    return f"{sender} → {receiver}"


def telling(line: Telling) -> Cells:
    one = line.interaction
    return Cells(
        title=telling_title(one),
        cite=one.cite(lang()),
        confidence=wording.confidence(one.where.confidence),
        chip=CHIPS[one.where.confidence],
        term=_term(line.term),
        term_cite=_term_cite(line.term, one.cite(lang())),
        done=line.done,
        said=one.what[lang()],
    )


def _term(provision: Provision | None) -> StrOrPromise:
    if provision is None or provision.value is None:
        return _("unset")
    return wording.value(provision)


def _term_cite(provision: Provision | None, cited: str) -> str:
    """Where the term stands elsewhere than the obligation itself."""
    if provision is None or not provision.is_set or provision.cite(lang()) == cited:
        return ""
    return provision.cite(lang())


def matrix(found: Matrix) -> Shown:
    return {
        "day": found.day,
        "whole": found.whole,
        "since": found.since,
        "count": wording.value(found.count),
        "subjects": [subject(one) for one in found.subjects if one.owed],
        "silent": [subject(one) for one in found.subjects if not one.owed],
        "tellings": [telling(one) for one in found.tellings],
    }
