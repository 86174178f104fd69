"""Telling the name index of somebody new or changed."""

from datetime import date
from uuid import UUID

from kalka.core.actors import Actor
from kalka.people.rules import NewPerson, grams
from kalka.vault import delta


def note(actor: Actor, person_id: UUID, told: NewPerson, on: date) -> None:
    """Inside the command that writes somebody down or corrects it: from then on they are found. One insert."""
    born = told.birth_date.isoformat() if told.birth_date else None
    years = grams.years_of(born, told.birth_year, told.age, on)
    names = [name.whole for name in told.names]
    places = [actor.place] if actor.place else []
    delta.add(person_id, grams.said_of(names, years=years, sex=told.sex, places=places))
