"""The words of the codes of this module."""

from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

Labels = dict[str, StrOrPromise]

AUDIENCES: Labels = {"men": _("Men"), "women": _("Women"), "minors": _("Minors")}
SETTINGS: Labels = {"probation": _("Probation"), "penitentiary": _("Serving a sentence")}
GROUNDS: Labels = {
    "order": _("A protection order"),
    "decision": _("A decision in an administrative case"),
    "sentence": _("A sentence"),
    "own": _("He asked for it himself"),
}
LANGUAGES: Labels = {"ky": _("Kyrgyz"), "ru": _("Russian")}
STEPS: Labels = {
    "sent": _("Sent, not answered yet"),
    "waiting": _("On the waiting list"),
    "placed": _("In a group"),
    "abroad": _("Abroad for work"),
    "ill": _("Ill"),
    "custody": _("In custody"),
    "returned": _("Came back, waits for a seat"),
    "moved": _("Handed over to another body"),
    "evasion": _("Evades the programme"),
    "completed": _("Finished the programme"),
    "ended": _("Ended without finishing"),
}
CHIPS = {
    "sent": "open",
    "moved": "open",
    "waiting": "open",
    "returned": "open",
    "placed": "",
    "evasion": "late",
    "completed": "done",
}
ANSWERS: Labels = {
    "waiting": _("Onto the waiting list"),
    "placed": _("A seat in a group"),
    "abroad": _("He is abroad for work"),
    "ill": _("He is ill for long"),
    "custody": _("He is in custody"),
    "returned": _("He came back"),
    "moved": _("Hand him over to another body"),
    "evasion": _("He evades the programme"),
    "completed": _("He finished the programme"),
    "ended": _("It ends without finishing"),
}
ENDED: Labels = {
    "cancelled": _("The order or decision was cancelled"),
    "wrong": _("Sent by mistake, or to the wrong programme"),
    "elsewhere": _("He finished it elsewhere"),
    "died": _("He died"),
}
HOWS: Labels = {
    "came": _("Came"),
    "excused": _("Did not come, with a reason"),
    "unexcused": _("Did not come, no reason known"),
}
EXCUSES: Labels = {
    "ill": _("Illness"),
    "work": _("Work he could not leave"),
    "family": _("A death or a birth in the family"),
    "summoned": _("Summoned to an office"),
    "road": _("No road or no transport"),
    "other": _("Another reason"),
}
AGAINST: Labels = {
    "her": _("Against her"),
    "child": _("Against a child"),
    "other": _("Against somebody else"),
    "self": _("Against himself"),
}
TIMELINE: Labels = {
    f"programmes.{code}": words
    for code, words in {
        "sent": _("Sent to a corrective programme"),
        "waiting": _("Programme: on the waiting list"),
        "placed": _("Programme: in a group"),
        "abroad": _("Programme: abroad for work"),
        "ill": _("Programme: ill"),
        "custody": _("Programme: in custody"),
        "returned": _("Programme: came back"),
        "moved": _("Programme: handed over to another body"),
        "evasion": _("Programme: he evades it"),
        "completed": _("Programme: finished"),
        "ended": _("Programme: ended without finishing"),
    }.items()
}


def choices(labels: Labels) -> list[tuple[str, StrOrPromise]]:
    return list(labels.items())
