"""Calls of a file and their answers."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.complaints.models import Call, Reply
from kalka.complaints.rules import ANSWERS, How
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.refs import show_ref
from kalka.duties import given
from kalka.duties.rules import About
from kalka.orders import selectors as orders
from kalka.vault.classes import Klass


@dataclass(frozen=True, slots=True)
class CallLine:
    id: UUID
    case_ref: str
    at: datetime
    recorded_at: datetime
    what: str
    by: str
    told: str = field(default="", repr=False)

    @property
    def ref(self) -> str:
        return show_ref(self.case_ref)


@dataclass(frozen=True, slots=True)
class NotePage:
    case_ref: str
    order_runs: bool

    @property
    def ref(self) -> str:
        return show_ref(self.case_ref)


@dataclass(frozen=True, slots=True)
class CallPage:
    """Answers and attempts by when they were written down: whoever answers dates none of them."""

    line: CallLine
    tried: tuple[datetime, ...]  # when she was not reached
    answered_at: datetime | None
    watches: bool = False  # the reader, who may now say that it was seen to


def note_page(actor: Actor, ref: str, *, now: datetime) -> NotePage:
    case = cases.get_case(actor, ref, now=now)
    return NotePage(case.ref, orders.runs(actor, case.subject_id, now=now))


def get_call(actor: Actor, ref: str, call_id: UUID, *, now: datetime) -> Call:
    case = cases.get_case(actor, ref, now=now)
    call = access.visible(actor, Call.objects.filter(pk=call_id, subject_id=case.subject_id), now=now).first()
    if call is None:
        raise AccessDenied("complaints.unknown")
    return call


def call_page(actor: Actor, ref: str, call_id: UUID, *, now: datetime) -> CallPage:
    """What she said, and what was tried since. One read entry."""
    call = get_call(actor, ref, call_id, now=now)
    keys = access.unlock(actor, [call.subject_id], what="complaints.call", now=now, klasses=[Klass.NARRATIVE])
    replies = list(Reply.objects.filter(call=call).order_by("recorded_at", "id"))
    answers = [one.recorded_at for one in replies if one.how in ANSWERS]
    return CallPage(
        line=CallLine(
            call.pk, call.case_ref, call.at, call.recorded_at, call.what, call.by, keys.get(call, "told") or ""
        ),
        tried=tuple(one.recorded_at for one in replies if one.how == How.UNREACHED),
        answered_at=min(answers, default=None),
        watches=bool(answers) and watches(actor, call),
    )


def watches(actor: Actor, call: Call) -> bool:
    """Whether it stands with the actor's post to see that she is answered."""
    about = str(About(call.case_ref, str(call.pk)))
    return given.is_of("call.watch", call.subject_id, actor.post_id, about=about)


def unanswered(actor: Actor, subject_id: UUID, *, now: datetime) -> QuerySet[Call]:
    answered = Reply.objects.filter(how__in=ANSWERS).values("call")
    return access.visible(actor, Call.objects.filter(subject_id=subject_id), now=now).exclude(pk__in=answered)
