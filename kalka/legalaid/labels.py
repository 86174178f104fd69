"""The words of the codes of this module."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from kalka.cases import labels as cases
from kalka.ui.text import StrOrPromise

Labels = dict[str, StrOrPromise]

CATEGORIES: Labels = {
    "advice": _("Advice"),
    "offence": _("Case of an offence"),
    "criminal": _("Criminal case"),
    "civil": _("Civil case: divorce, children, maintenance, home"),
    "administrative": _("Complaint about an office"),
}
GROUNDS: Labels = {
    "violence": _("She suffered family violence"),
    "child": _("It concerns a child"),
    "disability": _("Disability"),
    "income": _("Low income"),
    "other": _("Another ground in law"),
}
REFUSALS: Labels = {
    "no_time": _("No time for it"),
    "not_my_field": _("Not my field"),
    "too_far": _("Too far away"),
    "other": _("Another reason"),
}
SILENT: Labels = {"silent": _("Nobody answered in time")}
RESULTS: Labels = {
    "won": _("Won"),
    "partly": _("Won in part"),
    "lost": _("Lost"),
    "agreed": _("Settled as she wanted"),
    "advised": _("Advice was given"),
    "withdrawn": _("She did not want to go on"),
}
STATES: Labels = {
    "asked": _("An advocate is sought"),
    "appointed": _("An advocate was asked"),
    "accepted": _("The advocate works on it"),
    "declined": _("The advocate does not take it; another one is sought"),
    "done": _("Ended"),
}
TOPICS: Labels = {
    "violence": _("Violence"),
    "family": _("Marriage and divorce"),
    "children": _("Children and maintenance"),
    "property": _("Home and land"),
    "benefits": _("Benefits and pensions"),
    "documents": _("Documents"),
    "other": _("Other"),
}
URGENCIES: Labels = {"now": _("Cannot wait"), "week": _("Within a week"), "usual": _("In turn")}
SESSIONS: Labels = {
    "first": _("First session"),
    "usual": _("Session"),
    "crisis": _("Session in a crisis"),
    "child": _("Session with a child"),
    "last": _("Last session"),
}
LEFT: Labels = {
    "begun": _("The work has begun"),
    "not_wanted": _("She does not want it"),
    "elsewhere": _("She found help elsewhere"),
}
CIRCLES: Labels = {
    "women": _("Women"),
    "mothers": _("Mothers"),
    "young": _("Young people"),
    "children": _("Children"),
}
TIMELINE: Labels = {
    "legalaid.request": _("An advocate was asked for: {title}"),
    "legalaid.result": _("Legal help ended: {title}"),
    "legalaid.session": _("Psychologist: {title}"),
}
TITLES = {"request": CATEGORIES, "result": RESULTS, "session": SESSIONS}


def part(parts: Collection[str]) -> StrOrPromise:
    """What somebody is in the case, in the first of the words that fit."""
    return next((words for code, words in cases.PARTS.items() if code in parts), cases.PARTS["other"])
