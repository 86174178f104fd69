"""What a call causes, whoever heard of it: two clocks, two alerts, the history, a new assessment. In commands only."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kalka.cases.selectors import Known
from kalka.complaints import effects
from kalka.complaints.clocks import clocks
from kalka.complaints.effects import ANSWER, WATCH
from kalka.complaints.models import Call
from kalka.complaints.rules import AGAINST_ORDER, By, What
from kalka.core.actors import Actor, post_holder
from kalka.core.clock import day_of
from kalka.core.errors import DomainError
from kalka.directory import selectors as directory
from kalka.history import services as history
from kalka.notices import services as notices
from kalka.risk import services as risk
from kalka.vault.rows import written

ALERT = "call_in_order"


def cause(actor: Actor, call: Call, place: str, *, now: datetime, walled: frozenset[int] = frozenset()) -> None:
    subject_id, part = call.subject_id, effects.about(call.case_ref, call.pk)
    due = clocks().call_due(call.what, now)
    inspector, above = answering(actor, subject_id, place, now, walled)
    for kind, post_id in ((ANSWER, inspector or above), (WATCH, above if inspector else None)):
        if post_id is not None:
            effects.let_see(subject_id, post_id, whole=True, now=now)
            effects.give(kind, subject_id, post_id, due, part=part, now=now)
            notices.alert(post_id, ALERT, subject_id=subject_id, now=now)
    if inspector is None and above is None:
        raise DomainError("complaints.nobody_responsible")
    history.append(actor, subject_id=subject_id, kind=ALERT, at=call.at, now=now, source="complaints")
    happened = "order_breached" if call.what in AGAINST_ORDER else ALERT
    risk.require_reassessment(actor, happened, subject_id=subject_id, now=now)


def heard(
    eyes: Actor,
    subject_id: UUID,
    file: Known,
    *,
    id: UUID,
    at: datetime,
    what: What,
    now: datetime,
    walled: frozenset[int] = frozenset(),
) -> Call:
    """A report of hers is her call: written down by the installation, with all that a call causes."""
    call = Call(
        **written(eyes, id=id, subject_id=subject_id, content=[what, at], now=now),
        case_ref=file.ref,
        at=at,
        what=what,
        by=By.REPORT,
    )
    call.save(force_insert=True)
    cause(eyes, call, file.place, now=now, walled=walled)
    return call


def answering(
    actor: Actor, subject_id: UUID, place: str, now: datetime, walled: frozenset[int] = frozenset()
) -> tuple[int | None, int | None]:
    """The inspector, and whoever is above; neither where all who hold the post are `walled`."""
    inspector = effects.inspector(actor, subject_id, now=now)
    found = (inspector, effects.superior(inspector, place, now=now))
    first, second = (one if one is None or not walled or may_know(one, walled, now) else None for one in found)
    return first, second


def may_know(post_id: int, walled: frozenset[int], now: datetime) -> bool:
    return not set(directory.holders_of(post_id, day_of(now))) & walled


def knowing(actor: Actor, file: Known) -> Actor:
    """The installation, seeing of a file what the posts see that work on it."""
    return replace(actor, holders=tuple(post_holder(post) for post in file.posts.values()))
