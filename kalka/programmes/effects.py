"""What the steps of an enrolment cause, on both sides of it. Inside commands only."""

from datetime import datetime, timedelta
from uuid import UUID

from kalka.access import selectors as sight
from kalka.access import services as access
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.errors import DomainError
from kalka.core.sight import beyond
from kalka.directory import selectors as directory
from kalka.duties import services as duties
from kalka.lawbook.book import Law
from kalka.notices import services as notices
from kalka.programmes.models import Enrolment, Sending, StepTaken
from kalka.programmes.packs import hours
from kalka.programmes.rules import NewStep, Setting
from kalka.risk import services as risk
from kalka.vault.classes import Klass
from kalka.vault.rows import written

MANDATORY, LIMIT = "programme.is_mandatory", "programme.absences_are_evasion"
INTERNAL: dict[str, object] = {"rule": "internal"}
ENROL, ANSWER, MISSING, APART = "programme.enrol", "programme.answer", "programme.missing", "programme.apart"
WARN, EVASION, REASSESS = "programme.warn", "programme.evasion", "risk.reassess"
LEADERS = {Setting.PROBATION: "probation_officer", Setting.PENITENTIARY: "penitentiary_officer"}
WHY = "programmes"
KLASSES = (Klass.IDENTITY, Klass.NARRATIVE, Klass.CONTACT)


def about(case_ref: str, person: UUID | None) -> str:
    return f"{case_ref}/{person}" if person else case_ref


def absences_of_law(now: datetime) -> int | None:
    """How many absences the law of today calls evasion; None while it names no number."""
    found = Law(day_of(now)).get(LIMIT)
    return found.whole() if found is not None and found.is_set else None


def receiving_post(organisation_id: int, subject_id: UUID, now: datetime) -> int:
    """Who leads programmes there: somebody in it who may know of it first. Refuses an organisation without posts."""
    on = day_of(now)
    known = directory.organisation(organisation_id)
    posts = [post for post in directory.posts_at(organisation_id) if post.stands(on)]
    role = LEADERS.get(Setting(known.kind)) if known is not None and known.kind in set(Setting) else None
    order = [*(post for post in posts if post.role == role), *posts]
    if not order:
        raise DomainError("programmes.nobody_there", field="organisation")
    return next((post.id for post in order if sight.answered(post.id, subject_id, on=on)), order[0].id)


def append(
    actor: Actor,
    enrolment: Enrolment,
    told: NewStep,
    *,
    id: UUID,
    number: int,
    organisation_id: int,
    content: object,
    now: datetime,
) -> StepTaken:
    row = StepTaken(
        **written(actor, id=id, subject_id=enrolment.subject_id, content=content, now=now),
        enrolment=enrolment,
        number=number,
        step=told.to,
        organisation_id=organisation_id,
        group_id=told.group,
        why=told.why,
    )
    if told.told.strip():
        keys = sight.keys_for(actor, enrolment.subject_id, now=now, klasses=[Klass.NARRATIVE])
        keys.put(row, "told", told.told.strip())
    row.save(force_insert=True)
    return row


def ask_to_answer(enrolment: Enrolment, organisation_id: int, *, now: datetime) -> None:
    """An organisation was asked to take him: unanswered, it moves up there."""
    post_id = receiving_post(organisation_id, enrolment.subject_id, now)
    on_list(ANSWER, enrolment, post_id, "answer_within", now=now)
    notices.alert(post_id, "programme_new", subject_id=enrolment.subject_id, now=now)


def on_list(kind: str, enrolment: Enrolment, post_id: int, within: str, *, now: datetime) -> None:
    """A duty of whoever leads; no law sets a term."""
    due_at = now + timedelta(hours=hours(within))
    duties.assign(
        kind,
        subject_id=enrolment.subject_id,
        post_id=post_id,
        due_at=due_at,
        basis=INTERNAL,
        now=now,
        about=str(enrolment.pk),
    )


def off_list(kind: str, actor: Actor, enrolment: Enrolment, *, now: datetime) -> None:
    duties.end_for(kind, subject_id=enrolment.subject_id, about=str(enrolment.pk), actor=actor, now=now)


@beyond()
def on_case(kinds: dict[str, int], enrolment: Enrolment, *, notice: str, now: datetime) -> None:
    """Duties, each within so many hours, of whoever sent him from the case, which whoever leads does not see."""
    sending = Sending.objects.get(enrolment=enrolment)
    if sending.post_id is None:
        raise DomainError("programmes.nobody_there")
    for kind, within in kinds.items():
        if kind == REASSESS and risk.require_beyond(
            "threat_heard", subject_id=sending.subject_id, post_id=sending.post_id, now=now
        ):
            continue
        duties.assign(
            kind,
            subject_id=sending.subject_id,
            post_id=sending.post_id,
            due_at=now + timedelta(hours=within),
            basis=INTERNAL,
            now=now,
            about=_on_what(kind, sending),
        )
    notices.alert(sending.post_id, notice, subject_id=sending.subject_id, now=now)


def _on_what(kind: str, sending: Sending) -> str:
    """A new assessment is of the case, a decision on evasion of the man: so proceedings against him answer it."""
    if kind == REASSESS:
        return sending.case_ref
    return about(sending.case_ref, sending.person_id if kind == EVASION else sending.enrolment_id)


@beyond()
def wall_as_the_case(enrolment: Enrolment, case_subject: UUID, *, now: datetime) -> int:
    """Whoever is shut out of the case is shut out of what came of it. Returns how many new walls."""
    walls = sight.walls(case_subject)
    return sum(access.wall(enrolment.subject_id, wall.user_id, why=wall.why, now=now) for wall in walls)
