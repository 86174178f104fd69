"""How many families a committee works with, for everybody who may not know which.

As it stood when the month began: from one day to the next a number that changes would tell that somebody was noted.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Max

from kalka.core import clock, sight
from kalka.core.actors import Actor
from kalka.core.clock import BISHKEK
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.families import practice, rules
from kalka.families.models import Crossing, FamilyAtRisk, FamilyContact, FamilyEnd
from kalka.families.rules import Met, Shown, State
from kalka.places import selectors as places

CROSSED = "crossed"
WIDE = ("regional_coordinator", "ministry_coordinator")


@dataclass(frozen=True, slots=True)
class Counts:
    """`until`: the first day that is not counted."""

    organisation_id: int
    until: date
    term: int | None
    shown: Shown

    @property
    def committee(self) -> str:
        return next(one.label() for one in directory.organisations("committee") if one.id == self.organisation_id)


def counts(actor: Actor, organisation_id: int, *, now: datetime) -> Counts:
    """Numbers of one committee: the own one, or one of the territory for whoever coordinates there."""
    if not actor.may(Permission.FAMILY_COUNT) or organisation_id not in _near(actor):
        raise AccessDenied("families.unknown")
    return _counted([organisation_id], now)[0]


def committees(actor: Actor, *, now: datetime) -> tuple[Counts, ...]:
    """The numbers of every committee there, in the order they were founded. Four statements."""
    if not actor.may(Permission.FAMILY_COUNT):
        raise AccessDenied("families.unknown")
    return tuple(_counted(_near(actor), now))


def _near(actor: Actor) -> list[int]:
    known = directory.organisations("committee")
    wide = actor.role in WIDE
    return [
        one.id for one in known if one.id == actor.organisation_id or (wide and actor.place in places.chain(one.place))
    ]


def _counted(organisations: list[int], now: datetime) -> list[Counts]:
    until = clock.day_of(now).replace(day=1)
    term = practice.contact_within_days(until)
    parts = _parts(organisations, until, term)
    return [Counts(one, until, term, rules.shown(parts[one])) for one in organisations]


def _parts(organisations: list[int], until: date, term: int | None) -> dict[int, dict[str, int]]:
    """Each family once: told violence before everything else, then where the work with it stands."""
    begins = datetime.combine(until, time.min, tzinfo=BISHKEK)
    with sight.beyond():
        rows = FamilyAtRisk.objects.filter(organisation__in=organisations, recorded_at__lt=begins)
        noted = {pk: (owner, day) for pk, owner, day in rows.values_list("pk", "organisation_id", "noted_on")}
        before = {"family__in": list(noted), "recorded_at__lt": begins}
        spoken = FamilyContact.objects.filter(met=Met.SPOKE, **before).values_list("family").annotate(Max("on"))
        spoke, ended = dict(spoken), dict(FamilyEnd.objects.filter(**before).values_list("family", "on"))
        crossed = set(Crossing.objects.filter(**before).values_list("family", flat=True))
    found = {one: dict.fromkeys((CROSSED, *(str(state) for state in State)), 0) for one in organisations}
    for pk, (owner, day) in noted.items():
        state = rules.state(noted=day, spoke=spoke.get(pk), ended=ended.get(pk), on=until, term=term)
        found[owner][CROSSED if pk in crossed else str(state)] += 1
    return found
