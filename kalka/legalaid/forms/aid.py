from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kalka.core.clock import day_of
from kalka.legalaid import labels
from kalka.legalaid.rules import LONGEST, Held, NewRequest, Topic
from kalka.ui import forms as ui
from kalka.ui.choices import Pairs


class _Chosen(ui.Form):
    """A form with a list the view gives: `chosen` names its field."""

    chosen = ""

    def __init__(self, *args: Any, choices: Pairs, **given: Any) -> None:
        super().__init__(*args, **given)
        field = self.fields[self.chosen]
        assert isinstance(field, ui.PlaceField)
        field.choices = [("", ""), *choices]
        if len(choices) == 1:
            field.initial = choices[0][0]


class RequestForm(_Chosen):
    chosen = "client"
    client = ui.PlaceField(label=_("For whom?"))
    category = ui.Choice(list(labels.CATEGORIES.items()), label=_("What is the advocate needed for?"), wide=True)
    ground = ui.Choice(list(labels.GROUNDS.items()), label=_("On which ground does the state pay?"), wide=True)
    told = ui.Words(label=_("What the advocate should know"), rows=4, limit=LONGEST, required=False)

    def content(self) -> NewRequest:
        said = self.cleaned_data
        return NewRequest(
            client=UUID(said["client"]), category=said["category"], ground=said["ground"], told=said["told"]
        )


class AppointForm(_Chosen):
    chosen = "advocate"
    advocate = ui.PlaceField(label=_("Which advocate?"))


class AnswerForm(ui.Form):
    accepted = ui.Choice(
        (("yes", _("I take it")), ("no", _("I do not take it"))),
        label=_("Your answer"),
        shows={"yes": ("until",), "no": ("reason",)},
    )
    until = ui.DayField(label=_("By which day will there be a result?"), required=False)
    reason = ui.Choice(list(labels.REFUSALS.items()), label=_("Why not?"), required=False)


class ResultForm(ui.Form):
    how = ui.Choice(list(labels.RESULTS.items()), label=_("How did it end?"))
    on = ui.DayField(label=_("On which day?"))

    def __init__(self, *args: Any, now: datetime, **given: Any) -> None:
        super().__init__(*args, now=now, **given)
        self.fields["on"].initial = day_of(now)


class DayForm(_Chosen):
    chosen = "place"
    place = ui.PlaceField(label=_("In which village?"))
    on = ui.DayField(label=_("On which day?"))


class HeldForm(ui.Form):
    """Figures of nobody in particular. A topic left empty is nought."""

    women = ui.Count(label=_("How many women came?"), most=1000)
    men = ui.Count(label=_("How many men came?"), most=1000)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for topic in Topic:
            label = labels.TOPICS[topic]
            self.fields[f"topic_{topic}"] = ui.Count(label=label, most=1000, required=False)

    def told(self) -> Held:
        said = self.cleaned_data
        topics = {topic.value: said[f"topic_{topic}"] or 0 for topic in Topic}
        return Held(women=said["women"], men=said["men"], topics=topics)
