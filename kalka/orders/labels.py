"""The words of the codes of this module."""

from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

Labels = dict[str, StrOrPromise]

STATES: Labels = {
    "not_yet": _("Begins later"),
    "pending": _("Runs, number to be completed"),
    "running": _("Runs"),
    "extended": _("Extended"),
    "expired": _("Expired"),
    "revoked": _("Revoked"),
}
# How a state is shown: chip kinds of the look.
CHIPS = {"not_yet": "open", "pending": "care", "running": "good", "extended": "good", "expired": "", "revoked": ""}
HOWS: Labels = {
    "handed": _("Handed over"),
    "read_out": _("Read out to the person"),
    "electronic": _("Sent electronically"),
    "not_found": _("The person was not found"),
}
BY: Labels = {
    "issuer": _("The body that issued it"),
    "court": _("Court"),
    "prosecutor": _("Prosecutor"),
    "other": _("Other"),
}
BREACHES: Labels = {
    "contact": _("Called, wrote or spoke to the protected person"),
    "came": _("Came to where the protected person lives, works or learns"),
    "through_others": _("Tried through other people"),
    "violence": _("Used violence"),
    "weapon": _("Used or kept a weapon"),
    "other": _("Broke it in another way"),
    "unknown": _("How is not known yet"),
}
TIMELINE: Labels = {
    "orders.registered": _("Protection order"),
    "orders.numbered": _("The number of the order was completed"),
    "orders.served": _("The order was served"),
    "orders.not_found": _("The order could not be served: the person was not found"),
    "orders.extended": _("The order was extended"),
    "orders.revoked": _("The order was revoked"),
    "orders.breached": _("The order was broken"),
    "orders.overlapping": _("Two orders overlap"),
    "orders.expired": _("The order expired"),
}


def choices(labels: Labels) -> list[tuple[str, StrOrPromise]]:
    return list(labels.items())
