"""The pages of one need and of one referral: what was told is opened once, and the opening is recorded."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.cases import selectors as cases
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.permissions import Permission
from kalka.guide import selectors as guide
from kalka.lawbook.book import Law, Provision
from kalka.people import selectors as people
from kalka.referrals.lines import NeedLine, ReferralLine, lines, need_line
from kalka.referrals.models import Choice, Need, Referral, ReferralStep
from kalka.referrals.rules.needs import POST_RAPE, Window, window
from kalka.referrals.rules.referral import NEXT, Step
from kalka.referrals.selectors.referrals import get_need, get_received, get_referral
from kalka.shelters import selectors as shelters
from kalka.vault.classes import Klass
from kalka.vault.keys import Keys

CARE = ("care.hiv_prevention_within_hours", "care.pregnancy_prevention_within_hours")
SHELTER = "shelter"
_SERVES = {"f": "women", "m": "men"}
_CHILDREN = ("0-6", "7-13", "14-17")


@dataclass(frozen=True, slots=True)
class Said:
    """What she said to a need, and when."""

    wish: str
    told: str = field(repr=False)
    at: datetime
    post_id: int | None


@dataclass(frozen=True, slots=True)
class StepLine:
    step: str
    why: str
    told: str = field(repr=False)
    at: datetime
    post_id: int | None


@dataclass(frozen=True, slots=True)
class Nearby:
    """A service that can be asked. `waiting`: how many the actor knows of who wait there already."""

    offer: guide.Offer
    open_now: bool | None
    waiting: int
    here: bool  # it works with this installation
    asked: bool  # for this need, and not over


@dataclass(frozen=True, slots=True)
class Care:
    """Care that helps within some hours. `hours` is none where the law book holds no number."""

    term: Provision
    window: Window


@dataclass(frozen=True, slots=True)
class NeedPage:
    need: NeedLine
    said: tuple[Said, ...]
    referrals: tuple[ReferralLine, ...]
    offers: tuple[Nearby, ...]
    care: tuple[Care, ...]
    free: shelters.AreaLine | None  # places to sleep in this part of the country; of shelter alone
    may_refer: bool


@dataclass(frozen=True, slots=True)
class ReferralPage:
    """`handed` is empty for whoever is no longer asked. `may`: the steps the actor can write down now."""

    line: ReferralLine
    handed: str = field(repr=False)
    steps: tuple[StepLine, ...]
    may: tuple[Step, ...]


def need_page(actor: Actor, ref: str, need_id: UUID, *, now: datetime) -> NeedPage:
    need = get_need(actor, ref, need_id, now=now)
    keys = access.unlock(actor, [need.subject_id], what="referrals.need", now=now, klasses=[Klass.NARRATIVE])
    rows = Referral.objects.staged().filter(need=need).order_by("-recorded_at", "id")
    referrals = lines(actor, access.visible(actor, rows, now=now), now=now)
    return NeedPage(
        need=need_line(need),
        said=tuple(_said(row, keys) for row in Choice.objects.filter(need=need).order_by("number")),
        referrals=referrals,
        offers=_nearby(actor, need, referrals, now),
        care=_care(need, now),
        free=_free(actor, need, now),
        may_refer=actor.may(Permission.REFERRAL_MAKE),
    )


def referral_page(actor: Actor, ref: str, referral_id: UUID, *, now: datetime) -> ReferralPage:
    """For whoever works on the case."""
    referral = get_referral(actor, ref, referral_id, now=now)
    keys = access.unlock(actor, [referral.subject_id], what="referrals.page", now=now, klasses=[Klass.NARRATIVE])
    line = lines(actor, [referral], now=now)[0]
    may: set[Step] = set()
    if actor.may(Permission.REFERRAL_MAKE):
        may = {Step.WITHDRAWN} | (set(NEXT[line.state]) - {Step.REROUTED} if line.outside else set())
    return _page(referral, line, keys, may)


def received_page(actor: Actor, referral_id: UUID, *, now: datetime) -> ReferralPage:
    """For whoever was asked: the code of the case, what is needed, and what was handed over; nothing of the file."""
    referral = get_received(actor, referral_id, now=now)
    line = lines(actor, [referral], now=now)[0]
    keys = access.unlock(
        actor, [referral.subject_id], what="referrals.received", now=now, klasses=[Klass.NARRATIVE], scope=Scope.DUTIES
    )
    may = set(NEXT[line.state]) - {Step.WITHDRAWN, Step.REROUTED} if actor.may(Permission.REFERRAL_ANSWER) else set()
    return _page(referral, line, keys, may, shut=line.state in (Step.WITHDRAWN, Step.REROUTED))


def _page(referral: Referral, line: ReferralLine, keys: Keys, may: set[Step], *, shut: bool = False) -> ReferralPage:
    steps = ReferralStep.objects.filter(referral=referral).order_by("number")
    return ReferralPage(
        line=line,
        handed="" if shut else keys.get(referral, "handed") or "",
        steps=tuple(_step(row, None if shut else keys) for row in steps),
        may=tuple(step for step in Step if step in may & NEXT[line.state]),
    )


def _step(row: ReferralStep, keys: Keys | None) -> StepLine:
    told = keys.get(row, "told") if keys else None
    return StepLine(row.step, row.why, told or "", row.recorded_at, row.post_id)


def _said(row: Choice, keys: Keys) -> Said:
    return Said(row.wish, keys.get(row, "told") or "", row.recorded_at, row.post_id)


def _nearby(actor: Actor, need: Need, referrals: tuple[ReferralLine, ...], now: datetime) -> tuple[Nearby, ...]:
    """The nearest first, and those that must first be confirmed at the end, as the guide has them."""
    offers = guide.offers(need.place, need.code, serves(actor, need, now=now), today=day_of(now))
    asked = {one.service_id for one in referrals if one.open}
    waiting = _waiting(actor, now)
    return tuple(
        Nearby(
            offer=one,
            open_now=one.open_at(now),
            waiting=waiting.get(one.id, 0),
            here=one.organisation_id is not None,
            asked=one.id in asked,
        )
        for one in offers
    )


def serves(actor: Actor, need: Need, *, now: datetime) -> tuple[str, ...]:
    """Whom the service must be for, as far as sex and age of the protected person are known."""
    person = cases.protected_person(actor, need.subject_id, now=now)
    known = people.codes(actor, need.subject_id, now=now).get(person) if person else None
    if known is None:
        return ()
    if known.age_band in _CHILDREN:
        return ("children",)
    return (_SERVES[known.sex],) if known.sex in _SERVES else ()


def _free(actor: Actor, need: Need, now: datetime) -> shelters.AreaLine | None:
    """How many places are free around there; never where. Nothing for whoever may not ask."""
    if need.code != SHELTER or not actor.may(Permission.SHELTER_SEE_FREE):
        return None
    region = shelters.region_of(actor, need.place)
    return next((area for area in shelters.network(actor, now=now) if region in area.regions), None)


def _waiting(actor: Actor, now: datetime) -> dict[UUID, int]:
    """How many open referrals each service has, among the files the actor knows of."""
    rows = access.visible(actor, Referral.objects.unfinished(), now=now, scope=Scope.DUTIES)
    found: dict[UUID, int] = {}
    for service in rows.values_list("service", flat=True):
        found[service] = found.get(service, 0) + 1
    return found


def _care(need: Need, now: datetime) -> tuple[Care, ...]:
    if need.code != POST_RAPE:
        return ()
    law = Law(day_of(now))
    terms = (law.get(key) for key in CARE)
    passed = now - need.recorded_at
    return tuple(
        Care(term, window(need.ago, passed, term.whole() if term.is_set else None))
        for term in terms
        if term is not None
    )
