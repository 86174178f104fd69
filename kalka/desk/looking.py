"""What a search is made for, as the page asks it, and what it found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kalka.access.rules import Scope
from kalka.cases import selectors as cases
from kalka.cases.rules import Stage
from kalka.core.actors import Actor
from kalka.core.errors import DomainError
from kalka.core.refs import LENGTH, read_ref, show_ref
from kalka.duties import selectors as duties
from kalka.duties.lines import DutyLine
from kalka.people.looking import Purpose, look
from kalka.people.rules.purpose import Why
from kalka.people.selectors import Hit
from kalka.places import selectors as places
from kalka.ui.text import StrOrPromise


@dataclass(frozen=True, slots=True)
class For:
    """The file or the duty a search comes from, for the page to name and to keep in its form."""

    case: str = ""
    duty: str = ""
    title: StrOrPromise = ""

    @property
    def given(self) -> bool:
        return bool(self.case or self.duty)


@dataclass(frozen=True, slots=True)
class Result:
    hits: tuple[tuple[Hit, str, str], ...]
    capped: bool
    emergency: UUID | None  # the search whose reason is to be written


def of_case(actor: Actor, words: str, *, now: datetime) -> str:
    """The reference of a case the actor may open, where that is what was typed: no search, and not counted."""
    ref = read_ref(words)
    return ref if len(ref) == LENGTH and cases.knows(actor, ref, now=now) else ""


def where_from(actor: Actor, asked: Mapping[str, str], *, now: datetime) -> For:
    """AccessDenied for a case or a duty the actor may not know of."""
    if ref := read_ref(asked.get("case", "")):
        return For(case=cases.get_case(actor, ref, now=now).ref, title=show_ref(ref))
    if duty := read_id(asked.get("from_duty", "")):
        line = duties.duty_page(actor, duty, now=now).line
        return For(duty=str(duty), title=line.title)
    return For()


def own_duties(actor: Actor, *, now: datetime) -> list[DutyLine]:
    """The duties a search may be made for, in the order of Today."""
    return list(duties.today(actor, now=now).lines)


def found(actor: Actor, came: For, asked: Mapping[str, Any], *, now: datetime) -> Result:
    """Refuses as `people.looking.look`, and with `people.purpose_closed` a case that is closed."""
    purpose = _purpose(actor, came, asked, now)
    looked = look(actor, asked["words"], purpose, now=now, **_narrower(asked))
    known = refs(actor, {hit.subject_id for hit in looked.found}, now=now)
    hits = ((hit, known.get(hit.subject_id, "")) for hit in looked.found)
    return Result(
        tuple((hit, ref, show_ref(ref)) for hit, ref in hits if ref),
        looked.found.capped,
        looked.search_id if purpose.why is Why.EMERGENCY else None,
    )


def refs(actor: Actor, files: set[UUID], *, now: datetime) -> dict[UUID, str]:
    return cases.refs(actor, files, now=now, scope=Scope.FILE)


def districts() -> list[tuple[str, StrOrPromise]]:
    return [*places.choices(level=("oblast", "raion", "city"))]


def read_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _purpose(actor: Actor, came: For, asked: Mapping[str, Any], now: datetime) -> Purpose:
    if came.case:
        case = cases.get_case(actor, came.case, now=now)
        if case.stage == Stage.CLOSED:
            raise DomainError("people.purpose_closed")
        return Purpose(Why.CASE, subject_id=case.subject_id)
    if came.duty:
        return Purpose(Why.DUTY, duty_id=UUID(came.duty))
    why = Why(asked["why"])
    if why is Why.DUTY:
        return Purpose(why, duty_id=UUID(asked["duty"]))
    return Purpose(why, reason=asked.get("reason") or "")


def _narrower(asked: Mapping[str, Any]) -> dict[str, Any]:
    """A number is a number whoever it belongs to; the rest of the form narrows names down."""
    return {"birth_year": asked.get("born"), "sex": asked.get("sex") or "", "place": asked.get("place") or ""}
