"""Raising an alarm, saying what it was, saying whether a break-glass was right, and planting a bait."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from kalka.access import selectors as sight
from kalka.access import services as access
from kalka.cases import selectors as cases
from kalka.cases import services as case_steps
from kalka.cases.keeping import NewBait
from kalka.core.actors import Actor, post_holder
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError, Stale
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.directory import selectors as directory
from kalka.duties import services as duties
from kalka.oversight import selectors
from kalka.oversight.models import Alarm, AlarmLook, OpeningReview
from kalka.oversight.rules import NOTHING, Finding
from kalka.vault.classes import Klass
from kalka.vault.keys import new_keys
from kalka.vault.rows import Row, repeated, written

DUTY, REVIEW, WHY = "oversight.look", "oversight.review_opening", "alarm"
TERM = timedelta(days=3)  # an internal rule
VERDICTS = ("explained", "wrong")


@command("oversight.raise_alarms", needs=Permission.SYSTEM)
def raise_alarms(actor: Actor, *, found: Sequence[Finding], now: datetime) -> list[Alarm]:
    """Each pattern once a person and day; what was raised before is not raised again. Returns the new ones.

    Where every auditor is shut out, or there is none, the duty waits for whoever comes into the post.
    """
    auditors = selectors.auditors(actor, now=now)
    return [_raised(actor, one, auditors, now) for one in selectors.unheard(actor, found)]


@command("oversight.look", needs=Permission.ALARM_READ)
def look(actor: Actor, *, id: UUID, alarm_id: UUID, verdict: str, note: str, now: datetime) -> AlarmLook:
    """Write down what it was. Refuses without a word of why, and what was looked at already."""
    alarm = sight.visible(actor, Alarm.objects.filter(pk=alarm_id), now=now).first()
    if alarm is None:
        raise AccessDenied("oversight.unknown")
    if again := repeated(AlarmLook, actor, id=id, content=[alarm_id, verdict, note]):
        return again
    if verdict not in VERDICTS:
        raise DomainError("oversight.unknown_code", field="verdict")
    if not note.strip():
        raise DomainError("oversight.note_missing", field="note")
    if AlarmLook.objects.filter(alarm=alarm).exists():
        raise Stale("oversight.looked_at_already")
    row = AlarmLook(
        **written(actor, id=id, subject_id=alarm.subject_id, content=[alarm_id, verdict, note], now=now),
        alarm=alarm,
        verdict=verdict,
    )
    sight.keys_for(actor, alarm.subject_id, now=now, klasses=[Klass.NARRATIVE]).put(row, "note", note.strip())
    row.save(force_insert=True)
    duties.end_for(DUTY, subject_id=alarm.subject_id, about=str(alarm.pk), actor=actor, now=now)
    return row


@command("oversight.review_opening", needs=Permission.OPENING_REVIEW)
def review_opening(actor: Actor, *, id: UUID, request_id: UUID, right: bool, note: str, now: datetime) -> OpeningReview:
    """Whether it was right to open the case. Refuses whoever asked or agreed, and a second review.

    Refuses `oversight.opening_not_over` too: what was read after a review would never be looked at.
    """
    page = cases.glass_page(actor, request_id, now=now)
    if again := repeated(OpeningReview, actor, id=id, content=[request_id, right, note]):
        return again
    if actor.user_id in {page.line.asker_id, page.line.decider_id}:
        raise DomainError("oversight.own_opening")
    if not page.line.is_over:
        raise DomainError("oversight.opening_not_over")
    if not note.strip():
        raise DomainError("oversight.note_missing", field="note")
    if OpeningReview.objects.filter(request=request_id).exists():
        raise Stale("oversight.looked_at_already")
    subject = page.line.subject_id
    row = OpeningReview(
        **written(actor, id=id, subject_id=subject, content=[request_id, right, note], now=now),
        request_id=request_id,
        right=right,
    )
    sight.keys_for(actor, subject, now=now, klasses=[Klass.NARRATIVE]).put(row, "note", note.strip())
    row.save(force_insert=True)
    duties.end_for(REVIEW, subject_id=subject, about=str(request_id), actor=actor, now=now)
    return row


@command("oversight.plant", needs=Permission.ALARM_READ)
def plant(actor: Actor, *, id: UUID, told: NewBait, now: datetime) -> Row:
    """A file that is nobody's. Whoever opens it raises an alarm."""
    return case_steps.plant_case(actor, id=id, told=told, now=now)


def _raised(actor: Actor, one: Finding, auditors: Sequence[int], now: datetime) -> Alarm:
    """Whom it is about never sees it, nor whoever is shut out of the file it is about."""
    subject = new_id()
    new_keys(subject, [Klass.NARRATIVE])
    alarm = Alarm(
        **written(actor, id=new_id(), subject_id=subject, content=[], now=now),
        pattern=one.pattern,
        user_id=one.user_id,
        of_post=one.post_id,
        day=one.day,
        about=one.about,
        count=one.count,
        first=one.first,
        last=one.last,
    )
    alarm.save(force_insert=True)
    for post_id in auditors:
        access.grant(subject, post_holder(post_id), why=WHY, now=now)
    walled = sight.walled_users(one.about) if one.about != NOTHING else frozenset()
    for user_id in walled | {one.user_id}:
        access.wall(subject, user_id, why=WHY, now=now)
    if auditors:
        post, about = _who_looks(auditors, walled | {one.user_id}, day_of(now)), str(alarm.pk)
        due = now + TERM
        duties.assign(
            DUTY, subject_id=subject, post_id=post, due_at=due, basis=None, now=now, about=about, answered=True
        )
    return alarm


def _who_looks(auditors: Sequence[int], walled: frozenset[int], on: date) -> int:
    """It stays with the auditors: whoever leads them, or stands in for one, reads no alarms."""
    return next((post for post in auditors if set(directory.holders_of(post, on)) - walled), auditors[0])
