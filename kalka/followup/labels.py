"""Words for what this module adds to the time of a case."""

from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

TIMELINE: dict[str, StrOrPromise] = {
    "followup.both": _("Visit: both were met, each alone"),
    "followup.protected": _("Visit: the protected person was met"),
    "followup.nobody": _("Visit: nobody was there"),
    "followup.refused": _("Visit: they did not want to talk"),
    "followup.broken": _("Visit: the order was broken"),
    "followup.correction": _("A visit was corrected"),
    "followup.missed": _("A visit at a high level was missed; the supervisor was told"),
}
CLOCKS: dict[str, StrOrPromise] = {
    "ahead": _("by the device's clock, which was ahead"),
    "old": _("written more than a week later"),
}
