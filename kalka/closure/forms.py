from django.utils.translation import gettext_lazy as _

from kalka.closure.rules import LONGEST, Again, Reason
from kalka.ui import forms as ui

REASONS = (
    (Reason.SAFE, _("Everything was done, and the danger has passed")),
    (Reason.MOVED, _("The case is with another territory now")),
    (Reason.TWICE, _("The same case was opened twice")),
    (Reason.NO_VIOLENCE, _("It was looked into: it was no family violence")),
    (Reason.DIED, _("The protected person has died")),
)
AGAIN = (
    (Again.ASKED, _("The protected person asked for it")),
    (Again.NEW_FACTS, _("Something new is known")),
    (Again.MISTAKE, _("It was closed by mistake")),
)


class CloseForm(ui.Form):
    reason = ui.Choice(REASONS, label=_("Why the case is closed"), wide=True)
    word = ui.Words(
        label=_("What was done, and what whoever opens it again should know"),
        rows=5,
        limit=LONGEST,
        missing=_("Write what was done"),
    )


class ReopenForm(ui.Form):
    reason = ui.Choice(AGAIN, label=_("Why the case is opened again"), wide=True)
    word = ui.Words(label=_("What is known"), rows=4, limit=LONGEST, missing=_("Write what is known"))
