"""Words for what this module adds to the time of a case."""

from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

TIMELINE: dict[str, StrOrPromise] = {
    "duties.waived": _("A duty was let go: {title}"),
    "duties.handed_over": _("A duty was handed over: {title}"),
    "duties.moved": _("A late duty moved up: {title}"),
}
