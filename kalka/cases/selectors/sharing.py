"""To whom a file is shown now: with the person's agreement, for what and until when; or without, and on what ground."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.access.rules import GrantLine
from kalka.cases import grounds
from kalka.cases.models import Consent, Member
from kalka.cases.selectors.cases import get_case
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.directory import selectors as directory
from kalka.lawbook.book import Provision

OF_POST, OF_OFFICE = "post:", "org:"


@dataclass(frozen=True, slots=True)
class Shown:
    """`purpose` of the consent it rests on; without one, `ground`, unset where no act is known that says so."""

    organisation: str
    post: str  # empty: the whole organisation
    scope: str
    since: datetime
    until: datetime | None
    purpose: str
    why: str
    ground: Provision | None
    post_id: int | None = None

    @property
    def agreed(self) -> bool:
        return bool(self.purpose)


def shown_to(actor: Actor, ref: str, *, now: datetime) -> tuple[Shown, ...]:
    """Each once, those nobody agreed to first. AccessDenied when the actor does not see the case."""
    case = get_case(actor, ref, now=now)
    grants = access.running_grants(case.subject_id, now=now)
    whys = dict(Member.objects.filter(case=case).values_list("pk", "why"))
    purposes = dict(Consent.objects.filter(case=case).values_list("pk", "purpose"))
    lines = [_line(one, _short(whys), _short(purposes)) for one in grants]
    found = {(one.organisation, one.post, one.scope, one.why, one.purpose): one for one in lines if one is not None}
    return tuple(sorted(found.values(), key=lambda one: (one.agreed, one.organisation, one.post, one.since)))


def _short(codes: dict[UUID, str]) -> dict[str, str]:
    """By what stands in a grant of them."""
    return {pk.hex[:24]: code for pk, code in codes.items()}


def _line(one: GrantLine, whys: dict[str, str], purposes: dict[str, str]) -> Shown | None:
    """None for what is no office: the installation's own."""
    kind, _colon, id = one.why.partition(":")
    purpose = purposes.get(id, "") if kind == "consent" else ""
    why = whys.get(id, "works") if kind == "team" else kind
    named = _named(one.holder)
    if named is None:
        return None
    on = clock.day_of(one.since)
    ground = grounds.ground(why, on) if not purpose and why in grounds.listed() else None
    post_id = int(one.holder.removeprefix(OF_POST)) if one.holder.startswith(OF_POST) else None
    return Shown(*named, one.scope, one.since, one.until, purpose, why, ground, post_id)


def _named(holder: str) -> tuple[str, str] | None:
    if holder.startswith(OF_POST):
        post = directory.post(int(holder.removeprefix(OF_POST)))
        return (post.organisation_name(), post.title()) if post else None
    if holder.startswith(OF_OFFICE):
        wanted = int(holder.removeprefix(OF_OFFICE))
        name = next((one.name() for one in directory.organisations() if one.id == wanted), "")
        return name, ""
    return None
