"""The words of the codes of this module."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

Labels = dict[str, StrOrPromise]

HOWS: Labels = {
    "self": _("They came themselves"),
    "round": _("Round of the households"),
    "meeting": _("Meeting with people"),
    "neighbour": _("Neighbours told"),
    "relative": _("Relatives told"),
    "school": _("School or kindergarten"),
    "clinic": _("Clinic or feldsher's post"),
    "police": _("Police inspector"),
    "social": _("Social worker"),
    "elders": _("Aksakal court or a council"),
    "other": _("In another way"),
}
SIGNS: Labels = {
    "alcohol": _("Drink or drugs"),
    "quarrels": _("Quarrels that the street hears"),
    "control": _("Jealousy; one decides on everything"),
    "before": _("There was violence in former years"),
    "poverty": _("No money, debts"),
    "workless": _("No work"),
    "migration": _("Parents work abroad"),
    "isolated": _("Sees nobody, goes nowhere"),
    "in_laws": _("Trouble with the in-laws"),
    "divorce": _("Divorce or parting"),
    "illness": _("Illness or a disability"),
    "pregnant": _("Pregnant, or a child below three"),
    "school": _("A child stays away from school"),
    "early_marriage": _("A girl is to be married off early"),
    "no_papers": _("No documents"),
}
SETTINGS: Labels = {
    "family": _("In a family"),
    "outside": _("Outside a family: at work, at school, in the street, online"),
}
NAMED: Labels = {
    "code": _("By code, without a name"),
    "consent": _("With a name: she agreed to it"),
    "ground": _("With a name: on a ground of the law"),
}
NAMED_LATER: Labels = {
    "code": _("The name is taken back: by code again"),
    "consent": _("She agreed that her name is written"),
}
SAYS: Labels = {
    "wants": _("She wants it"),
    "not_now": _("Not now"),
    "refuses": _("She does not want it"),
    "met": _("She has it already"),
}
SEXES: Labels = {"f": _("Woman or girl"), "m": _("Man or boy"), "unknown": _("I do not know")}
METS: Labels = {
    "spoke": _("We spoke"),
    "nobody": _("Nobody was there"),
    "not_safe": _("It was not safe to speak"),
    "declined": _("She wants no more contact"),
}
WAYS: Labels = {
    "visit": _("Visit"),
    "call": _("Call"),
    "meeting": _("Meeting elsewhere"),
    "message": _("Message"),
}
KINDS: Labels = {
    "talk": _("Preventive talk"),
    "documents": _("Restoring documents"),
    "shelter": _("A crisis centre or a shelter is asked"),
    "legal": _("Legal aid guaranteed by the state"),
    "psychologist": _("Psychologist"),
    "programme": _("Corrective programme"),
}
ENDS: Labels = {
    "passed": _("What worried us has passed"),
    "handed_over": _("Others have taken it over"),
    "moved": _("They moved away"),
    "declined": _("They want no more contact"),
    "mistake": _("Noted by mistake"),
}
STATES: Labels = {
    "continuing": _("Work continues"),
    "lapsed": _("Nobody has spoken with them for too long"),
    "unset": _("Work goes on; no term is set for contacts"),
    "ended": _("Work has ended"),
    "crossed": _("Violence was told: it went on as a report"),
}
DUE: Labels = {
    "contact": _("The day of the next contact"),
    "lapsed": _("Nobody has spoken with them for too long"),
}
REPORTED: Labels = {
    "": _("The report has been sent; nobody has looked at it yet"),
    "case": _("A case was opened"),
    "no_case": _("It was looked into: no case was opened"),
    "passed_on": _("The report was passed on"),
}
HELPED: Labels = {
    "": _("Asked; help is being looked for"),
    "sent": _("Sent to those who help"),
    "acknowledged": _("They have read it"),
    "accepted": _("They will help"),
    "declined": _("They cannot help; another way is looked for"),
    "done": _("Help was given"),
    "no_show": _("She has not come there"),
    "withdrawn": _("Taken back"),
    "rerouted": _("Somebody else was asked"),
}


def choices(labels: Mapping[str, StrOrPromise]) -> list[tuple[str, StrOrPromise]]:
    return list(labels.items())
