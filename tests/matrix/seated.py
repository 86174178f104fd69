"""A committee that is written down, and one of its members."""

from datetime import datetime

from kalka.committees import selectors, services
from kalka.committees.rules import Card, Founding, NewMember
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.refs import new_id


def seated(secretary: Actor, at: datetime) -> dict[str, object]:
    """What belongs to a committee, and to nobody's file."""
    today = clock.day_of(at)
    if selectors.committee_of(secretary) is None:
        services.describe(secretary, id=new_id(), told=Founding(today), now=at)
    told = NewMember("Жусупова Айгүл", "health", today, card=Card(on_paper=True, phone="+996555000111"))
    card = services.add_member(secretary, id=new_id(), told=told, now=at)
    return {"committee_id": selectors.own(secretary).id, "holding_id": card.holding_id}
