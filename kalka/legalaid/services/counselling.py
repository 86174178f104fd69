"""Psychologists: who waits, which sessions were held, who comes to a group. Never what was spoken of."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID, uuid5

from kalka.cases import selectors as cases
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError, Stale
from kalka.core.permissions import Permission
from kalka.duties import services as duties
from kalka.legalaid import rules, selectors
from kalka.legalaid.duty import BEGIN, about
from kalka.legalaid.models import (
    CounselSession,
    Group,
    GroupMeeting,
    GroupMember,
    GroupPresence,
    Waiting,
    WaitingEnd,
)
from kalka.legalaid.rules import NewSession
from kalka.vault.rows import repeated, written


@command("counsel.put_on_list", needs=Permission.COUNSEL_ASK)
def put_on_list(actor: Actor, *, id: UUID, case_ref: str, psychologist: int, urgency: str, now: datetime) -> Waiting:
    """She waits for a psychologist of the team, whose duty it is to begin; no law sets a term.

    Refuses a post that does not work on the case, and somebody who waits there already.
    """
    case = selectors.open_case(actor, case_ref, now=now)
    content = [psychologist, urgency]
    if again := repeated(Waiting, actor, id=id, content=content):
        return again
    rules.known("urgency", urgency, tuple(rules.Urgency))
    team = {line.post.id: line.post for line in cases.team(actor, case.subject_id, now=now)}
    post = team.get(psychologist)
    if post is None or post.role != selectors.PSYCHOLOGIST:
        raise DomainError("legalaid.not_in_team", field="psychologist")
    there = Waiting.objects.filter(subject_id=case.subject_id, organisation_id=post.organisation_id, end=None)
    if there.exists():
        raise Stale("legalaid.waits_already")
    row = Waiting(
        **written(actor, id=id, subject_id=case.subject_id, content=content, now=now),
        case_ref=case.ref,
        organisation_id=post.organisation_id,
        urgency=urgency,
    )
    row.save(force_insert=True)
    duties.assign(
        BEGIN,
        subject_id=case.subject_id,
        post_id=post.id,
        due_at=None,
        basis=None,
        now=now,
        about=about(case.ref, row.pk),
    )
    return row


@command("counsel.leave_list", needs=Permission.COUNSEL_WORK)
def leave_list(actor: Actor, *, id: UUID, case_ref: str, waiting_id: UUID, how: str, now: datetime) -> WaitingEnd:
    """The work began, she does not want it, or she found help elsewhere. Refuses `legalaid.waits_no_more`."""
    row = selectors.get_waiting(actor, case_ref, waiting_id, now=now)
    if again := repeated(WaitingEnd, actor, id=id, content=[waiting_id, how]):
        return again
    rules.known("how", how, tuple(rules.Left))
    if WaitingEnd.objects.filter(waiting=row).exists():
        raise Stale("legalaid.waits_no_more")
    return _leave(actor, row, id, how, now)


@command("counsel.hold_session", needs=Permission.COUNSEL_WORK)
def hold_session(actor: Actor, *, id: UUID, case_ref: str, told: NewSession, now: datetime) -> CounselSession:
    """A session was held, or she did not come. The first one ends the waiting for this office."""
    case = selectors.open_case(actor, case_ref, now=now)
    content = asdict(told)
    if again := repeated(CounselSession, actor, id=id, content=content):
        return again
    rules.check_session(told, today=clock.day_of(now))
    row = CounselSession(
        **written(actor, id=id, subject_id=case.subject_id, content=content, now=now),
        kind=told.kind,
        minutes=told.minutes,
        on=told.on,
        came=told.came,
    )
    row.save(force_insert=True)
    office = actor.organisation_id or 0
    waits = Waiting.objects.filter(subject_id=case.subject_id, organisation_id=office, end=None).first()
    if told.came and waits is not None:
        _leave(actor, waits, uuid5(id, "begun"), rules.Left.BEGUN, now)
    return row


@command("counsel.begin_group", needs=Permission.COUNSEL_WORK)
def begin_group(actor: Actor, *, id: UUID, circle: str, seats: int, since: date, now: datetime) -> Group:
    """A group of the own organisation."""
    if (again := Group.objects.filter(pk=id).first()) is not None:
        return _own(actor, again)
    rules.known("circle", circle, tuple(rules.Circle))
    if not 2 <= seats <= rules.MOST_SEATS:
        raise DomainError("legalaid.seats_unfit", field="seats", most=rules.MOST_SEATS)
    return Group.objects.create(
        id=id,
        organisation_id=actor.organisation_id or 0,
        circle=circle,
        seats=seats,
        since=since,
        author_id=actor.user_id,
    )


@command("counsel.add_member", needs=Permission.COUNSEL_WORK)
def add_member(actor: Actor, *, id: UUID, case_ref: str, group_id: UUID, now: datetime) -> GroupMember:
    """Somebody of a case comes to a group. Refuses a group without a seat left, and whoever is in it already."""
    case = selectors.open_case(actor, case_ref, now=now)
    group = _own(actor, Group.objects.select_for_update().filter(pk=group_id).first())
    if again := repeated(GroupMember, actor, id=id, content=[group_id]):
        return again
    if GroupMember.objects.filter(group=group, subject_id=case.subject_id).exists():
        raise Stale("legalaid.in_group", field="group")
    if selectors.seats_taken(actor, group) >= group.seats:
        raise DomainError("legalaid.group_is_full", field="group")
    row = GroupMember(
        **written(actor, id=id, subject_id=case.subject_id, content=[group_id], now=now), case_ref=case.ref, group=group
    )
    row.save(force_insert=True)
    return row


@command("counsel.hold_meeting", needs=Permission.COUNSEL_WORK)
def hold_meeting(
    actor: Actor, *, id: UUID, group_id: UUID, on: date, minutes: int, present: Collection[UUID], now: datetime
) -> GroupMeeting:
    """The group met: who was there, on one screen. Refuses somebody who is not of the group, or is not shown."""
    group = _own(actor, Group.objects.filter(pk=group_id).first())
    if (again := GroupMeeting.objects.filter(pk=id, group=group).first()) is not None:
        return again
    rules.past("on", on, clock.day_of(now))
    if not 1 <= minutes <= rules.LONGEST_SESSION:
        raise DomainError("legalaid.minutes_unfit", field="minutes", most=rules.LONGEST_SESSION)
    members = {row.pk: row for row in selectors.members(actor, group, now=now)}
    if not set(present) <= members.keys():
        raise AccessDenied("legalaid.unknown")
    meeting = GroupMeeting.objects.create(id=id, group=group, on=on, minutes=minutes, author_id=actor.user_id)
    for one in sorted(set(present)):
        member = members[one]
        row = GroupPresence(
            **written(actor, id=uuid5(id, str(one)), subject_id=member.subject_id, content=[id, one], now=now),
            meeting=meeting,
            member=member,
        )
        row.save(force_insert=True)
    return meeting


def _leave(actor: Actor, row: Waiting, id: UUID, how: str, now: datetime) -> WaitingEnd:
    end = WaitingEnd(
        **written(actor, id=id, subject_id=row.subject_id, content=[row.pk, how], now=now), waiting=row, how=how
    )
    end.save(force_insert=True)
    part = about(row.case_ref, row.pk)
    duties.end_for(BEGIN, subject_id=row.subject_id, about=part, actor=actor, now=now)
    return end


def _own(actor: Actor, group: Group | None) -> Group:
    if group is None or group.organisation_id != actor.organisation_id:
        raise AccessDenied("legalaid.unknown")
    return group
