from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from kalka.core.clock import day_of
from kalka.intake import labels, rules
from kalka.intake.rules import NewReport
from kalka.ui import forms as ui
from kalka.ui.choices import Pairs

_ASKED = ("self", "relative", "neighbour", "worker", "anonymous")
_NAMED = ("reporter_name", "reporter_phone")


class ReportForm(ui.Form):
    """The questions in the order of danger; whatever serves only counting comes last and may be left out."""

    danger = ui.Choice(
        labels.choices(labels.DANGERS),
        label=_("Is somebody's life in danger now?"),
        missing=_("Say whether somebody is in danger now, or that you are not sure"),
        shows={"yes": ("call",), "screams_now": ("call",)},
    )
    needs = ui.Choices(
        labels.choices(labels.NEEDS),
        label=_("What does the person need to be able to talk?"),
        required=False,
        shows={"interpreter": ("language",), "other": ("other_needs",)},
    )
    language = ui.Words(label=_("Which language?"), limit=rules.LINE, required=False, size="m")
    other_needs = ui.Words(label=_("What exactly?"), limit=rules.LINE, required=False)
    what = ui.Words(
        label=_("What happened?"),
        help_text=_("In the words of the person who tells. Names are not needed."),
        limit=rules.LONG,
        rows=4,
        required=False,
    )
    when = ui.Choice(
        labels.choices(labels.WHEN),
        label=_("When did it happen?"),
        required=False,
        wide=False,
        shows={"other": ("happened",)},
    )
    happened = ui.DayField(
        label=_("On which day?"), help_text=_("The year alone will do."), past=True, partial=True, required=False
    )
    by_whom = ui.Choice(
        labels.choices(labels.TELLERS, *_ASKED),
        label=_("Who tells?"),
        required=False,
        shows={"relative": _NAMED, "neighbour": _NAMED},
    )
    reporter_name = ui.Words(
        label=_("Name of the person who reported"),
        help_text=_("Kept apart from the case: nobody working on it sees it."),
        limit=rules.LINE,
        required=False,
    )
    reporter_phone = ui.PhoneField(label=_("Telephone of the person who reported"), required=False)
    children = ui.Answer(
        label=_("Is there a child there?"),
        help_text=_("A child who saw or heard it counts as a victim too."),
        required=False,
        shows={"yes": ("children_count",)},
    )
    children_count = ui.Count(label=_("How many children?"), least=1, most=rules.MOST_CHILDREN, required=False)
    place = ui.PlaceField(label=_("In which territory?"), required=False)
    where = ui.Words(
        label=_("Where exactly?"), help_text=_("Village, street, landmark."), limit=rules.LINE, required=False
    )
    phone = ui.PhoneField(label=_("Telephone"), required=False)
    safe = ui.Words(
        label=_("When is it safe to call, and what may be said?"), limit=rules.SHORT, rows=2, required=False
    )
    told_on = ui.DayField(label=_("On which day was it told?"), past=True)
    way = ui.Choice(labels.choices(labels.WAYS), label=_("How was it told?"))

    def __init__(self, *args: Any, now: datetime, role: str = "", places: Pairs = (), **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        self.today = day_of(now)
        self.fields["told_on"].initial = self.today
        self.fields["way"].initial = rules.USUAL_WAY.get(role, "walk_in")
        self.fields["place"].choices = [("", ""), *places]  # type: ignore[attr-defined]  # a PlaceField

    def told(self) -> NewReport:
        said = self.cleaned_data
        danger = said["danger"]
        return NewReport(
            danger=danger,
            told_on=said["told_on"],
            way=said["way"],
            by_whom=said["by_whom"] or "other",
            firsthand=_firsthand(danger, said["by_whom"]),
            place=said["place"],
            language=said["language"],
            interpreter="interpreter" in said["needs"],
            sign_language="sign_language" in said["needs"],
            escort="escort" in said["needs"],
            other_needs=said["other_needs"],
            what=said["what"],
            happened=self._happened(),
            where=said["where"],
            children=said["children"] or "unknown",
            children_count=said["children_count"],
            phone=said["phone"],
            safe=said["safe"],
            reporter_name=said["reporter_name"],
            reporter_phone=said["reporter_phone"],
        )

    def _happened(self) -> str:
        said = self.cleaned_data
        if said["when"] == "other":
            return _iso(said["happened"])
        days_ago = {"today": 0, "yesterday": 1}.get(said["when"])
        return "" if days_ago is None else (self.today - timedelta(days=days_ago)).isoformat()


class CorrectionForm(ui.Form):
    text = ui.Words(
        label=_("What is wrong or missing?"),
        help_text=_("The report stays as it was told; this is added to it."),
        limit=rules.LONG,
        rows=4,
    )


class TriageForm(ui.Form):
    outcome = ui.Choice(
        labels.choices(labels.OUTCOMES, "no_case", "passed_on"),
        label=_("What becomes of it instead?"),
        shows={"passed_on": ("to_role", "to_place")},
    )
    to_role = ui.Choice(labels.choices(labels.RECEIVERS), label=_("To whom?"), required=False)
    to_place = ui.PlaceField(label=_("In which territory?"), required=False)
    reason = ui.Words(label=_("Why?"), limit=rules.SHORT, rows=3)

    def __init__(self, *args: Any, places: Pairs = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_place"].choices = [("", ""), *places]  # type: ignore[attr-defined]  # a PlaceField


class ReceiptForm(ui.Form):
    """Nothing is asked: it is given by the press."""


class ReporterForm(ui.Form):
    reason = ui.Words(
        label=_("Why must you know who reported?"),
        help_text=_("At least 20 letters. Your reason is kept, and that you asked is recorded."),
        limit=rules.SHORT,
        rows=3,
    )


def _firsthand(danger: str, by_whom: str) -> str:
    if danger == "second_hand":
        return "no"
    return "yes" if danger == "screams_now" or by_whom == "self" else "unknown"


def _iso(day: ui.PartialDay | None) -> str:
    if day is None:
        return ""
    parts = [f"{day.year:04}", *(f"{part:02}" for part in (day.month, day.day) if part)]
    return "-".join(parts)
