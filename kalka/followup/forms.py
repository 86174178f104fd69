from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from kalka.followup.rules import LONGEST, Found, Kept, Where
from kalka.ui import forms as ui

FOUND = (
    (Found.BOTH, _("Both, and I spoke with each alone")),
    (Found.PROTECTED, _("Only the protected person")),
    (Found.NOBODY, _("Nobody was there")),
    (Found.REFUSED, _("They did not want to talk")),
)
KEPT = (
    (Kept.KEPT, _("It is kept")),
    (Kept.BROKEN, _("It was broken")),
    (Kept.UNKNOWN, _("I do not know")),
)
WHERE = ((Where.HOME, _("At home")), (Where.ELSEWHERE, _("In another place")), (Where.OFFICE, _("In the office")))


class VisitForm(ui.Form):
    """Three answers and a button: half a minute on a doorstep. The order is asked about only while one runs."""

    found = ui.Choice(FOUND, label=_("Whom did you meet?"), wide=True, missing=_("Say whom you met"))
    kept = ui.Choice(KEPT, label=_("Is the order kept?"), missing=_("Say whether the order is kept"))
    where = ui.Choice(WHERE, label=_("Where was it?"), initial=Where.HOME)
    visited_at = ui.MomentField(label=_("When"))
    told = ui.Words(label=_("What you saw and heard"), rows=3, limit=LONGEST, required=False)

    def __init__(self, *args: Any, order_runs: bool, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        self.fields["visited_at"].initial = now
        if not order_runs:
            del self.fields["kept"]


class CorrectionForm(ui.Form):
    told = ui.Words(
        label=_("What was wrong or missing"), rows=4, limit=LONGEST, missing=_("Write what was wrong or missing")
    )
