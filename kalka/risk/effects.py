"""What an assessment causes: duties of its level, sight for the second person, the history. Inside commands only."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from kalka.access import services as access
from kalka.access.rules import Scope
from kalka.cases import selectors as cases
from kalka.cases import services as team_work
from kalka.core import clock
from kalka.core.actors import Actor, post_holder
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.directory import selectors as directory
from kalka.duties import given
from kalka.duties import services as duties
from kalka.duties.kinds import KINDS
from kalka.history import selectors as history
from kalka.instruments.result import Result
from kalka.intake import selectors as intake
from kalka.lawbook.book import Law, Provision
from kalka.notices import services as notices
from kalka.risk import tables
from kalka.risk.levels import Level
from kalka.risk.models import Assessment, Judgement, Trigger
from kalka.risk.rules import Place, place
from kalka.risk.selectors.practice import practice_at
from kalka.risk.tables import Measure

COUNTERSIGN = "risk.countersign"
ORDERS = ("order_registered", "order_revoked", "order_expired")


def post_for(actor: Actor, subject_id: UUID, kind: str, *, now: datetime) -> int | None:
    """Whose duty it is: the team's post of that role, the one responsible for the place, else whoever assessed."""
    return cases.team_post(actor, subject_id, KINDS[kind].role, now=now) or actor.post_id


def give(
    actor: Actor,
    subject_id: UUID,
    ref: str,
    kind: str,
    due_at: datetime | None,
    *,
    now: datetime,
    level: str = "",
    basis: Provision | Mapping[str, object] | None = None,
    post: int | None = None,
) -> int | None:
    """A duty about the case, on an internal rule unless a provision is given. Returns whose it is."""
    to = post or post_for(actor, subject_id, kind, now=now)
    if to is not None:
        duties.assign(
            kind, subject_id=subject_id, post_id=to, due_at=due_at, basis=basis, now=now, level=level, about=ref
        )
    return to


def raise_alerts(actor: Actor, row: Judgement, result: Result, *, now: datetime) -> None:
    """Whatever the level, and before there is one. A notice to child protection stands for every child.

    Nothing is said of the level judged, which is sealed.
    """
    known = tables.measures().alerts
    asked = {one.kind: known[one.kind] for one in result.alerts if one.kind in known}
    for post_id in sorted(protect(actor, row.subject_id, row.case.ref, asked.values(), "", now=now) - {actor.post_id}):
        notices.alert(post_id, "duty_assigned", subject_id=row.subject_id, now=now)


def protect(
    actor: Actor, subject_id: UUID, ref: str, asked: Iterable[Measure], level: str, *, now: datetime
) -> set[int]:
    """Whoever must take a measure works on the case from now on, and sees whom it is for. Returns whose they are."""
    given = {
        give(actor, subject_id, ref, one.kind, now + timedelta(hours=one.within_hours), now=now, level=level)
        for one in asked
    }
    posts = {to for to in given if to is not None}
    team = {line.post.id for line in cases.team(actor, subject_id, now=now) if line.scope == Scope.FILE}
    for post in sorted(posts - team - {actor.post_id}):
        if actor.may(Permission.CASE_WORK):
            team_work.add_member(actor, id=new_id(), case_ref=ref, post_id=post, now=now)
        else:  # a step of somebody who may not say who works on the case
            access.grant(subject_id, post_holder(post), why="duty", scope=Scope.FILE, now=now)
    return posts


def lifted(
    actor: Actor, subject_id: UUID, ref: str, level: Place, before: Place | None, *, opened: datetime, now: datetime
) -> None:
    """What happened lifts the level: what the higher one asks for is asked for now, and not after the assessment."""
    protect(actor, subject_id, ref, tables.measures().more_at(level, before), str(level), now=now)
    if level.is_high and not (before and before.is_high):
        _consider_order(actor, subject_id, ref, str(level), since=now if before else opened, now=now)


def take_effect(actor: Actor, row: Assessment, before: Level | None, *, now: datetime) -> None:
    """The level is in force: its measures, the next assessment, and whether an order is to be considered."""
    for kind in ("risk.assess", "risk.reassess"):
        if not waits_for_another(row, kind):
            duties.end_for(kind, subject_id=row.subject_id, now=now, actor=actor)
    _assess_again(actor, row, now=now)
    standing = place(row.level)
    rose = before is None or standing.at > place(before.position).on(standing.of).at
    protect(actor, row.subject_id, row.case.ref, tables.measures().at(standing, rose=rose), row.level, now=now)
    if standing.is_high and not (before and before.is_high):
        since = _reported_at(actor, row, now) if before is None else now
        _consider_order(actor, row.subject_id, row.case.ref, row.level, since=since, now=now)


def waits_for_another(row: Assessment, kind: str) -> bool:
    """What became known is of an officer's own work, and somebody above was asked: until they have assessed, nobody
    else's assessment is theirs."""
    held = given.raised(kind, row.subject_id)
    if held is None or held.post_id == row.post_id:
        return False
    quiet = [one.code for one in tables.triggers().kinds.values() if one.quiet]
    called = Trigger.objects.filter(subject_id=row.subject_id, kind__in=quiet, recorded_at__lte=held.since)
    last = called.order_by("-recorded_at").first()
    if last is None:
        return False
    since = Assessment.objects.filter(subject_id=row.subject_id, recorded_at__gt=last.recorded_at)
    return not since.filter(post_id=held.post_id).exists()


def _assess_again(actor: Actor, row: Assessment, *, now: datetime) -> None:
    """By the law where it sets a term; else by the practice of the institution or the edition's own period."""
    due_at = row.expires_at
    basis: Provision | Mapping[str, object] | None = _practised(actor, row)
    provision = Law(clock.day_of(now)).get("risk.reassess_after_hours")
    if provision is not None and type(provision.value) is int:
        lawful = row.recorded_at + timedelta(hours=provision.value)
        if due_at is None or lawful <= due_at:
            due_at, basis = lawful, provision
    if due_at is not None:
        give(actor, row.subject_id, row.case.ref, "risk.reassess", due_at, now=now, level=row.level, basis=basis)


def _practised(actor: Actor, row: Assessment) -> Mapping[str, object] | None:
    """The practice that set the term of the level; None where the edition itself did."""
    running = practice_at(actor, row.post_id)
    if running is None or row.expires_at is None:
        return None
    hours = running.pack.within(place(row.level), place(row.level_max))
    return running.as_json() if row.expires_at == row.recorded_at + timedelta(hours=hours) else None


def _consider_order(actor: Actor, subject_id: UUID, ref: str, level: str, *, since: datetime, now: datetime) -> None:
    """The term of the law runs from the report; from now where the danger rose later. Not while an order runs."""
    found = history.counts(actor, subject_id, ORDERS, now=now)
    if found["order_registered"] > found["order_revoked"] + found["order_expired"]:
        return
    provision = Law(clock.day_of(now)).get("order.issue_within_hours")
    due_at = None
    if provision is not None and type(provision.value) is int:
        due_at = since + timedelta(hours=provision.value)
    give(actor, subject_id, ref, "order.consider", due_at, now=now, level=level, basis=provision)


def _reported_at(actor: Actor, row: Assessment, now: datetime) -> datetime:
    """When the report was written down, else when the case was opened: the report may be closed to the assessor."""
    if row.case.report_id is None:
        return row.case.recorded_at
    try:
        return intake.get_report(actor, row.case.report_id, now=now).recorded_at
    except AccessDenied:
        return row.case.recorded_at


def ask_second_person(actor: Actor, row: Assessment, *, now: datetime) -> None:
    """The leading post over the assessor sees the file until it has agreed or not."""
    lead = directory.lead_of(actor.post_id, clock.day_of(now)) if actor.post_id else None
    to = lead.id if lead else cases.team_post(actor, row.subject_id, KINDS[COUNTERSIGN].role, now=now)
    if to is None:
        return
    hours = tables.measures().countersign_within_hours
    about = f"{row.case.ref}/{row.pk}"
    give(
        actor,
        row.subject_id,
        about,
        COUNTERSIGN,
        now + timedelta(hours=hours),
        now=now,
        level=row.level,
        post=to,
    )
    access.grant(row.subject_id, post_holder(to), why=f"countersign:{row.pk.hex[:20]}", now=now)


def second_person_is_done(actor: Actor, row: Assessment, *, now: datetime) -> None:
    """Sight given for this alone ends; sight a post has for other reasons stays."""
    duties.end_for(COUNTERSIGN, subject_id=row.subject_id, about=f"{row.case.ref}/{row.pk}", now=now, actor=actor)
    for holder in access.holders_of(row.subject_id, now=now):
        access.end_grant(row.subject_id, holder, why=f"countersign:{row.pk.hex[:20]}", now=now)
