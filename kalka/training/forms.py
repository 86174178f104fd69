from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kalka.core.clock import day_of
from kalka.training import labels, reckoning, rules
from kalka.training.rules import (
    LONGEST,
    MOST_DAYS,
    MOST_HOURS,
    NewCourse,
    NewEntry,
    NewFocal,
    NewMeasure,
    NewProgramme,
    NewTests,
)
from kalka.ui import forms as ui
from kalka.ui.choices import Pairs, set_groups

LANGUAGES = ("ky", "ru", "en")


class _Chosen(ui.Form):
    """A form with lists the view gives, by the name of the field."""

    def __init__(self, *args: Any, choices: dict[str, Pairs] | None = None, **given: Any) -> None:
        super().__init__(*args, **given)
        for name, pairs in (choices or {}).items():
            field = self.fields[name]
            assert isinstance(field, ui.PlaceField)
            field.choices = [("", ""), *pairs]


class ProgrammeForm(ui.Form):
    series = ui.Choice(list(labels.SERIES.items()), label=_("What is it?"), wide=True)
    ky = ui.Words(label=_("Name in Kyrgyz"))
    ru = ui.Words(label=_("Name in Russian"), required=False)
    en = ui.Words(label=_("Name in English"), required=False)
    hours = ui.Count(label=_("How many hours in all?"), most=MOST_HOURS, required=False)
    project = ui.Words(label=_("Of which project?"), limit=120, required=False)
    partners = ui.Words(label=_("Partners: one a line"), rows=3, limit=LONGEST, required=False)

    def told(self) -> NewProgramme:
        said = self.cleaned_data
        return NewProgramme(
            said["series"],
            {lang: said[lang] for lang in LANGUAGES if said[lang]},
            said["hours"] or 0,
            reckoning.listed(said["partners"]),
            said["project"],
        )


class CourseForm(_Chosen):
    programme = ui.PlaceField(label=_("Which programme?"), missing=_("Choose the programme"))
    place = ui.PlaceField(label=_("Where?"))
    on = ui.DayField(label=_("First day"))
    days = ui.Count(label=_("How many days?"), least=1, most=MOST_DAYS, initial=1)
    meeting = ui.Tick(label=_("Together with a meeting on policy and information"), required=False)
    partners = ui.Words(label=_("Partners here: one a line"), rows=2, limit=LONGEST, required=False)
    disabilities = ui.Choices(
        list(labels.DISABILITIES.items()), label=_("Which disabilities was it about?"), required=False
    )
    access = ui.Choices(list(labels.ACCESS.items()), label=_("What did the place have?"), required=False)

    def __init__(self, *args: Any, about: Sequence[str], **given: Any) -> None:
        """`about`: the programmes that ask which disabilities it was about."""
        super().__init__(*args, **given)
        field = self.fields["programme"]
        assert isinstance(field, ui.PlaceField)
        field.shows = {one: ("disabilities",) for one in about}
        set_groups(field.widget, field.shows)
        if not about:
            del self.fields["disabilities"]

    def told(self) -> NewCourse:
        said = self.cleaned_data
        return NewCourse(
            said["place"],
            said["on"],
            said["days"],
            said["meeting"],
            reckoning.listed(said["partners"]),
            tuple(said.get("disabilities", ())),
            tuple(said["access"]),
        )


class EntryForm(ui.Form):
    """So many of one kind, or their names: on one screen, again and again."""

    kind = ui.Choice(list(labels.KINDS.items()), label=_("Who are they?"), wide=True)
    sex = ui.Choice(list(labels.SEXES.items()), label=_("Women or men?"), initial="f", wide=True)
    number = ui.Count(label=_("How many?"), most=rules.MOST, required=False)
    names = ui.Words(
        label=_("Or their names"),
        rows=5,
        limit=20_000,
        required=False,
        help_text=_("One person a line. After a comma a telephone, if they agree: by it one person is counted once."),
    )
    bound = ui.Choice(list(labels.BOUNDS.items()), label=_("Is the number exact?"), initial="", required=False)
    sector = ui.Choice(list(labels.SECTORS.items()), label=_("Sector"), initial="unknown", required=False)
    position = ui.Choice(list(labels.POSITIONS.items()), label=_("Post"), initial="unknown", required=False)
    band = ui.Choice(list(labels.BANDS.items()), label=_("Age"), initial="unknown", required=False)

    def told(self) -> NewEntry:
        said = self.cleaned_data
        names = reckoning.names_of(said["names"])
        sector, position, band = (said[name] or "unknown" for name in ("sector", "position", "band"))
        number, bound = said["number"] or 0, said["bound"]
        return NewEntry(said["kind"], said["sex"], number, sector, position, band, bound, names)


class ResultsForm(ui.Form):
    before = ui.Words(
        label=_("Results before, in per cent"),
        rows=3,
        limit=3000,
        required=False,
        help_text=_("Numbers with a space between them, for example: 40 55 60. Whose they are is not written."),
    )
    after = ui.Words(label=_("Results after, in per cent"), rows=3, limit=3000, required=False)

    def told(self) -> NewTests:
        said = self.cleaned_data
        return NewTests(reckoning.numbers_of(said["before"], "before"), reckoning.numbers_of(said["after"], "after"))


class MeasureForm(_Chosen):
    words = ui.Words(label=_("What will be done?"), rows=3, limit=LONGEST)
    responsible = ui.PlaceField(label=_("Who answers for it?"), missing=_("Choose who answers for it"))
    by = ui.DayField(label=_("By which day?"))

    def told(self) -> NewMeasure:
        said = self.cleaned_data
        return NewMeasure(said["words"], said["responsible"], said["by"])


class KeyForm(ui.Form):
    """One button."""


class DestroyForm(ui.Form):
    destroy = ui.Tick(label=_("No paper needs these names any more: destroy them"))


class BackForm(ui.Form):
    why = ui.Choice(list(labels.WHYS.items()), label=_("Why?"))

    def __init__(self, *args: Any, what: str, **given: Any) -> None:
        super().__init__(*args, **given)
        if what == "focal":
            self.fields["why"] = ui.Choice(list(labels.LEFT.items()), label=_("Why?"))


class FocalForm(_Chosen):
    part = ui.Choice(list(labels.PARTS.items()), label=_("Who is it?"), wide=True)
    organisation = ui.PlaceField(label=_("Of which body?"), missing=_("Choose the body"))
    since = ui.DayField(label=_("Since when?"))
    name = ui.Words(label=_("Name, if the person agrees"), limit=120, required=False)

    def told(self) -> NewFocal:
        said = self.cleaned_data
        return NewFocal(said["part"], int(said["organisation"]), said["since"], said["name"])


class LearntForm(_Chosen):
    on = ui.DayField(label=_("On which day?"))
    course = ui.PlaceField(label=_("In one of these courses?"), required=False)

    def __init__(self, *args: Any, now: datetime, **given: Any) -> None:
        super().__init__(*args, now=now, **given)
        self.fields["on"].initial = day_of(now)

    def course_id(self) -> UUID | None:
        said = self.cleaned_data["course"]
        return UUID(said) if said else None


class PeriodForm(ui.Form):
    months = ui.Count(label=_("Every how many months?"), least=1, most=rules.MOST_MONTHS)
    cite = ui.Words(label=_("Which act says so?"), limit=200)
