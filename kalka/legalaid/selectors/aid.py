"""Requests of a case, advocates to choose from, days in villages."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import CharField, F, QuerySet, Value
from django.urls import reverse

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.cases.rules import Stage
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.blockers import Blocker
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.permissions import Permission
from kalka.core.timeline import TimelineItem
from kalka.directory import selectors as directory
from kalka.directory.info import PostInfo
from kalka.directory.roles import ROLES
from kalka.legalaid import labels
from kalka.legalaid.models import (
    Appointment,
    ConsultationDay,
    ConsultationHeld,
    CounselSession,
    LegalRequest,
    LegalResult,
)
from kalka.legalaid.rules import State
from kalka.legalaid.states import Standing, standings
from kalka.people import selectors as people
from kalka.places import selectors as places
from kalka.ui.choices import Pairs
from kalka.vault.keys import Keys

if TYPE_CHECKING:
    from kalka.cases.models import Case

CODE = CharField(max_length=16)
ENDED = (State.DONE,)
SHOWN = 60  # days ahead that are listed


@dataclass(frozen=True, slots=True)
class RequestLine:
    id: UUID
    case_ref: str
    category: str
    ground: str
    state: str
    since: datetime
    advocate: str
    until: date | None
    reason: str
    result: str
    appointment: UUID | None  # that waits for the actor's own answer
    own: bool  # the actor took it
    told: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class DayLine:
    id: UUID
    on: date
    place: str
    organisation: str
    own: bool
    told: bool


def open_case(actor: Actor, ref: str, *, now: datetime) -> "Case":
    """The case, for a step in it. Refuses `legalaid.case_closed`."""
    case = cases.get_case(actor, ref, now=now)
    if case.stage == Stage.CLOSED:
        raise DomainError("legalaid.case_closed")
    return case


def get_request(actor: Actor, ref: str, request_id: UUID, *, now: datetime) -> LegalRequest:
    case = cases.get_case(actor, ref, now=now)
    rows = LegalRequest.objects.filter(pk=request_id, subject_id=case.subject_id)
    return _seen(access.visible(actor, rows, now=now).first())


def get_appointment(actor: Actor, ref: str, appointment_id: UUID, *, now: datetime) -> Appointment:
    case = cases.get_case(actor, ref, now=now)
    rows = Appointment.objects.filter(pk=appointment_id, subject_id=case.subject_id).select_related("request")
    found = access.visible(actor, rows, now=now).first()
    if found is None:
        raise AccessDenied("legalaid.unknown")
    return found


def get_advocate(actor: Actor, post_id: int, *, now: datetime) -> PostInfo:
    """A held post whose role may work as an advocate. AccessDenied for any other."""
    post = next((one for one in _advocates(now) if one.id == post_id), None)
    if post is None:
        raise AccessDenied("legalaid.unknown")
    return post


def advocate_choices(actor: Actor, ref: str, *, now: datetime) -> Pairs:
    """Those of the offices she agreed to tell. Which of them may not act for her is answered when one is asked."""
    case = cases.get_case(actor, ref, now=now)
    consents = cases.running_consents(actor, case.subject_id, on=clock.day_of(now), now=now)
    agreed = {one.organisation_id for one in consents if one.purpose == "legal"}
    return [
        (str(post.id), f"{post.label()} · {post.organisation_name()}")
        for post in _advocates(now)
        if post.organisation_id in agreed
    ]


def client_choices(actor: Actor, ref: str, *, now: datetime) -> Pairs:
    """Whoever may speak in the case, by part and age: names stay closed."""
    case = cases.get_case(actor, ref, now=now)
    speakers = cases.speakers(actor, case.subject_id, now=now)
    parts = people.parts(actor, case.subject_id, now=now)
    return [(str(one), labels.part(parts.get(one, frozenset()))) for one in sorted(speakers)]


def requests(actor: Actor, ref: str, *, now: datetime) -> tuple[RequestLine, ...]:
    """Of a case, the newest first. What was told stays shut."""
    case = cases.get_case(actor, ref, now=now)
    rows = LegalRequest.objects.filter(subject_id=case.subject_id).order_by("-recorded_at", "pk")
    found = list(access.visible(actor, rows, now=now))
    stands = standings(found)
    return tuple(_line(actor, row, stands[row.pk]) for row in found)


def request_line(actor: Actor, ref: str, request_id: UUID, *, now: datetime) -> RequestLine:
    """One, with what was told. Leaves the read entry `legalaid.request`."""
    row = get_request(actor, ref, request_id, now=now)
    keys = access.unlock(actor, [row.subject_id], what="legalaid.request", now=now)
    return _line(actor, row, standings([row])[row.pk], str(keys.get(row, "told") or ""))


def open_work(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[Blocker, ...]:
    """A case stays open while an advocate is sought or works on it."""
    rows = list(access.visible(actor, LegalRequest.objects.filter(subject_id=subject_id), now=now))
    stands = standings(rows)
    standing = [row for row in rows if stands[row.pk].state not in ENDED]
    return tuple(
        Blocker("legalaid.open", {"url": reverse("legalaid:request", args=[row.case_ref, row.pk])}) for row in standing
    )


def timeline(actor: Actor, subject_id: UUID, *, now: datetime, keys: Keys | None = None) -> list[TimelineItem]:
    """Requests and results for whoever reads them, sessions for whoever asks for some. One statement, or none."""
    parts: list[tuple[str, QuerySet[Any], str]] = []
    if actor.may(Permission.LEGAL_READ):
        parts += [("request", LegalRequest.objects.all(), "category"), ("result", LegalResult.objects.all(), "how")]
    if actor.may(Permission.COUNSEL_ASK):
        parts.append(("session", CounselSession.objects.filter(came=True), "kind"))
    seen = [
        access.visible(actor, rows.filter(subject_id=subject_id), now=now)
        .annotate(part=Value(part, CODE), code=F(code))
        .values_list("part", "code", "recorded_at", "post_id")
        for part, rows, code in parts
    ]
    return [_item(*row) for row in (seen[0].union(*seen[1:], all=True) if seen else ())]


def days(actor: Actor, *, now: datetime) -> tuple[DayLine, ...]:
    """The days of the own office, past ones that were not told first; for others, what is to come."""
    today = clock.day_of(now)
    rows = ConsultationDay.objects.filter(on__gte=today - SHOWN * clock.DAY).order_by("on", "place")
    told = set(ConsultationHeld.objects.filter(day__in=rows).values_list("day_id", flat=True))
    offices = {one.id: one.name() for one in directory.organisations()}
    return tuple(
        DayLine(
            row.pk,
            row.on,
            places.name(row.place),
            offices.get(row.organisation_id, ""),
            row.organisation_id == actor.organisation_id,
            row.pk in told,
        )
        for row in rows
        if row.on >= today or row.organisation_id == actor.organisation_id
    )


def get_day(actor: Actor, day_id: UUID, *, now: datetime) -> DayLine:
    """A day of the own office. AccessDenied for any other."""
    found = next((one for one in days(actor, now=now) if one.id == day_id and one.own), None)
    if found is None:
        raise AccessDenied("legalaid.unknown")
    return found


def _advocates(now: datetime) -> list[PostInfo]:
    may = {code for code, role in ROLES.items() if Permission.LEGAL_WORK in role.permissions}
    return [post for post in directory.staffed(clock.day_of(now)) if post.role in may and post.held]


def _line(actor: Actor, row: LegalRequest, standing: Standing, told: str = "") -> RequestLine:
    last, answer, result, stands = standing.last, standing.answer, standing.result, standing.state
    post = directory.post(last.advocate_id) if last else None
    own = last is not None and last.advocate_id == actor.post_id
    return RequestLine(
        id=row.pk,
        case_ref=row.case_ref,
        category=row.category,
        ground=row.ground,
        state=stands,
        since=row.recorded_at,
        advocate=f"{post.title()} · {post.organisation_name()}" if post else "",
        until=answer.until if answer else None,
        reason=answer.reason if answer else "",
        result=result.how if result else "",
        appointment=last.pk if last and own and stands == State.APPOINTED else None,
        own=own and stands == State.ACCEPTED,
        told=told,
    )


def _seen(row: LegalRequest | None) -> LegalRequest:
    if row is None:
        raise AccessDenied("legalaid.unknown")
    return row


def _item(part: str, code: str, at: datetime, post_id: int | None) -> TimelineItem:
    title = labels.TITLES[part].get(code, code)
    return TimelineItem(at=at, what=f"legalaid.{part}", icon="scale", facts={"title": title}, who_post=post_id)
