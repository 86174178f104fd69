"""Needs and referrals of a case; and what an organisation was asked for, as far as a consent shows it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.cases import selectors as cases
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.sight import beyond
from kalka.guide.rules import SHELTER
from kalka.referrals.lines import NeedLine, ReferralLine, lines, need_line
from kalka.referrals.models import Choice, Need, Referral
from kalka.referrals.rules.referral import OVER

MOST = 200


def get_need(actor: Actor, ref: str, need_id: UUID, *, now: datetime) -> Need:
    """With `says`. AccessDenied for one of another case as for none."""
    case = cases.get_case(actor, ref, now=now)
    need = access.visible(actor, Need.objects.wished().filter(case=case, pk=need_id), now=now).first()
    if need is None:
        raise AccessDenied("referrals.unknown")
    return need


def choices_made(actor: Actor, need: Need) -> int:
    return Choice.objects.filter(need=need).count()


def get_referral(actor: Actor, ref: str, referral_id: UUID, *, now: datetime) -> Referral:
    """One of a case whose whole file is shown to the actor."""
    case = cases.get_case(actor, ref, now=now)
    found = access.visible(actor, Referral.objects.staged().filter(case=case, pk=referral_id), now=now).first()
    if found is None:
        raise AccessDenied("referrals.unknown")
    return found


def get_received(actor: Actor, referral_id: UUID, *, now: datetime) -> Referral:
    """What the actor's organisation was asked for, while its consent shows it: without one it is not there."""
    found = _received(actor, now).filter(pk=referral_id).first()
    if found is None or not _agreed(actor, found, now):
        raise AccessDenied("referrals.unknown")
    return found


def of_case(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[ReferralLine, ...]:
    """Every referral of a file, the last one sent first."""
    rows = Referral.objects.staged().filter(subject_id=subject_id).order_by("-recorded_at", "id")
    return lines(actor, access.visible(actor, rows, now=now), now=now)


def receivers(actor: Actor, referral_ids: Collection[UUID]) -> dict[UUID, dict[str, str]]:
    """What whoever was asked is called, as it was called then: for those who decided that somebody is referred, without
    the file. Never of a shelter."""
    with beyond():
        rows = Referral.objects.filter(pk__in=referral_ids).exclude(code=SHELTER)
        return dict(access.unwalled(actor, rows).values_list("pk", "provider_name"))


def needs_of(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[NeedLine, ...]:
    """In the order they were written down."""
    rows = Need.objects.wished().filter(subject_id=subject_id).order_by("recorded_at", "code")
    return tuple(need_line(need) for need in access.visible(actor, rows, now=now))


def inbox(actor: Actor, *, now: datetime) -> tuple[ReferralLine, ...]:
    """What the actor's organisation was asked for and has not finished, the longest waiting first. Three statements."""
    rows = _received(actor, now).exclude(Q(last__in=list(OVER))).order_by("recorded_at", "id")[:MOST]
    return tuple(line for line in lines(actor, rows, now=now) if line.open)


def is_there(actor: Actor, id: UUID) -> bool:
    """Whether the actor sent a referral under this id."""
    return Referral.objects.filter(pk=id, author_id=actor.user_id).exists()


def _received(actor: Actor, now: datetime) -> "QuerySet[Referral]":
    mine = Referral.objects.staged().filter(organisation=actor.organisation_id or 0)
    return access.visible(actor, mine, now=now, scope=Scope.DUTIES)


def _agreed(actor: Actor, referral: Referral, now: datetime) -> bool:
    assert referral.consent_id is not None  # whoever was asked here was asked with a consent
    return bool(cases.still_open(actor, [(referral.subject_id, referral.consent_id)], now=now))
