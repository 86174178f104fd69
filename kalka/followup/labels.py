"""Words for what this module adds to the time of a case."""

from django.utils.translation import gettext_lazy as _

from kalka.followup.odd import Odd
from kalka.followup.rules import Found, Kept, Said, Where, Zone
from kalka.ui.text import StrOrPromise

TIMELINE: dict[str, StrOrPromise] = {
    "followup.both": _("Visit: both were met, each alone"),
    "followup.protected": _("Visit: the protected person was met"),
    "followup.together": _("Visit: both were there and could not be spoken with alone"),
    "followup.respondent": _("Visit: only the other side was found, not the protected person"),
    "followup.nobody": _("Visit: nobody was there"),
    "followup.refused": _("Visit: they did not want to talk"),
    "followup.broken": _("Visit: the order was broken"),
    "followup.correction": _("A visit was corrected"),
    "followup.missed": _("A visit at a high level was missed; the supervisor was told"),
    "followup.said_came": _("She says that the visit was made"),
    "followup.said_not_came": _("She says that nobody came"),
    "followup.said_unsure": _("She is not sure that the visit was made"),
}
CLOCKS: dict[str, StrOrPromise] = {
    "ahead": _("by the device's clock, which was ahead"),
    "old": _("written more than a week later"),
}
ODD: dict[str, StrOrPromise] = {
    Odd.DENIED: _("she says that nobody came"),
    Odd.BUNCHED: _("several written down at one time"),
    Odd.TOO_CLOSE: _("in two families at one time"),
    Odd.AHEAD: _("the device's clock was ahead"),
    Odd.LATE: _("written down late"),
    Odd.UNSEEN: _("said to be kept, and she was not met"),
}
FOUND: dict[str, StrOrPromise] = {
    Found.BOTH: _("both, each alone"),
    Found.PROTECTED: _("the protected person"),
    Found.TOGETHER: _("both, not alone"),
    Found.RESPONDENT: _("only the other side"),
    Found.NOBODY: _("nobody"),
    Found.REFUSED: _("did not want to talk"),
}
KEPT: dict[str, StrOrPromise] = {
    Kept.KEPT: _("the order is kept"),
    Kept.BROKEN: _("the order was broken"),
    Kept.UNKNOWN: _("not known"),
}
WHERE: dict[str, StrOrPromise] = {
    Where.HOME: _("at home"),
    Where.ELSEWHERE: _("in another place"),
    Where.OFFICE: _("in the office"),
}
ZONES: dict[str, StrOrPromise] = {
    Zone.INSIDE: _("in the expected zone"),
    Zone.OUTSIDE: _("outside the expected zone"),
}
SAID: dict[str, StrOrPromise] = {
    Said.CAME: _("she says: came"),
    Said.NOT_CAME: _("she says: nobody came"),
    Said.UNSURE: _("she is not sure"),
}
