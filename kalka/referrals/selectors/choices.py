"""What the forms of this module offer."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from kalka.cases import selectors as cases
from kalka.core.actors import Actor
from kalka.core.errors import DomainError
from kalka.directory import selectors as directory
from kalka.guide.taxonomy import TAXONOMY
from kalka.referrals import labels
from kalka.referrals.lines import lines
from kalka.referrals.models import Need, Referral, Track
from kalka.referrals.rules.needs import PURPOSES
from kalka.referrals.rules.referral import NEXT, Step
from kalka.referrals.rules.tracks import Kind
from kalka.referrals.selectors.conferences import guests
from kalka.referrals.selectors.referrals import get_need
from kalka.ui.text import StrOrPromise

Pairs = list[tuple[str, StrOrPromise]]


def need_choices(
    actor: Actor, ref: str, *, now: datetime, sent: UUID | None = None, said: Collection[str] = ()
) -> Pairs:
    """Kinds of help nobody wrote down in this case yet, but under the id that is sent again. Also what was `said`:
    that somebody was faster is for the service to say."""
    case = cases.get_case(actor, ref, now=now)
    there = set(Need.objects.filter(case=case).exclude(intake=sent).values_list("code", flat=True))
    return [
        (code, labels.need(code)) for code in TAXONOMY.needs if code in PURPOSES and (code not in there or code in said)
    ]


def track_choices(actor: Actor, ref: str, *, now: datetime, sent: UUID | None = None, said: str = "") -> list[str]:
    case = cases.get_case(actor, ref, now=now)
    begun = {kind for pk, kind in Track.objects.filter(case=case).values_list("pk", "kind") if pk != sent}
    return [kind for kind in Kind if kind not in begun or kind == said]


def has_consent(actor: Actor, ref: str, *, organisation_id: int, need: str, now: datetime) -> bool:
    """Whether she agreed already that this organisation may know, for help of this kind."""
    try:
        cases.require_consent(actor, ref, organisation_id=organisation_id, purpose=PURPOSES[need], now=now)
    except DomainError:
        return False
    return True


def instead_choices(actor: Actor, ref: str, need_id: UUID, *, now: datetime, sent: UUID | None = None) -> Pairs:
    """The referrals of this need another one can take the place of; also what the one sent again took the place of."""
    need = get_need(actor, ref, need_id, now=now)
    rows = list(Referral.objects.staged().filter(need=need).order_by("-recorded_at", "id"))
    replaced = {row.instead_of_id for row in rows if row.pk == sent}
    known = lines(actor, rows, now=now)
    found = (one for one in known if Step.REROUTED in NEXT[one.state] or one.id in replaced)
    return [(str(one.id), f"{one.provider_here} · {one.service_here}") for one in found]


def guest_choices(actor: Actor, ref: str, *, now: datetime) -> Pairs:
    found = guests(actor, ref, now=now)
    return [(str(one.id), f"{one.label()} · {one.organisation_name()}") for one in found if one.id != actor.post_id]


def seat_choices(actor: Actor, posts: frozenset[int]) -> Pairs:
    return [
        (str(one.id), f"{one.label()} · {one.organisation_name()}") for one in directory.posts(sorted(posts)).values()
    ]
