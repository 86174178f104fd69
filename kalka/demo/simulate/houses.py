"""Shelters of an invented world: one of each organisation with a post for it, by the real commands.

Their ids follow from the organisation, so that a case that is cast somewhere finds the house of that place.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from uuid import UUID, uuid5

from kalka.core.actors import Actor
from kalka.core.clock import BISHKEK
from kalka.demo.reading import WORLD
from kalka.demo.simulate.casting import member_of
from kalka.demo.simulate.told import Cast
from kalka.shelters import selectors, services
from kalka.shelters.rules import Suits

KEEPER = "shelter"  # as shapes call the post
NAME, RULES = "Ойдон чыгарылган үй", "Дарегибизди эч кимге айтпайбыз. Каалаганда кете аласыз."
# What points at a house or at what is in it, by the model.
OF_HOUSE = {"shelters.Shelter": "house", "shelters.Place": "bed", "shelters.HouseRules": "rules"}


def id_of(what: str, cast: Cast) -> UUID:
    return uuid5(WORLD, f"simulated {what}/{cast.actor(KEEPER).organisation_id}")


def with_keepers(found: Iterable[Cast], on: date) -> tuple[Cast, ...]:
    """The same, with whoever answers for a shelter there, where somebody does and does nothing else in a case."""
    made = []
    for cast in found:
        keeper = member_of("shelter_worker", cast, on)
        made.append(replace(cast, members={**cast.members, KEEPER: keeper}) if keeper else cast)
    return tuple(made)


def furnish(found: Iterable[Cast], *, since: date) -> None:
    """A house with a bed in it and its rules, from that day on; what is there already stays."""
    now = datetime.combine(since, time(9), tzinfo=BISHKEK)
    for cast in {one.actor(KEEPER).organisation_id: one for one in found if KEEPER in one.members}.values():
        _furnish(cast.actor(KEEPER), cast, now)


def _furnish(keeper: Actor, cast: Cast, now: datetime) -> None:
    region = selectors.region_of(keeper, keeper.place)
    if not region:
        return
    house = services.register_shelter(keeper, id=id_of("house", cast), name=NAME, region=region, now=now)
    bed = id_of("bed", cast)
    services.add_place(keeper, id=bed, shelter_id=house.pk, room=1, bed=1, suits=tuple(Suits), now=now)
    services.write_rules(keeper, id=id_of("rules", cast), shelter_id=house.pk, text=RULES, now=now)
