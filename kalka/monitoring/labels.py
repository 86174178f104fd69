"""The words of the codes of this module."""

from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

Labels = dict[str, StrOrPromise]

MEANS: Labels = {
    "device": _("A device on the body"),
    "app": _("An app on the telephone"),
    "none": _("Nothing: bans alone"),
}
BY: Labels = {"court": _("Court"), "police": _("Police"), "other": _("Other")}
STATES: Labels = {
    "not_yet": _("Begins later"),
    "unfitted": _("Nothing watches yet"),
    "watched": _("Watched"),
    "running": _("Runs"),
    "over": _("Over"),
    "lifted": _("Lifted"),
}
# How a state is shown: chip kinds of the look.
CHIPS = {"not_yet": "open", "unfitted": "late", "watched": "good", "running": "good", "over": "", "lifted": ""}
FOUND: Labels = {
    "breach": _("He broke the bans or limits"),
    "kept": _("He was where he may be"),
    "technical": _("A fault of the device"),
    "unknown": _("It could not be found out yet"),
}
TIMELINE: Labels = {
    "monitoring.decided": _("Bans and limits under electronic monitoring"),
    "monitoring.banned": _("Bans and limits of a court"),
    "monitoring.fitted": _("A device was fitted"),
    "monitoring.lifted": _("The monitoring was lifted"),
    "monitoring.signal": _("Signal of the monitoring: {words}"),
}
STEPS: Labels = {
    "fit": _("Fit a device"),
    "signal": _("Write a signal down"),
    "lift": _("The monitoring was lifted"),
}


def choices(labels: Labels) -> list[tuple[str, StrOrPromise]]:
    return list(labels.items())
