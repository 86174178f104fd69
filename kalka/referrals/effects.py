"""What a step of a referral causes: the next record, duties, alerts. Inside commands only."""

from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.cases import selectors as cases
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.errors import DomainError
from kalka.core.refs import derived
from kalka.directory import selectors as directory
from kalka.duties import services as duties
from kalka.lawbook.book import Law
from kalka.notices import services as notices
from kalka.referrals.models import Need, Referral, ReferralStep
from kalka.referrals.practice import practice
from kalka.referrals.rules import referral as rules
from kalka.referrals.rules.needs import Wish, asked_first, care_by
from kalka.referrals.rules.referral import NewStep, Step, stands
from kalka.vault.classes import Klass
from kalka.vault.rows import written

TERM = "referral.answer_within_hours"
CARE_TERM = "care.hiv_prevention_within_hours"
INTERNAL: dict[str, object] = {"rule": "internal"}
ANSWER, RESULT, ASK, CHOOSE = "referral.answer", "referral.result", "referral.ask", "referral.choose_again"
ASK_NEED, CARE = "referral.ask_need", "referral.care"
OF_A_REFERRAL = (ANSWER, RESULT, ASK, CHOOSE)


def about(row: Referral | Need) -> str:
    return f"{row.case_ref}/{row.pk}"


def term(now: datetime) -> tuple[int | None, dict[str, object]]:
    """In how many hours a referral is to be answered by the law of today, and the provision: none where it is unset."""
    found = Law(day_of(now)).get(TERM)
    if found is None:
        return None, INTERNAL
    return (found.whole() if found.is_set else None), found.as_json()


def receiving_post(organisation_id: int, need: str, subject_id: UUID, now: datetime) -> int:
    """Whoever of the organisation a need is for: a post that somebody holds who may know of the case, else the lead.

    Refuses with `referrals.nobody_there` an organisation without posts.
    """
    on = day_of(now)
    posts = [post for post in directory.posts_at(organisation_id) if post.stands(on)]
    fit = [post for role in asked_first(need) for post in posts if post.role == role]
    order = [*fit, *(post for post in posts if post.leads), *posts]
    for post in order:
        if access.answered(post.id, subject_id, on=on):
            return post.id
    if not order:
        raise DomainError("referrals.nobody_there", field="service_id")
    return order[0].id


def locked(referral: Referral) -> Referral:
    """As it stands, and nobody else moves it until the end of the command."""
    Referral.objects.select_for_update().get(pk=referral.pk)
    return Referral.objects.staged().get(pk=referral.pk)


def move(actor: Actor, referral: Referral, told: NewStep, *, id: UUID, content: object, now: datetime) -> ReferralStep:
    """The next record of a referral, and what follows from it. Refuses what cannot follow, and what no consent carries.

    The end of a consent itself is written down by the installation alone.
    """
    row = locked(referral)
    agreed = told.why == rules.Why.CONSENT or _agreed(actor, row, now)
    rules.step(stands(row.last, agreed=agreed), Step(told.to))
    return _append(actor, row, told, number=row.number + 1, id=id, content=content, now=now)


def first(actor: Actor, referral: Referral, *, now: datetime) -> ReferralStep:
    sent = NewStep(Step.SENT)
    id = derived(referral.pk, "sent")
    return _append(actor, referral, sent, number=1, id=id, content=[referral.pk], now=now)


def _append(
    actor: Actor, referral: Referral, told: NewStep, *, number: int, id: UUID, content: object, now: datetime
) -> ReferralStep:
    step = ReferralStep(
        **written(actor, id=id, subject_id=referral.subject_id, content=content, now=now),
        referral=referral,
        number=number,
        step=told.to,
        why=told.why,
    )
    if told.told.strip():
        keys = access.keys_for(actor, referral.subject_id, now=now, klasses=[Klass.NARRATIVE], scope=Scope.DUTIES)
        keys.put(step, "told", told.told.strip())
    step.save(force_insert=True)
    _cause(actor, referral, Step(told.to), now)
    return step


def _agreed(actor: Actor, referral: Referral, now: datetime) -> bool:
    if referral.consent_id is None:
        return True
    return bool(cases.still_open(actor, [(referral.subject_id, referral.consent_id)], now=now))


def _cause(actor: Actor, referral: Referral, to: Step, now: datetime) -> None:
    """The work goes to whoever has to move next; of what is over nobody has any."""
    if to is Step.ACKNOWLEDGED:
        return  # the answer is still to come
    for kind in OF_A_REFERRAL:
        duties.end_for(kind, subject_id=referral.subject_id, about=about(referral), now=now, actor=actor)
    sender = referral.post_id or referral.asked_id
    if to is Step.SENT:
        _ask(actor, referral, now)
    elif to is Step.ACCEPTED:
        kind, post = (RESULT, referral.asked_id) if referral.asked_id else (ASK, sender)
        assign(kind, referral, post, practice().result_by(now), INTERNAL, now=now)
        _tell(actor, sender, "referral_answered", referral, now)
    elif to in rules.WITH_SENDER:
        assign(CHOOSE, referral, sender, practice().decide_by(referral.urgency, now), INTERNAL, now=now)
        _tell(actor, sender, "referral_answered", referral, now)
    elif to in (Step.WITHDRAWN, Step.REROUTED):
        _tell(actor, referral.asked_id, "referral_withdrawn", referral, now)


def _ask(actor: Actor, referral: Referral, now: datetime) -> None:
    """Whoever works here is asked on their list; whoever does not, by the telephone of the one who sends."""
    if referral.asked_id is not None:
        assign(ANSWER, referral, referral.asked_id, referral.answer_by, referral.basis, now=now)
        _tell(actor, referral.asked_id, "referral_new", referral, now)
        return
    call_by = practice().chase_at(now, referral.answer_by, referral.urgency)
    assign(ASK, referral, referral.post_id, call_by, INTERNAL, now=now)


def ask_her(need: Need, post_id: int, *, now: datetime) -> None:
    """Somebody else wrote down that she needs it: whoever answers for her case asks her."""
    assign(ASK_NEED, need, post_id, None, INTERNAL, now=now)


def assign(
    kind: str,
    row: Referral | Need,
    post_id: int | None,
    due_at: datetime | None,
    basis: dict[str, object],
    *,
    now: datetime,
) -> None:
    if post_id is None:
        raise DomainError("referrals.nobody_there")
    duties.assign(
        kind, subject_id=row.subject_id, post_id=post_id, due_at=due_at, basis=basis, now=now, about=about(row)
    )


def raise_up(referral: Referral, *, now: datetime) -> int | None:
    """Within the organisation that was asked: the consent shows it to no other one."""
    return duties.raise_up(ANSWER, subject_id=referral.subject_id, about=about(referral), now=now)


def _tell(actor: Actor, post_id: int | None, kind: str, referral: Referral, now: datetime) -> None:
    if post_id is not None and post_id != actor.post_id:
        notices.alert(post_id, kind, subject_id=referral.subject_id, now=now)


def work_on(actor: Actor, need: Need, says: str, *, now: datetime) -> None:
    """What a need asks of whoever wrote it down: nothing once she says that she does not want it."""
    for kind in (CARE, ASK_NEED):
        duties.end_for(kind, subject_id=need.subject_id, about=about(need), now=now, actor=actor)
    if says == Wish.NOT_ASKED:
        assign(ASK_NEED, need, actor.post_id, None, INTERNAL, now=now)
    elif says == Wish.WANTS and need.ago:
        found = Law(day_of(now)).get(CARE_TERM)
        hours = found.whole() if found is not None and found.is_set else None
        basis = found.as_json() if found is not None else INTERNAL
        assign(CARE, need, actor.post_id, care_by(now, need.ago, hours), basis, now=now)
