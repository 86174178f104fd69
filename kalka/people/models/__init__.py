from kalka.people.models.identifying import Identifier
from kalka.people.models.looking import SearchAnswer, SearchAsk, SearchDay, SearchMade, SearchReason
from kalka.people.models.persons import Appearance, Household, HouseholdMember, Person, PersonChange, Relation, Said
from kalka.people.models.same import Joining, Pair, PairWord

__all__ = [
    "Appearance",
    "Household",
    "HouseholdMember",
    "Identifier",
    "Joining",
    "Pair",
    "PairWord",
    "Person",
    "PersonChange",
    "Relation",
    "Said",
    "SearchAnswer",
    "SearchAsk",
    "SearchDay",
    "SearchMade",
    "SearchReason",
]
