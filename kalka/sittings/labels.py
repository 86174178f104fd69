"""Words for the codes of sittings."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kalka.committees.rules import Office
from kalka.sittings.rules import Became, Change, How, Kind, Quorum, State, Venue, Why
from kalka.ui.text import StrOrPromise

Pairs = list[tuple[str, StrOrPromise]]
KINDS: dict[str, StrOrPromise] = {
    Kind.VIOLENCE: _("On a fact of violence"),
    Kind.PLANNING: _("Planning"),
    Kind.PREVENTION: _("Prevention"),
    Kind.FOUNDING: _("Founding"),
}
VENUES: dict[str, StrOrPromise] = {
    Venue.OKMOTU: _("the building of the aiyl okmotu"),
    Venue.SCHOOL: _("the school"),
    Venue.HEALTH: _("the medical point"),
    Venue.CLUB: _("the house of culture"),
    Venue.POLICE: _("the police post"),
    Venue.OTHER: _("another public building"),
}
STATES: dict[str, StrOrPromise] = {
    State.CALLED: pgettext_lazy("sitting", "called"),
    State.HELD: pgettext_lazy("sitting", "held"),
    State.CANCELLED: pgettext_lazy("sitting", "cancelled"),
}
WHYS: dict[str, StrOrPromise] = {
    Why.HAND: "",
    Why.LATE: _("Something to be done is late"),
    Why.CONTACT: _("The next contact is due"),
    Why.FIRST: _("The committee has not yet spoken of it"),
    Why.CARRIED: _("Decided before and not done"),
}
HOWS: dict[str, StrOrPromise] = {
    How.DONE: _("It was done"),
    How.REFUSED: _("The person did not want it"),
    How.IMPOSSIBLE: _("It could not be done"),
}
BECAME: dict[str, StrOrPromise] = {
    Became.RUNNING: pgettext_lazy("decision", "is being done"),
    Became.LATE: pgettext_lazy("decision", "late"),
    Became.DONE: pgettext_lazy("decision", "done"),
    Became.NOT_DONE: pgettext_lazy("decision", "not done"),
    Became.WITHDRAWN: pgettext_lazy("decision", "withdrawn"),
}
CHANGES: dict[str, StrOrPromise] = {
    Change.TERM: _("Another term"),
    Change.RESPONSIBLE: _("Somebody else answers for it"),
    Change.WITHDRAWN: _("The decision is withdrawn"),
}
QUORUMS: dict[str, StrOrPromise] = {
    Quorum.UNSET: _("Quorum: no act sets it yet"),
    Quorum.THERE: _("Quorum: reached"),
    Quorum.MISSED: _("Quorum: not reached"),
}
OFFICES: dict[str, StrOrPromise] = {
    Office.CHAIR: pgettext_lazy("committee", "Chair"),
    Office.DEPUTY: pgettext_lazy("committee", "Deputy chair"),
    Office.SECRETARY: pgettext_lazy("committee", "Secretary"),
    Office.MEMBER: pgettext_lazy("committee", "Member"),
}


def pairs(labels: dict[str, StrOrPromise]) -> Pairs:
    return list(labels.items())
