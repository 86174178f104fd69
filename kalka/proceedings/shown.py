"""Proceedings in words, for their pages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from kalka.cases.labels import BANDS, SEXES
from kalka.core.refs import show_ref
from kalka.core.timeline import TimelineItem
from kalka.people.selectors import PersonRef
from kalka.proceedings import documents, labels
from kalka.proceedings.lines import CustodyLine, EndLine, ProceedingLine
from kalka.proceedings.selectors import CasePage, Entry, ProceedingPage
from kalka.ui.text import StrOrPromise


@dataclass(frozen=True, slots=True)
class Row:
    """`url` is empty where there is no page of it for whoever reads."""

    code: str
    url: str
    line: ProceedingLine
    course: StrOrPromise
    state: StrOrPromise
    why: StrOrPromise
    person: str = ""


@dataclass(frozen=True, slots=True)
class HeldRow:
    line: CustodyLine
    kind: StrOrPromise
    keeper: StrOrPromise
    freed: StrOrPromise
    late: bool  # it should have come, and nobody wrote that it did
    person: str


@dataclass(frozen=True, slots=True)
class Happened:
    item: TimelineItem
    what: str


def entry(one: Entry) -> Row:
    line = one.line
    url = reverse("proceedings:proceeding", args=[line.ref, line.id]) if one.opens else ""
    return _row(line, url)


def _row(line: ProceedingLine, url: str, person: str = "") -> Row:
    end = line.end
    return Row(
        code=show_ref(line.ref),
        url=url,
        line=line,
        course=labels.COURSES[line.course],
        state=labels.HOWS[end.how] if end else labels.STAGES[line.stage],
        why=labels.REASONS.get(end.reason, "") if end else "",
        person=person,
    )


def case(page: CasePage, now: datetime) -> dict[str, Any]:
    """`across`: whom one may look at in all cases at once."""
    people = {one: person(known) for one, known in page.people.items()}
    return {
        "page": page,
        "ref": page.ref,
        "shown_ref": show_ref(page.ref),
        "proceedings": [
            _row(one, reverse("proceedings:proceeding", args=[one.ref, one.id]), people.get(one.person_id, ""))
            for one in page.proceedings
        ],
        "custody": [custody(one, now, people.get(one.person_id, "")) for one in page.custody],
        "across": [
            (reverse("perpetrators:person", args=[one]), people[one])
            for one in sorted(page.alleged)
            if page.may_cross and one in people
        ],
        "weapons": [
            (one, labels.WEAPONS[one.what], labels.WEAPON_CHIPS.get(one.what, "good"), people.get(one.person_id, ""))
            for one in page.weapons
        ],
    }


def custody(line: CustodyLine, now: datetime, person: str = "") -> HeldRow:
    late = line.is_held and line.until is not None and line.until <= now
    freed = labels.FREED.get(line.freed_how, "")
    return HeldRow(line, labels.CUSTODY[line.kind], labels.KEEPERS[line.keeper], freed, late, person)


def proceeding(page: ProceedingPage) -> dict[str, Any]:
    line = page.line
    return {
        "page": page,
        "line": line,
        "ref": line.ref,
        "course": labels.COURSES[line.course],
        "stage": labels.STAGES[line.stage],
        "person": person(page.person) if page.person else "",
        "numbers": [(labels.REGISTERS[register], number) for register, number in page.numbers],
        "end": decided(line.end) if line.end else None,
        "past": [_happened(item) for item in page.past],
        "prints": line.ground in documents.PACKS,
        "threatens": documents.threatens(line),
        "edition": line.basis.since if line.basis else None,
    }


def decided(end: EndLine) -> dict[str, Any]:
    return {
        "line": end,
        "how": labels.HOWS[end.how],
        "reason": labels.REASONS.get(end.reason, ""),
        "sentence": labels.SENTENCES.get(end.sentence, ""),
        "amount": documents.amount(end.sentence, end.amount),
        "measured": labels.MEASURED.get(end.measured, ""),
        "chip": labels.MEASURED_CHIPS.get(end.measured, ""),
    }


def brief(line: ProceedingLine) -> dict[str, Any]:
    """Without a way to it."""
    row = _row(line, "")
    return {"title": line.title, "state": row.state, "why": row.why, "on": line.on}


def person(one: PersonRef) -> str:
    return f"{SEXES[one.sex]} · {BANDS[one.age_band]}"


def _happened(item: TimelineItem) -> Happened:
    words = str(labels.TIMELINE[item.what]).format_map({name: str(fact) for name, fact in item.facts.items()})
    return Happened(item, words)
