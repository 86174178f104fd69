"""The words of the codes of this module."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from kalka.prevention.rules import MindTopic
from kalka.ui.text import StrOrPromise

Labels = Mapping[str, StrOrPromise]

KINDS: Labels = {
    "meeting": _("Meeting with the population"),
    "parents": _("Parents' meeting"),
    "class": _("Talk in a class, grades 8 to 11"),
    "households": _("Round of homes"),
    "group": _("Group in a messenger"),
    "press": _("In the local press"),
    "appearance": _("Appearance: radio, television, a gathering"),
    "campaign": _("Campaign"),
    "action": _("Public action"),
    "lawyers": _("A lawyer of the state came out"),
    "psychologists": _("A psychologist of a crisis centre came out"),
}
TIMES: Labels = {
    "households": _("Homes visited"),
    "group": _("Groups"),
    "press": _("Publications"),
}
TIMES_OF_OTHERS = _("How many times")
BOUNDS: Labels = {"": _("Exactly so many"), "over": _("More than that"), "least": _("That many or more")}
SEXES: Labels = {"f": _("Women and girls"), "m": _("Men and boys"), "unknown": _("Sex not known")}
BANDS: Labels = {
    "0-13": _("up to 13"),
    "14-17": _("14 to 17"),
    "18-34": _("18 to 34"),
    "35-59": _("35 to 59"),
    "60+": _("60 and older"),
    "unknown": _("age not known"),
}
TOPICS: Labels = {
    "violence": _("Violence"),
    "family": _("Marriage and divorce"),
    "children": _("Children and maintenance"),
    "property": _("Home and land"),
    "benefits": _("Benefits and pensions"),
    "documents": _("Documents"),
    "other": _("Other"),
    MindTopic.VIOLENCE: _("Violence at home"),
    MindTopic.RELATIONS: _("Quarrels in the family"),
    MindTopic.CHILDREN: _("Worry about a child"),
    MindTopic.GRIEF: _("Grief, fear, sleeplessness"),
    MindTopic.ADDICTION: _("Drinking, drugs, gambling"),
    MindTopic.OTHER: _("Something else"),
}
WHENCE: Labels = {"local": _("of the country"), "international": _("international")}
WITHDRAWN: Labels = {
    "twice": _("It was written down twice"),
    "mistaken": _("There is a mistake in it; I write it down anew"),
    "not_held": _("It was not held"),
}
