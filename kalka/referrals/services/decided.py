"""A committee decided that somebody is referred. A primitive, called inside the command of its sitting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from kalka.access.rules import Scope
from kalka.cases import selectors as cases
from kalka.cases import walling
from kalka.core import commands
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.core.sight import beyond
from kalka.directory import selectors as directory
from kalka.directory.roles import ROLES
from kalka.guide import selectors as guide
from kalka.guide.selectors import Offer
from kalka.referrals import effects
from kalka.referrals.lines import lines
from kalka.referrals.models import Choice, Intake, Need, Referral
from kalka.referrals.rules.needs import PURPOSES, Urgency, Wish
from kalka.referrals.rules.referral import Warm
from kalka.referrals.sending import Asked, asking
from kalka.vault.rows import written

if TYPE_CHECKING:
    from kalka.cases.models import Case


@dataclass(frozen=True, slots=True)
class Referred:
    """`record`: the referral, else the need. `ask`: a need she is to be asked about, of a case that nobody who refers
    answers for: somebody above has to say who asks her."""

    record: UUID
    ask: UUID | None = None


def decide_referral(actor: Actor, *, id: UUID, case_ref: str, code: str, now: datetime) -> Referred:
    """A referral to the one organisation that gives such help and that she agreed to be told to: her consent is her
    word. Where there is none, or more than one, what she needs stays open and she is asked.

    What was asked for before stays as it is, and so does what she said to it: who refused is not asked again.
    """
    if not commands.inside():
        raise AccessDenied("referrals.outside_a_command")
    case = cases.get_case(actor, case_ref, now=now, scope=Scope.DUTIES)
    with beyond():
        need = _need(actor, case, code, id=id, now=now)
        waiting = [one.id for one in lines(actor, Referral.objects.unfinished().filter(need=need), now=now) if one.open]
        if waiting:
            return Referred(waiting[0])
        says = Need.objects.wished().get(pk=need.pk).says
        if says not in (Wish.WANTS, Wish.NOT_ASKED):
            return Referred(need.pk)
        team = walling.answering(case, day_of(now))
        sender = next((post for post in team if _may_refer(post)), None)
        known = _known(actor, case, code, now)
        if known is not None and sender is not None:
            if says == Wish.NOT_ASKED:
                _she_wants(actor, need, id=derived(id, "wish"), now=now)
            return Referred(_refer(actor, need, *known, sender=sender, id=derived(id, "referral"), now=now))
        return _left_open(need, says, team, now)


def _left_open(need: Need, says: str, team: Sequence[int], now: datetime) -> Referred:
    """Where the two of a committee answer for the case it is theirs to ask, also while others work on it with them."""
    if says != Wish.NOT_ASKED:
        return Referred(need.pk)
    if not team or not _may_refer(team[0]):
        return Referred(need.pk, ask=need.pk)
    effects.ask_her(need, team[0], now=now)
    return Referred(need.pk)


def _may_refer(post_id: int) -> bool:
    post = directory.post(post_id)
    return post is not None and Permission.REFERRAL_MAKE in ROLES[post.role].permissions


def _need(actor: Actor, case: "Case", code: str, *, id: UUID, now: datetime) -> Need:
    if (there := Need.objects.filter(case=case, code=code).first()) is not None:
        return there
    shared = written(actor, id=id, subject_id=case.subject_id, content=[id, code], now=now)
    intake = Intake(**shared, case=case, case_ref=case.ref)
    intake.save(force_insert=True)
    need = Need(
        **(shared | {"id": derived(id, code)}),
        intake=intake,
        case=case,
        case_ref=case.ref,
        place=case.place,
        code=code,
        urgency=Urgency.DAYS,
        wish=Wish.NOT_ASKED,
    )
    need.save(force_insert=True)
    return need


def _known(actor: Actor, case: "Case", code: str, now: datetime) -> tuple[Offer, cases.Agreement] | None:
    """The one that helps, and the consent. None where it is not certain who is meant."""
    agreed = {one.organisation_id: one for one in cases.agreed_with(actor, case.ref, purpose=PURPOSES[code], now=now)}
    if not agreed:
        return None
    near = guide.offers(case.place, code, today=day_of(now))
    found = [one for one in near if one.organisation_id in agreed and directory.posts_at(one.organisation_id)]
    if len(found) != 1 or found[0].organisation_id is None:
        return None
    return found[0], agreed[found[0].organisation_id]


def _she_wants(actor: Actor, need: Need, *, id: UUID, now: datetime) -> None:
    number = Choice.objects.filter(need=need).count() + 1
    shared = written(actor, id=id, subject_id=need.subject_id, content=[need.pk], now=now)
    Choice(**shared, need=need, number=number, wish=Wish.WANTS).save(force_insert=True)
    effects.work_on(actor, need, Wish.WANTS, now=now)


def _refer(
    actor: Actor, need: Need, offer: Offer, agreed: cases.Agreement, *, sender: int, id: UUID, now: datetime
) -> UUID:
    """They see the code of the case and the kind of help. Whoever answers for the case hears their answer."""
    shared = written(actor, id=id, subject_id=need.subject_id, content=[need.pk, offer.id], now=now)
    post = effects.receiving_post(agreed.organisation_id, need.code, need.subject_id, now)
    asked = Asked(agreed.organisation_id, post, agreed.id, agreed.given_by)
    referral = asking(need, offer, asked, shared | {"post_id": sender, "warm": Warm.MESSAGE}, now)
    referral.save(force_insert=True)
    effects.first(actor, referral, now=now)
    return referral.pk
