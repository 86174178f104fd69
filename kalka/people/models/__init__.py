from kalka.people.models.identifying import Identifier
from kalka.people.models.persons import Appearance, Household, HouseholdMember, Person, PersonChange, Relation, Said

__all__ = [
    "Appearance",
    "Household",
    "HouseholdMember",
    "Identifier",
    "Person",
    "PersonChange",
    "Relation",
    "Said",
]
