"""Those who help are asked to one table, and what they decide is written down with who does it and by when."""

from dataclasses import asdict
from datetime import datetime, time, timedelta
from uuid import UUID

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.cases import selectors as cases
from kalka.cases.rules import Stage
from kalka.core.actors import Actor
from kalka.core.clock import BISHKEK, day_of
from kalka.core.commands import command
from kalka.core.errors import DomainError, Stale
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.directory import selectors as directory
from kalka.duties import services as duties
from kalka.notices import services as notices
from kalka.referrals import selectors
from kalka.referrals.effects import INTERNAL
from kalka.referrals.models import Carried, Conference, Decision, Minutes, Seat
from kalka.referrals.rules.conferences import (
    NewConference,
    NewDecision,
    NewMinutes,
    check_conference,
    check_minutes,
)
from kalka.referrals.rules.needs import LONGEST
from kalka.vault.classes import Klass
from kalka.vault.keys import Keys
from kalka.vault.rows import repeated, written

COME, WRITE, DECIDED = "referral.come", "referral.minutes", "referral.decision"
ABSENT, UNDONE = "referral.absent", "referral.undone"


@command("referrals.call_conference", needs=Permission.REFERRAL_MAKE)
def call_conference(actor: Actor, *, id: UUID, case_ref: str, told: NewConference, now: datetime) -> Conference:
    """Ask posts to one table. Refuses whoever may not know of the case: a seat shows nobody what no consent shows."""
    case = cases.get_case(actor, case_ref, now=now)
    content = asdict(told)
    if again := repeated(Conference, actor, id=id, content=content):
        return again
    if case.stage == Stage.CLOSED:
        raise DomainError("referrals.case_closed")
    check_conference(told, now=now)
    may_know = {post.id for post in selectors.guests(actor, case_ref, now=now)}
    if not set(told.posts) <= may_know:
        raise DomainError("referrals.may_not_know", field="posts")
    shared = written(actor, id=id, subject_id=case.subject_id, content=content, now=now)
    row = Conference(**shared, case=case, case_ref=case.ref, at=told.at)
    if told.where.strip():
        access.keys_for(actor, case.subject_id, now=now).put(row, "where", told.where.strip())
    row.save(force_insert=True)
    own = {actor.post_id} if actor.post_id else set()
    for post_id in sorted({*told.posts, *own}):
        _seat(actor, row, post_id, now)
    _assign(WRITE, row, actor.post_id, _end_of_day(told.at), f"{row.case_ref}/{row.pk}", now)
    return row


def _seat(actor: Actor, row: Conference, post_id: int, now: datetime) -> None:
    id = derived(row.pk, f"seat {post_id}")
    shared = written(actor, id=id, subject_id=row.subject_id, content=[row.pk, post_id], now=now)
    Seat(**shared, conference=row, seated_id=post_id).save(force_insert=True)
    if post_id != actor.post_id:
        _assign(COME, row, post_id, row.at, f"{row.case_ref}/{id}", now)
        notices.alert(post_id, "conference_called", subject_id=row.subject_id, now=now)


@command("referrals.write_minutes", needs=Permission.REFERRAL_MAKE)
def write_minutes(
    actor: Actor, *, id: UUID, case_ref: str, conference_id: UUID, told: NewMinutes, now: datetime
) -> Minutes:
    """What was said, sealed; each decision becomes the duty of one post by a day. Refuses minutes a second time."""
    row = selectors.get_conference(actor, case_ref, conference_id, now=now)
    content = [conference_id, asdict(told)]
    if again := repeated(Minutes, actor, id=id, content=content):
        return again
    seats = selectors.seats(actor, row)
    check_minutes(told, invited=seats, today=day_of(now))
    Conference.objects.select_for_update().get(pk=row.pk)
    if Minutes.objects.filter(conference=row).exists():
        raise Stale("referrals.minutes_are_there")
    keys = access.keys_for(actor, row.subject_id, now=now)
    shared = written(actor, id=id, subject_id=row.subject_id, content=content, now=now)
    minutes = Minutes(**shared, conference=row, came=sorted(told.came))
    keys.put(minutes, "said", told.said.strip())
    if told.her_word.strip():
        keys.put(minutes, "her_word", told.her_word.strip())
    minutes.save(force_insert=True)
    for number, one in enumerate(told.decisions):
        _decide(actor, row, one, keys, id=derived(id, f"decision {number}"), now=now)
    _end(actor, row, seats, now)
    for post_id in sorted(seats - {*told.came, actor.post_id}):
        _tell_lead(actor, row, post_id, now)
    return minutes


@command("referrals.carry_out", needs=Permission.REFERRAL_ANSWER)
def carry_out(actor: Actor, *, id: UUID, decision_id: UUID, told: str, now: datetime) -> Carried:
    """What was decided is done. Refuses what was done before."""
    decision = selectors.get_decision(actor, decision_id, now=now)
    content = [decision_id, told]
    if again := repeated(Carried, actor, id=id, content=content):
        return again
    if len(told) > LONGEST:
        raise DomainError("referrals.too_long", field="told", most=LONGEST)
    Decision.objects.select_for_update().get(pk=decision.pk)
    if Carried.objects.filter(decision=decision).exists():
        raise Stale("referrals.done_already")
    shared = written(actor, id=id, subject_id=decision.subject_id, content=content, now=now)
    row = Carried(**shared, decision=decision)
    if told.strip():
        subject, narrative = decision.subject_id, [Klass.NARRATIVE]
        keys = access.keys_for(actor, subject, now=now, klasses=narrative, scope=Scope.DUTIES)
        keys.put(row, "told", told.strip())
    row.save(force_insert=True)
    about = f"{decision.conference.case_ref}/{decision.pk}"
    for kind in (DECIDED, UNDONE):
        duties.end_for(kind, subject_id=decision.subject_id, about=about, now=now, actor=actor)
    return row


def _decide(actor: Actor, row: Conference, told: NewDecision, keys: Keys, *, id: UUID, now: datetime) -> None:
    shared = written(actor, id=id, subject_id=row.subject_id, content=asdict(told), now=now)
    decision = Decision(**shared, conference=row, owner_id=told.owner, by=told.by)
    keys.put(decision, "what", told.what.strip())
    decision.save(force_insert=True)
    due_at = datetime.combine(told.by + timedelta(days=1), time.min, tzinfo=BISHKEK)
    _assign(DECIDED, row, told.owner, due_at, f"{row.case_ref}/{id}", now)


def _end(actor: Actor, row: Conference, seats: frozenset[int], now: datetime) -> None:
    abouts = [(WRITE, f"{row.case_ref}/{row.pk}")]
    abouts += [(COME, f"{row.case_ref}/{derived(row.pk, f'seat {post}')}") for post in sorted(seats)]
    for kind, about in abouts:
        duties.end_for(kind, subject_id=row.subject_id, about=about, now=now, actor=actor)


def _tell_lead(actor: Actor, row: Conference, post_id: int, now: datetime) -> None:
    """Whoever was asked and did not come: the one who leads there is told, and nobody of another organisation."""
    lead = directory.lead_of(post_id, day_of(now))
    absent = directory.post(post_id)
    if lead is None or absent is None or lead.organisation_id != absent.organisation_id or lead.id == actor.post_id:
        return
    seat = derived(row.pk, f"seat {post_id}")
    _assign(ABSENT, row, lead.id, now + timedelta(days=1), f"{row.case_ref}/{seat}", now)


def _end_of_day(at: datetime) -> datetime:
    return datetime.combine(day_of(at) + timedelta(days=1), time.min, tzinfo=BISHKEK)


def _assign(kind: str, row: Conference, post_id: int | None, due_at: datetime, about: str, now: datetime) -> None:
    if post_id is None:
        raise DomainError("referrals.nobody_there")
    duties.assign(kind, subject_id=row.subject_id, post_id=post_id, due_at=due_at, basis=INTERNAL, now=now, about=about)
