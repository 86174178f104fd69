"""What is asked about monitoring, and what it becomes for the services."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kalka.core.clock import day_of
from kalka.monitoring import labels, signs
from kalka.monitoring.rules import LONGEST_DEVICE, LONGEST_TEXT, NewAnswer, NewFitting, NewLift, NewMeasure, NewSignal
from kalka.ui import forms as ui
from kalka.ui.choices import Pairs


class MeasureForm(ui.Form):
    on = ui.DayField(label=_("On which day was it decided?"), past=True)
    by = ui.Choice(labels.choices(labels.BY), label=_("Who decided it?"))
    means = ui.Choice(labels.choices(labels.MEANS), label=_("What watches?"))
    bans = ui.Choices((), label=_("What is forbidden or limited?"))
    respondent = ui.Choice((), label=_("Who is watched?"), required=False, wide=True)
    order = ui.Choice((), label=_("With which order?"), required=False, wide=True)
    starts = ui.DayField(label=_("First day, if it is not the day of the decision"), required=False)
    ends = ui.DayField(
        label=_("Last day"),
        help_text=_(
            "Left out: as long as the law of that day allows. Bans alone need it: their longest term is not known."
        ),
        required=False,
    )
    told = ui.Words(label=_("What else the decision says"), limit=LONGEST_TEXT, rows=3, required=False)

    def __init__(self, *args: Any, now: datetime, respondents: Pairs, orders: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        spoken = (get_language() or "ky")[:2]
        bans = [(code, one.title[spoken]) for code, one in signs.bans().items()]
        offered: dict[str, Pairs] = {"bans": bans, "respondent": respondents, "order": orders}
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a Choice or Choices
            if not choices:
                del self.fields[name]
        self.fields["on"].initial = day_of(now)
        for name in ("respondent", "order"):
            if len(offered[name]) == 1:
                self.fields[name].initial = offered[name][0][0]

    def told_measure(self) -> NewMeasure:
        said = self.cleaned_data
        return NewMeasure(
            on=said["on"],
            by=said["by"],
            means=said["means"],
            bans=tuple(said["bans"]),
            starts=said["starts"],
            ends=said["ends"],
            respondent=UUID(said["respondent"]) if said.get("respondent") else None,
            order=UUID(said["order"]) if said.get("order") else None,
            told=said["told"],
        )


class FitForm(ui.Form):
    device = ui.Words(
        label=_("Number of the device or of the app"), limit=LONGEST_DEVICE, size="m", missing=_("Write the number")
    )
    at = ui.MomentField(label=_("When was it fitted?"), past=True)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        self.fields["at"].initial = now

    def told(self) -> NewFitting:
        return NewFitting(self.cleaned_data["at"], self.cleaned_data["device"])


class SignalForm(ui.Form):
    sign = ui.Choice((), label=_("What did the device tell?"))
    at = ui.MomentField(label=_("When, by the device"), past=True)
    told = ui.Words(
        label=_("What else was said"),
        help_text=_("Never where she lives or is."),
        limit=LONGEST_TEXT,
        rows=3,
        required=False,
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        choices = [("", ""), *((code, one.words) for code, one in signs.signs().items())]
        self.fields["sign"].choices = choices  # type: ignore[attr-defined]  # a Choice
        self.fields["at"].initial = now

    def told_signal(self) -> NewSignal:
        said = self.cleaned_data
        return NewSignal(said["sign"], said["at"], told=said["told"])


class AnswerForm(ui.Form):
    found = ui.Choice(labels.choices(labels.FOUND), label=_("What was found?"), wide=True)
    told = ui.Words(
        label=_("What was done, and what was seen"),
        help_text=_("Needed for a breach, and when it could not be found out."),
        limit=LONGEST_TEXT,
        rows=4,
        required=False,
    )

    def told_answer(self) -> NewAnswer:
        return NewAnswer(self.cleaned_data["found"], self.cleaned_data["told"])


class LiftForm(ui.Form):
    by = ui.Choice(labels.choices(labels.BY), label=_("Who lifted it?"))
    at = ui.MomentField(label=_("When"), past=True)
    told = ui.Words(label=_("Why"), limit=LONGEST_TEXT, rows=3, missing=_("Write why it was lifted"))

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        self.fields["at"].initial = now

    def told_lift(self) -> NewLift:
        said = self.cleaned_data
        return NewLift(said["at"], said["by"], said["told"])
