from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kalka.cases import labels
from kalka.cases.listed import relation_choices
from kalka.cases.rules import Part
from kalka.core.clock import day_of
from kalka.core.errors import DomainError
from kalka.people.rules import Contact, Name, NewPerson, Safe, Window
from kalka.people.selectors import PersonView
from kalka.ui import forms as ui
from kalka.ui.choices import Pairs
from kalka.ui.widgets import Select

WEEKDAYS, WEEKEND = (0, 1, 2, 3, 4), (5, 6)
WINDOWS: Mapping[str, Window] = {
    "morning": Window(WEEKDAYS, "09:00", "13:00"),
    "afternoon": Window(WEEKDAYS, "13:00", "18:00"),
    "evening": Window(WEEKDAYS, "18:00", "21:00"),
    "weekend": Window(WEEKEND, "10:00", "18:00"),
    "always": Window((*WEEKDAYS, *WEEKEND), "00:00", "24:00"),
}
LINE, TEXT, NAME = 200, 2_000, 100


class PersonFields(ui.Form):
    """Nothing is required: a person may have no name. How to reach them safely comes before the rest."""

    sex = ui.Choice(labels.choices(labels.SEXES), label=_("Sex"), required=False, wide=False)
    band = ui.Choice(labels.choices(labels.BANDS), label=_("Age, about"), required=False)
    birth_year = ui.Count(label=_("Year of birth"), least=1900, most=2100, required=False)
    family = ui.Words(label=_("Family name"), limit=NAME, required=False)
    given = ui.Words(label=_("Given name"), limit=NAME, required=False)
    patronymic = ui.Words(label=_("Patronymic"), limit=NAME, required=False)
    phone = ui.PhoneField(label=_("Telephone"), required=False)
    hours = ui.Choices(
        labels.choices(labels.HOURS),
        label=_("When is it safe to reach them?"),
        help_text=_("Nothing ticked means: never without asking."),
        required=False,
    )
    by_whom = ui.Choice(labels.choices(labels.BY_WHOM), label=_("Who may call?"), required=False)
    never = ui.Choices(labels.choices(labels.NEVER), label=_("What must never be done?"), required=False)
    say = ui.Words(label=_("What may be said to whoever answers?"), limit=TEXT, rows=2, required=False)
    address = ui.Words(label=_("Address"), limit=TEXT, required=False)
    school = ui.Words(label=_("School or kindergarten"), limit=LINE, required=False)
    workplace = ui.Words(label=_("Place of work"), limit=LINE, required=False)
    pin = ui.Words(label=_("Personal number (PIN)"), limit=30, size="m", required=False)

    MORE = ("address", "school", "workplace", "pin")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for domain, title in labels.DOMAINS.items():
            choices = labels.choices(labels.DIFFICULTIES)
            self.fields[f"wg_{domain}"] = ui.Choice(choices, label=title, required=False, widget=Select())
            self.fields[f"wg_{domain}"].choices = [("", ""), *choices]  # type: ignore[attr-defined]  # a Choice

    @property
    def asked(self) -> list[forms.BoundField]:
        return [bound for bound in self.questions if bound.name not in self.MORE and not bound.name.startswith("wg_")]

    @property
    def folded(self) -> list[forms.BoundField]:
        return [bound for bound in self.questions if bound.name in self.MORE or bound.name.startswith("wg_")]

    def person(self) -> NewPerson:
        said = self.cleaned_data
        name = Name(said["family"], said["given"], said["patronymic"])
        safe = Safe(
            when=tuple(WINDOWS[hours] for hours in said["hours"]),
            by_whom=said["by_whom"] or "anyone",
            say=said["say"],
            never=tuple(said["never"]),
        )
        return NewPerson(
            sex=said["sex"] or "unknown",
            names=(name,) if name.whole else (),
            birth_year=said["birth_year"],
            band=said["band"],
            pin=said["pin"],
            washington={domain: said[f"wg_{domain}"] for domain in labels.DOMAINS if said[f"wg_{domain}"]},
            contact=Contact(said["phone"], said["address"], said["school"], said["workplace"], safe=safe),
        )


class OpenForm(PersonFields):
    """The protected person, as far as anything is known on opening the case."""


class PersonForm(PersonFields):
    """Somebody takes a part: a new person, or one who is in the case already."""

    part = ui.Choice(labels.choices(labels.PARTS), label=_("Which part do they have?"))
    relation = ui.Choice((), label=_("What are they to the protected person?"), required=False, widget=Select())
    who = ui.Choice((), label=_("Are they in the case already?"), required=False, widget=Select())

    field_order = ("part", "relation", "who")

    def __init__(self, *args: Any, now: datetime, people: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        self.fields["relation"].choices = [("", ""), *relation_choices(day_of(now))]  # type: ignore[attr-defined]  # a Choice
        self.fields["who"].choices = [("", _("No, a new person")), *people]  # type: ignore[attr-defined]  # a Choice

    def plays(self) -> Part:
        return Part(self.cleaned_data["part"])

    def somebody(self) -> NewPerson | UUID:
        chosen = self.cleaned_data["who"]
        return UUID(chosen) if chosen else self.person()


class CorrectForm(PersonFields):
    """What is known now, whole. What the form does not ask stays as it was told."""

    corrects = ui.Seen()

    def __init__(self, *args: Any, view: PersonView, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(view), **kwargs)
        self.view = view

    @property
    def version(self) -> int:
        seen = self.cleaned_data["corrects"]
        return int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 6 else -1

    def refuse(self, refusal: DomainError) -> None:
        """Corrected meanwhile: beside each text that is another one now stands what the other person wrote."""
        super().refuse(refusal)
        for name, now in self.initial.items() if self.stale else ():
            if isinstance(self.fields[name], (ui.Words, ui.PhoneField)) and now and now != self.cleaned_data[name]:
                self.add_error(name, _("Now it says: {text}").format(text=now))

    def person(self) -> NewPerson:
        told, known = super().person(), self.view
        same_year = known.birth_date is not None and told.birth_year == known.birth_date.year
        return replace(
            told,
            names=(*told.names, *known.names[1:]),
            birth_date=known.birth_date if same_year else None,
            age=None if told.birth_year else known.age,
            note=known.note,
            contact=replace(told.contact, language=known.contact.language if known.contact else ""),
        )


def _initial(view: PersonView) -> dict[str, object]:
    name, contact = view.names[0] if view.names else Name(), view.contact or Contact()
    return {
        "corrects": view.version,
        "sex": view.sex,
        "band": view.age_band,
        "birth_year": view.birth_date.year if view.birth_date else view.birth_year,
        "family": name.family,
        "given": name.given,
        "patronymic": name.patronymic,
        "phone": contact.phone,
        "address": contact.address,
        "school": contact.school,
        "workplace": contact.workplace,
        "pin": view.pin,
        "by_whom": contact.safe.by_whom,
        "never": list(contact.safe.never),
        "say": contact.safe.say,
        "hours": [hours for hours, window in WINDOWS.items() if window in contact.safe.when],
        **{f"wg_{domain}": answer for domain, answer in view.washington.items()},
    }
