from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kalka.cases import labels
from kalka.cases.listed import form_titles
from kalka.cases.rules import MOST_CHILDREN, QUESTIONS, NewIncident
from kalka.core.clock import day_of
from kalka.ui import forms as ui
from kalka.ui.choices import Pairs

LONG, LINE = 20_000, 500


class IncidentForm(ui.Form):
    """First what happened, then who was there; what serves only counting comes last and may be left out."""

    amends = forms.UUIDField(required=False, widget=forms.HiddenInput)
    on = ui.DayField(label=_("When did it happen?"), help_text=_("The year alone will do."), past=True, partial=True)
    forms_ = ui.Choices((), label=_("What kind of violence was it?"), required=False)
    what = ui.Words(
        label=_("What happened?"),
        help_text=_("As it was told. Names are not needed."),
        limit=LONG,
        rows=6,
        required=False,
    )
    signs = ui.Choices(
        labels.choices(labels.SIGNS),
        label=_("Was there any of this?"),
        help_text=_("Then the inspector must look for a weapon at once."),
        required=False,
    )
    where = ui.Words(label=_("Where exactly?"), limit=LINE, required=False)
    place = ui.PlaceField(label=_("In which territory?"), required=False)
    alleged = ui.Choices((), label=_("Who is said to have done it?"), required=False)
    children = ui.Choices((), label=_("Which children were there?"), required=False)
    unnamed_children = ui.Count(
        label=_("How many other children were there?"),
        help_text=_("Each child who saw or heard it is a victim too and is counted as one."),
        most=MOST_CHILDREN,
        required=False,
    )
    contexts = ui.Choices(labels.choices(labels.CONTEXTS), label=_("What was around it?"), required=False)

    def __init__(
        self, *args: Any, now: datetime, places: Pairs, alleged: Pairs, children: Pairs, **kwargs: Any
    ) -> None:
        super().__init__(*args, now=now, **kwargs)
        offered = {"forms_": list(form_titles(day_of(now)).items()), "alleged": alleged, "children": children}
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a field of choices
            if not choices:
                del self.fields[name]
        self.fields["place"].choices = [("", ""), *places]  # type: ignore[attr-defined]  # a PlaceField
        for question, _type in QUESTIONS:
            self.fields[question] = ui.Choice(
                labels.choices(labels.ANSWERS), label=labels.QUESTIONS[question], required=False
            )

    @property
    def asked(self) -> list[forms.BoundField]:
        return [bound for bound in self.visible_fields() if bound.name not in dict(QUESTIONS)]

    @property
    def folded(self) -> list[forms.BoundField]:
        return [self[question] for question, _type in QUESTIONS]

    def told(self) -> NewIncident:
        said = self.cleaned_data
        known: ui.PartialDay = said["on"]
        return NewIncident(
            on=known.first,
            precision="day" if known.whole else "month" if known.month else "year",
            place=said["place"],
            forms=tuple(said.get("forms_", ())),
            answers={question: said[question] for question, _type in QUESTIONS if said[question]},
            contexts=tuple(said["contexts"]),
            signs=tuple(said["signs"]),
            what=said["what"],
            where=said["where"],
            alleged=tuple(UUID(one) for one in said.get("alleged", ())),
            children=tuple(UUID(one) for one in said.get("children", ())),
            unnamed_children=said["unnamed_children"] or 0,
            amends=said["amends"],
        )
