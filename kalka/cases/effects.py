"""What the steps of a case cause: sight for those who must know, duties, the history. Inside commands only."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from kalka.access import services as access
from kalka.access.rules import Scope
from kalka.cases import grounds
from kalka.cases.labels import STAGES, Named
from kalka.cases.models import Case, Consent, ConsentWithdrawn, Member, Participant, StageChange
from kalka.cases.rules import Kind, Part, Stage, step
from kalka.core import clock
from kalka.core.actors import Actor, organisation_holder, post_holder
from kalka.core.errors import DomainError, Stale
from kalka.core.refs import derived, new_ref
from kalka.directory import selectors as directory
from kalka.duties import selectors as duties_asked
from kalka.duties import services as duties
from kalka.history import services as history
from kalka.lawbook.book import Law
from kalka.notices import services as notices
from kalka.people import services as people
from kalka.vault.rows import written

TRIES = 5
WITH_CASE = "case"  # why a post of the team sees the report the case came from
CONSENT = "consent:"
INTERNAL: dict[str, object] = {"rule": "internal"}
LOOK_FOR_A_WEAPON = timedelta(hours=2)  # internal rule, as for whatever cannot wait
ASSESS_AGAIN = timedelta(hours=24)  # proposal of the field, not law: after a new incident or a withdrawn complaint


def save_case(case: Case) -> None:
    """Under a reference nobody has. Refuses a report that has a case by now."""
    for _try in range(TRIES):
        case.ref = new_ref()
        try:
            with transaction.atomic():
                case.save(force_insert=True)
            return
        except IntegrityError:
            if case.report_id and Case.objects.filter(report=case.report_id).exists():
                raise Stale("cases.report_has_case") from None
    raise DomainError("cases.no_free_reference")


def move(actor: Actor, case: Case, to: Stage, *, id: UUID, why: str, now: datetime) -> StageChange:
    """One dated record of where the case stands from now on. Refuses a step that is not allowed."""
    last = StageChange.objects.select_for_update().filter(case=case).order_by("-number").first()
    if last is not None:
        _allow(Stage(last.stage), to)
    change = StageChange(
        **written(actor, id=id, subject_id=case.subject_id, content=[to, why], now=now),
        case=case,
        number=last.number + 1 if last else 1,
        stage=to,
        why=why,
    )
    change.save(force_insert=True)
    if to is Stage.CLOSED or (last is not None and last.stage == Stage.CLOSED):
        kind = "case_closed" if to is Stage.CLOSED else "case_reopened"
        access.mark_closed(case.subject_id, to is Stage.CLOSED)
        history.append(actor, subject_id=case.subject_id, kind=kind, at=clock.day_of(now), now=now)
    return change


def _allow(now: Stage, to: Stage) -> None:
    try:
        step(now, to)
    except DomainError as refusal:
        named = {name: Named.of(STAGES, _codes(codes)) for name, codes in refusal.facts.items()}
        raise type(refusal)(refusal.code, **named) from None


def _codes(codes: object) -> list[str]:
    return [codes] if isinstance(codes, str) else list(codes)  # type: ignore[call-overload]  # one code or several


def join(
    actor: Actor,
    case: Case,
    post_id: int,
    *,
    id: UUID,
    why: str,
    now: datetime,
    scope: Scope = Scope.FILE,
    until: date | None = None,
) -> Member:
    """A post that must know, on a listed ground. A post that is in the team already, and sees as much, stays as it is.

    Refuses `cases.no_ground`.
    """
    today = clock.day_of(now)
    grounds.ground(why, today)
    standing = Member.objects.filter(case=case, holder=post_id).standing(today)
    if already := standing.filter(scope__in=scope.enough).first():
        return already
    member = Member(
        **written(actor, id=id, subject_id=case.subject_id, content=[post_id, why, scope, until], now=now),
        case=case,
        holder_id=post_id,
        why=why,
        scope=scope,
        since=today,
        until=until,
    )
    member.save(force_insert=True)
    access.grant(
        case.subject_id, post_holder(post_id), why=team_why(member.pk), now=now, scope=scope, until=end_of(until)
    )
    return member


def team_why(member_id: UUID) -> str:
    return f"team:{member_id.hex[:24]}"


def consent_why(consent_id: UUID) -> str:
    return f"{CONSENT}{consent_id.hex[:24]}"


def end_of(day: date | None) -> datetime | None:
    """The first moment after a day in Bishkek."""
    return None if day is None else datetime.combine(day + timedelta(days=1), time.min, tzinfo=clock.BISHKEK)


def responsible(role: str, case: Case, on: date, *, otherwise: int | None = None) -> int | None:
    found = directory.responsible(role, case.place, on)
    return found.id if found else otherwise


def due(key: str, *, now: datetime) -> tuple[datetime | None, dict[str, object]]:
    """When something is due by the law of today, and the provision: no moment where the law sets no term."""
    provision = Law(clock.day_of(now)).get(key)
    if provision is None:
        return None, INTERNAL
    hours = provision.value
    return (now + timedelta(hours=hours) if type(hours) is int else None), provision.as_json()


def ask_again(actor: Actor, case: Case, *, now: datetime) -> None:
    """Something happened after the first look: the risk is assessed again within a day. Internal rule, not law.

    Where the first assessment is still to be made, its duty stands and is enough.
    """
    if case.kind != Kind.VIOLENCE or duties_asked.standing_of(actor, case.subject_id, "risk.assess", now=now):
        return
    post = responsible("police_inspector", case, clock.day_of(now), otherwise=actor.post_id)
    if post is not None:
        duties.assign(
            "risk.reassess",
            subject_id=case.subject_id,
            post_id=post,
            due_at=now + ASSESS_AGAIN,
            basis=INTERNAL,
            now=now,
            about=case.ref,
        )


def look_for_a_weapon(actor: Actor, case: Case, *, now: datetime) -> None:
    """A weapon or a threat to kill was told of: nobody waits for a level. Whoever does it sees the file from now on.

    One that stands since a level asked for it stays in its hands and is due sooner. Of a family at risk nobody is let
    know by it: there it is whoever of the police works on it already.
    """
    today = clock.day_of(now)
    post = _of_team(case, "police_inspector", today)
    if post is None and case.kind == Kind.VIOLENCE:
        post = responsible("police_inspector", case, today, otherwise=actor.post_id)
    if post is None:
        return
    duty = duties.assign(
        "measure.check_weapon",
        subject_id=case.subject_id,
        post_id=post,
        due_at=now + LOOK_FOR_A_WEAPON,
        basis=INTERNAL,
        now=now,
        about=case.ref,
    )
    if duty.assignee_id == post != actor.post_id:
        join(actor, case, post, id=derived(duty.pk, "weapon"), why="responsible", now=now)
    if duty.assignee_id != actor.post_id:
        notices.alert(duty.assignee_id, "duty_assigned", subject_id=case.subject_id, now=now)


def _of_team(case: Case, role: str, on: date) -> int | None:
    members = Member.objects.filter(case=case).standing(on).order_by("recorded_at", "id")
    posts = directory.posts(list(members.values_list("holder", flat=True)))
    return next((one.id for one in posts.values() if one.role == role and one.stands(on)), None)


def tell_child_protection(actor: Actor, case: Case, child: Participant, *, now: datetime) -> None:
    """Each child present is a victim (Law No. 63, art. 1(4)) and has a notice of its own, on its own clock.

    Whoever protects children there sees the file: the child is theirs from now on.
    """
    post = responsible("child_protection", case, clock.day_of(now), otherwise=actor.post_id)
    if post is None:
        raise DomainError("cases.nobody_responsible")
    join(actor, case, post, id=derived(child.pk, "child protection"), why="child", now=now)
    due_at, basis = due("notice.child_protection_within_hours", now=now)
    duties.assign(
        "cases.notify_child_protection",
        subject_id=case.subject_id,
        post_id=post,
        due_at=due_at,
        basis=basis,
        now=now,
        about=f"{case.ref}/{child.pk}",
    )
    day = clock.day_of(now)
    history.append(actor, subject_id=case.subject_id, kind="child_notice", at=day, now=now, person_id=child.person_id)


def silence(actor: Actor, case: Case, person_id: UUID, *, id: UUID, now: datetime) -> None:
    """Whoever is said to have done it decides nothing here: the consents they gave end, and what they opened."""
    for consent in Consent.objects.filter(case=case, given_by=person_id).running(clock.day_of(now)):
        withdraw(actor, consent, id=derived(id, str(consent.pk)), why="representative_alleged", now=now)


def withdraw(actor: Actor, consent: Consent, *, id: UUID, why: str, now: datetime) -> ConsentWithdrawn:
    """Ends the consent and, at once, what it let the organisation see."""
    row = ConsentWithdrawn(
        **written(actor, id=id, subject_id=consent.subject_id, content=[consent.pk, why], now=now),
        consent=consent,
        why=why,
    )
    row.save(force_insert=True)
    holder = organisation_holder(consent.organisation_id)
    access.end_grant(consent.subject_id, holder, why=consent_why(consent.pk), now=now)
    history.append(actor, subject_id=consent.subject_id, kind="consent_withdrawn", at=clock.day_of(now), now=now)
    return row


def add_part(
    actor: Actor, case: Case, person_id: UUID, *, id: UUID, part: Part, relation: str, content: object, now: datetime
) -> Participant:
    row = Participant(
        **written(actor, id=id, subject_id=case.subject_id, content=content, now=now),
        case=case,
        person_id=person_id,
        part=part,
        relation=relation,
    )
    row.save(force_insert=True)
    people.take_part(actor, id=derived(id, "appearance"), person_id=person_id, part=part, now=now)
    return row
