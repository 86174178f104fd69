"""What asking her causes: a duty of one of the two, and, once she agreed, of whoever does social work. Inside commands
only."""

from datetime import datetime
from uuid import UUID

from kalka.cases import selectors as case_selectors
from kalka.cases import services as cases
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.core.sight import beyond
from kalka.directory import selectors as directory
from kalka.duties import services as duties
from kalka.duties.rules import About
from kalka.families import selectors
from kalka.families.means import ASK_HER, HELP, with_means
from kalka.families.models import FamilyAtRisk, FamilyEnd
from kalka.families.seating import seats

WORKER = "social_worker"


@beyond()
def ask(case_ref: str, need_id: UUID, *, now: datetime) -> None:
    """Where no pair works with the case nobody is given it."""
    family = FamilyAtRisk.objects.filter(case_ref=case_ref).exclude(pk__in=FamilyEnd.objects.values("family")).first()
    seated = [one.holder_id for one in seats(family) if one.taken_at] if family else []
    if family is None or not seated:
        return
    duties.assign(
        ASK_HER,
        subject_id=family.subject_id,
        post_id=min(seated, key=lambda post: (post != family.post_id, post)),  # whoever noted it, while there
        due_at=None,
        basis=None,
        now=now,
        about=str(About(family.case_ref, str(need_id))),
    )


def find_help(actor: Actor, family: FamilyAtRisk, need_id: UUID, *, id: UUID, now: datetime) -> None:
    """The duty of whoever does social work in the place. They join the case for it."""
    worker = social_worker(family, now)
    known = {line.post.id for line in case_selectors.team(actor, family.subject_id, now=now) if line.scope == "file"}
    if worker not in known:
        able = with_means(actor, Permission.CASE_WORK)
        cases.add_member(able, id=derived(id, "worker"), case_ref=family.case_ref, post_id=worker, now=now)
    duties.assign(
        HELP,
        subject_id=family.subject_id,
        post_id=worker,
        due_at=None,
        basis=None,
        now=now,
        about=str(About(family.case_ref, str(need_id))),
    )


def social_worker(family: FamilyAtRisk, now: datetime) -> int:
    worker = directory.responsible(WORKER, family.place, clock.day_of(now))
    if worker is None:
        raise DomainError("families.nobody_to_ask", field="kind")
    return worker.id


def was_asked(actor: Actor, family: FamilyAtRisk, need_id: UUID, *, now: datetime) -> None:
    about = str(About(family.case_ref, str(need_id)))
    duties.end_for(ASK_HER, subject_id=family.subject_id, about=about, actor=actor, now=now)


def asks_end(actor: Actor, family: FamilyAtRisk, *, now: datetime) -> None:
    """The work of the two has ended: nobody asks her any more."""
    for one in selectors.asks(actor, family, now=now):
        about = str(About(family.case_ref, one.part))
        duties.let_go(ASK_HER, subject_id=family.subject_id, about=about, actor=actor, now=now)


def pass_on(actor: Actor, family: FamilyAtRisk, *, now: datetime) -> None:
    """To whoever is seated now, where whoever was to ask her is not any more."""
    seated = {one.holder_id for one in seats(family) if one.taken_at}
    for one in selectors.asks(actor, family, now=now):
        if seated and one.assignee_id not in seated:
            about = str(About(family.case_ref, one.part))
            duties.let_go(ASK_HER, subject_id=family.subject_id, about=about, actor=actor, now=now)
            ask(family.case_ref, UUID(one.part), now=now)
