"""The words of the codes of this module."""

from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

PATTERNS: dict[str, StrOrPromise] = {
    "bait": _("Opened a file that is nobody's"),
    "night": _("Read many files of the own territory at night"),
    "again": _("Read one file again and again and changed nothing in it"),
    "no_hits": _("Made many searches that found nobody"),
    "emergencies": _("Searched in an emergency and never wrote why"),
}
VERDICTS: dict[str, StrOrPromise] = {
    "explained": _("It was ordinary work"),
    "wrong": _("It was not right; it goes on to whoever leads"),
}
REVIEWS: dict[bool, StrOrPromise] = {True: _("It was right"), False: _("It was not right")}
