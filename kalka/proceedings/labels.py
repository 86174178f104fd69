"""The words of the codes of this module."""

from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

Labels = dict[str, StrOrPromise]

COURSES: Labels = {"administrative": _("Administrative"), "criminal": _("Criminal")}
REGISTERS: Labels = {
    "journal": _("Electronic registration journal (ЖУИ)"),
    "unified": _("Unified register (ЕРП)"),
}
STAGES: Labels = {
    "begun": _("Looked into"),
    "report": _("The report of the offence was drawn up"),
    "opened": _("The criminal case was opened"),
    "suspended": _("Suspended"),
    "prosecutor": _("With the prosecutor"),
    "court": _("With the court"),
}
HOWS: Labels = {
    "guilty": _("Found guilty"),
    "acquitted": _("Acquitted"),
    "refused": _("Refused: it was not taken up"),
    "dropped": _("Dropped"),
}
REASONS: Labels = {
    "no_event": _("It did not happen"),
    "no_elements": _("It is no offence and no crime in law"),
    "not_proven": _("Not enough evidence"),
    "withdrawn": _("The complaint was withdrawn, or they were reconciled"),
    "term_over": _("The term in law was over"),
    "age": _("Too young to answer for it"),
    "other": _("Another reason"),
}
SENTENCES: Labels = {
    "community_work": _("Community work"),
    "arrest": _("Arrest"),
    "imprisonment": _("Imprisonment"),
    "corrective_labour": _("Corrective labour"),
    "other": _("Something else"),
}
MEASURED: Labels = {
    "within": _("Within what the law of that day threatens"),
    "outside": _("Not what the law of that day threatens: look at it"),
    "unset": _("Limits not established in law"),
}
MEASURED_CHIPS = {"within": "good", "outside": "care", "unset": "open"}
CUSTODY: Labels = {
    "detention": _("Detention"),
    "arrest": _("Arrest by judgement"),
    "remand": _("Held until judgement"),
    "sentence": _("Serves a sentence"),
}
KEEPERS: Labels = {"police": _("The police"), "penitentiary": _("The penitentiary service")}
FREED: Labels = {
    "term": _("The term was over"),
    "decided": _("Released earlier by a decision"),
    "moved": _("Moved to house arrest or hospital"),
    "fled": _("Fled"),
}
WEAPONS: Labels = {
    "none": _("No weapon was found"),
    "found": _("There is a weapon, and it was left"),
    "taken": _("A weapon was taken"),
    "handed_in": _("A weapon was handed in"),
    "permit_revoked": _("The permit was revoked"),
    "returned": _("A weapon was given back"),
    "unknown": _("It could not be looked for"),
}
WEAPON_CHIPS = {"found": "late", "returned": "late", "unknown": "care", "none": "", "permit_revoked": ""}
TIMELINE: Labels = {
    "proceedings.begun": _("Proceedings: {title}"),
    "proceedings.step": _("Proceedings went on: {title}"),
    "proceedings.ended": _("Proceedings were decided: {title}"),
    "proceedings.held": _("Taken into custody: {title}"),
    "proceedings.freed": _("Free again: {title}"),
    "proceedings.weapon": _("Weapons: {title}"),
}


def choices(labels: Labels) -> list[tuple[str, StrOrPromise]]:
    return list(labels.items())
