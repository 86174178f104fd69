"""What is proposed for an agenda: cases that are due, by code, and what may be spoken of besides."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from kalka.cases import selectors as cases
from kalka.core import sight
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.errors import AccessDenied
from kalka.families import selectors as families
from kalka.sittings.lines import Proposal, SittingPage
from kalka.sittings.models import Item
from kalka.sittings.rules import Why

PURPOSE = "committee"
WHYS = {"contact": Why.CONTACT, "lapsed": Why.LATE}
TOPICS = {Why.FIRST: "first", Why.CONTACT: "again", Why.CARRIED: "again", Why.LATE: "contact", Why.HAND: "fact"}


def proposals(actor: Actor, page: SittingPage, *, now: datetime) -> list[Proposal]:
    """Each case once, what was decided and not done before all else; none that stands on the agenda already."""
    there = {item.case_ref for item in page.items}
    found: dict[str, Proposal] = {}
    for ref, why in (*_carried(page), *_due(actor, now)):
        if ref not in there and ref not in found:
            agreed = consent(actor, ref, now=now) is not None
            found[ref] = Proposal(ref, TOPICS[why], why, agreed)
    return list(found.values())


def consent(actor: Actor, case_ref: str, *, now: datetime) -> tuple[UUID, UUID] | None:
    """The subject of the case and the consent by which the actor's committee may speak of it. None: she was not asked,
    said no, or took it back."""
    return cases.agreed(actor, case_ref, organisation_id=actor.organisation_id or 0, purpose=PURPOSE, now=now)


def may_ask(actor: Actor, case_ref: str, *, now: datetime) -> bool:
    """Whether the actor works with the case, and may write down what she says."""
    try:
        cases.get_case(actor, case_ref, now=now)
    except AccessDenied:
        return False
    return True


def _carried(page: SittingPage) -> Iterator[tuple[str, Why]]:
    yield from ((one.case_ref, Why.CARRIED) for one in page.before if one.case_ref and one.runs)


def _due(actor: Actor, now: datetime) -> Iterator[tuple[str, Why]]:
    """Of the families the actor works with: what is due, then those the committee never spoke of."""
    yield from ((one.case_ref, WHYS[one.why]) for one in families.due(actor, day_of(now), now=now))
    refs = [line.case_ref for line in families.register(actor, now=now) if line.ended_on is None]
    with sight.beyond():  # that it was spoken of, perhaps where the actor was shut out
        spoken = set(Item.objects.filter(case_ref__in=refs).values_list("case_ref", flat=True))
    yield from ((ref, Why.FIRST) for ref in refs if ref not in spoken)
