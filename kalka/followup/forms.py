from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from kalka.followup.rules import LONGEST, Found, Kept, NewSaid, Said, Way, Where, Zone
from kalka.ui import forms as ui
from kalka.ui.widgets import Answers

FOUND = (
    (Found.BOTH, _("Both, and I spoke with each alone")),
    (Found.PROTECTED, _("Only the protected person")),
    (Found.TOGETHER, _("Both, but not each alone")),
    (Found.RESPONDENT, _("Only the other side: the protected person was not there")),
    (Found.NOBODY, _("Nobody was there")),
    (Found.REFUSED, _("They did not want to talk")),
)
KEPT = (
    (Kept.KEPT, _("It is kept")),
    (Kept.BROKEN, _("It was broken")),
    (Kept.UNKNOWN, _("I do not know")),
)
ZONE = (
    (Zone.INSIDE, _("Yes, where it was to be")),
    (Zone.OUTSIDE, _("No, somewhere else")),
)
WHERE = ((Where.HOME, _("At home")), (Where.ELSEWHERE, _("In another place")), (Where.OFFICE, _("In the office")))


class VisitForm(ui.Form):
    """Three answers and a button: half a minute on a doorstep. The order is asked about only while one runs."""

    found = ui.Choice(FOUND, label=_("Whom did you meet?"), wide=True, widget=Answers(), missing=_("Say whom you met"))
    kept = ui.Choice(KEPT, label=_("Is the order kept?"), missing=_("Say whether the order is kept"))
    where = ui.Choice(WHERE, label=_("Where was it?"), initial=Where.HOME)
    zone = ui.Choice(
        ZONE,
        label=_("Was it in the expected zone?"),
        help_text=_("You may leave it out. No place and no map is kept, and the answer is sealed."),
        required=False,
    )
    visited_at = ui.MomentField(label=_("When"))
    told = ui.Words(
        label=_("What you saw and heard"),
        help_text=_("Her words only where he does not hear them."),
        rows=3,
        limit=LONGEST,
        required=False,
    )

    def __init__(self, *args: Any, order_runs: bool, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        self.fields["visited_at"].initial = now
        if not order_runs:
            del self.fields["kept"]


class CorrectionForm(ui.Form):
    told = ui.Words(
        label=_("What was wrong or missing"), rows=4, limit=LONGEST, missing=_("Write what was wrong or missing")
    )


SAID = (
    (Said.CAME, _("Yes, somebody came")),
    (Said.NOT_CAME, _("No, nobody came")),
    (Said.UNSURE, _("She is not sure")),
)
WAYS = (
    (Way.SAFE_CONTACT, _("By her safe contact, at her hours")),
    (Way.SHE_CALLED, _("She called us")),
    (Way.IN_PERSON, _("Face to face, alone")),
)


class SaidForm(ui.Form):
    said = ui.Choice(SAID, label=_("Did somebody come to you?"), wide=True, missing=_("Say what she answered"))
    way = ui.Choice(WAYS, label=_("How was she asked?"), wide=True)
    told = ui.Words(label=_("In her words"), rows=3, limit=LONGEST, required=False)

    def said_by_her(self) -> NewSaid:
        given = self.cleaned_data
        return NewSaid(said=given["said"], way=given["way"], told=given["told"])
