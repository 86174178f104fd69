"""Words for what this module keeps as codes."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from kalka.people.rules.purpose import Why
from kalka.people.rules.same import How, Says
from kalka.ui.text import StrOrPromise

WHY: Mapping[str, StrOrPromise] = {
    Why.CASE: _("for a case"),
    Why.DUTY: _("for a duty"),
    Why.REASON: _("for a reason of its own"),
    Why.EMERGENCY: _("in an emergency"),
}

HOW: Mapping[str, StrOrPromise] = {
    How.PIN: _("the same personal number"),
    How.PHONE: _("the same phone and nearly the same given name"),
    How.BORN: _("the same name and day of birth"),
}
SAYS: Mapping[str, StrOrPromise] = {
    Says.SAME: _("It is one person"),
    Says.OTHER: _("These are two different people"),
    Says.ASK: _("Cannot be said from here: the other side was asked"),
}
OTHER_SAYS: Mapping[str, StrOrPromise] = {
    Says.SAME: _("Whoever works on the other file says: it is one person."),
    Says.OTHER: _("Whoever works on the other file says: these are two different people."),
    Says.ASK: _("Whoever works on the other file cannot say, and asks you."),
}
TIMELINE: dict[str, StrOrPromise] = {
    "people.joined": _("Both sides said: somebody here is also in another file, and counts once"),
    "people.parted": _("It was taken back that somebody here is also in another file"),
}
