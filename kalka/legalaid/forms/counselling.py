from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from kalka.core.clock import day_of
from kalka.legalaid import labels
from kalka.legalaid.forms.aid import _Chosen
from kalka.legalaid.rules import MOST_SEATS, NewSession
from kalka.ui import forms as ui
from kalka.ui.choices import Pairs


class WaitForm(_Chosen):
    chosen = "psychologist"
    psychologist = ui.PlaceField(label=_("Which psychologist of the team?"))
    urgency = ui.Choice(list(labels.URGENCIES.items()), label=_("How soon?"))


class LeaveForm(ui.Form):
    how = ui.Choice(list(labels.LEFT.items()), label=_("Why does she wait no longer?"), wide=True)


class SessionForm(ui.Form):
    came = ui.Choice(
        (("yes", _("She came")), ("no", _("She did not come"))),
        label=_("Did she come?"),
        shows={"yes": ("minutes",)},
    )
    minutes = ui.Count(label=_("How many minutes?"), most=300, required=False)
    kind = ui.Choice(list(labels.SESSIONS.items()), label=_("What was it?"))
    on = ui.DayField(label=_("On which day?"))

    def __init__(self, *args: Any, now: datetime, **given: Any) -> None:
        super().__init__(*args, now=now, **given)
        self.fields["on"].initial = day_of(now)

    def told(self) -> NewSession:
        said = self.cleaned_data
        return NewSession(said["kind"], said["minutes"] or 0, said["on"], said["came"] == "yes")


class JoinForm(_Chosen):
    chosen = "group"
    group = ui.PlaceField(label=_("Which group?"))


class GroupForm(ui.Form):
    circle = ui.Choice(list(labels.CIRCLES.items()), label=_("For whom is it?"))
    seats = ui.Count(label=_("How many can come?"), least=2, most=MOST_SEATS)
    since = ui.DayField(label=_("Since which day?"))


class MeetingForm(ui.Form):
    """Everybody on one screen: who was there is ticked."""

    on = ui.DayField(label=_("On which day?"))
    minutes = ui.Count(label=_("How many minutes?"), least=1, most=300)
    present = ui.Choices((), label=_("Who was there?"), required=False)

    def __init__(self, *args: Any, members: Pairs, now: datetime, **given: Any) -> None:
        super().__init__(*args, now=now, **given)
        field = self.fields["present"]
        assert isinstance(field, ui.Choices)
        field.choices = list(members)
        self.fields["on"].initial = day_of(now)
