"""The words of the codes of this module, and of its columns in a spreadsheet."""

from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

Labels = dict[str, StrOrPromise]

DANGERS: Labels = {
    "screams_now": _("I hear screams now"),
    "yes": _("Yes"),
    "second_hand": _("Others say so, I did not see it"),
    "unsure": _("I am not sure"),
    "no": _("No"),
}
WAYS: Labels = {
    "walk_in": _("Came in person"),
    "call": _("By telephone"),
    "visit": _("On a visit to the home"),
    "clinic": _("At a clinic"),
    "school": _("At school or kindergarten"),
    "police": _("To the police"),
    "committee": _("To the local committee"),
    "talk": _("After a talk, a class or a meeting"),
    "online": _("Over the internet"),
    "file": _("From a register on paper or in a file"),
}
TELLERS: Labels = {
    "self": _("The person herself or himself"),
    "relative": _("A relative"),
    "neighbour": _("A neighbour"),
    "worker": _("I, as an official"),
    "anonymous": _("Does not want to be named"),
    "other": _("Somebody else"),
}
ANSWERS: Labels = {"yes": _("Yes"), "no": _("No"), "unknown": _("I do not know")}
NEEDS: Labels = {
    "interpreter": _("An interpreter"),
    "sign_language": _("Sign language"),
    "escort": _("Somebody to accompany"),
    "other": _("Something else"),
}
WHEN: Labels = {"today": _("Today"), "yesterday": _("Yesterday"), "other": _("Another day")}
OUTCOMES: Labels = {
    "": _("Nobody has looked at it yet"),
    "case": _("A case was opened"),
    "no_case": _("Not a case"),
    "passed_on": _("Passed on"),
}
RECEIVERS: Labels = {
    "social_worker": _("Social worker"),
    "police_inspector": _("Police inspector"),
    "child_protection": _("Child-protection specialist"),
    "crisis_worker": _("Crisis-centre worker"),
    "window_coordinator": _("Single-window coordinator"),
}
STATES: Labels = {"mine": _("Mine"), "to_triage": _("To look at"), "all": _("All")}
TIMELINE: Labels = {
    "intake.received": _("A report came in"),
    "intake.corrected": _("The report was corrected"),
}


def label(labels: Labels, code: str) -> StrOrPromise:
    return labels.get(code, code)


def choices(labels: Labels, *codes: str) -> list[tuple[str, StrOrPromise]]:
    return [(code, labels[code]) for code in codes or labels]
