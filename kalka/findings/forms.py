"""What a clinic and a school are asked. What is not known may stay unsaid."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kalka.core.refs import LENGTH
from kalka.files.fields import AttachmentField
from kalka.findings import labels
from kalka.findings.rules import LONG, MOST_PHOTOS, SHORT, Mark, NewFinding, NewSchool
from kalka.ui import forms as ui
from kalka.ui.choices import Pairs
from kalka.ui.widgets import Select

ROWS = 6


class _PlacedForm(ui.Form):
    place = ui.PlaceField(label=_("Where does the person live?"), missing=_("Choose the place"))
    case_ref = ui.Words(
        label=_("Code of the case, if you were given one"),
        help_text=_("Whoever works on it finds this there. The case itself is not shown to you."),
        limit=LENGTH * 2,
        required=False,
    )

    def __init__(self, *args: Any, places: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", ""), *places]  # type: ignore[attr-defined]  # a Choice


class FindingForm(_PlacedForm):
    """One row for each injury: where on the body, what, how large. Empty rows count for nothing."""

    sexual = ui.Choice(labels.pairs(labels.ANSWERS), label=_("Was it sexual violence?"), missing=_("Choose one"))
    assaulted_at = ui.MomentField(
        label=_("When was it?"), help_text=_("Hours count for what can still be prevented."), required=False
    )
    told = ui.Words(label=_("What was found and said"), rows=6, limit=LONG, required=False)
    name = ui.Words(label=_("Name of the person examined"), limit=SHORT, required=False)
    field_order = ("sexual", "assaulted_at", "told", "name", "place", "case_ref")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(ROWS):
            self.fields[f"region_{number}"] = _select(labels.REGIONS, _("Where on the body"))
            self.fields[f"kind_{number}"] = _select(labels.INJURIES, _("What"))
            self.fields[f"size_{number}"] = _select(labels.SIZES, _("How large"))
        for number in range(MOST_PHOTOS):
            self.fields[f"photo_{number}"] = AttachmentField(label=_("Photo"), required=False)

    @property
    def asked(self) -> list[Any]:
        return [self[name] for name in self.field_order]

    @property
    def marks(self) -> list[list[Any]]:
        return [[self[f"{part}_{number}"] for part in ("region", "kind", "size")] for number in range(ROWS)]

    @property
    def pictures(self) -> list[Any]:
        return [self[f"photo_{number}"] for number in range(MOST_PHOTOS)]

    def clean(self) -> dict[str, Any]:
        """An injury has a place on the body and a kind, or is none."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for number in range(ROWS):
            region, kind = said.get(f"region_{number}"), said.get(f"kind_{number}")
            if bool(region) != bool(kind):
                missing = f"kind_{number}" if region else f"region_{number}"
                self.add_error(missing, _("Say both where it is and what it is"))
        return said

    def new(self) -> NewFinding:
        said = self.cleaned_data
        rows = range(ROWS)
        return NewFinding(
            place=said["place"],
            sexual=said["sexual"],
            assaulted_at=said["assaulted_at"],
            case_ref=said["case_ref"],
            name=said["name"],
            told=said["told"],
            marks=tuple(
                Mark(said[f"region_{number}"], said[f"kind_{number}"], said[f"size_{number}"] or "unknown")
                for number in rows
                if said[f"region_{number}"]
            ),
        )

    def photos(self) -> list[tuple[str, bytes]]:
        found = (self.cleaned_data[f"photo_{number}"] for number in range(MOST_PHOTOS))
        return [(one.name, one.content) for one in found if one]


class SchoolForm(_PlacedForm):
    sex = ui.Choice(labels.pairs(labels.SEXES), label=_("Girl or boy?"), missing=_("Choose one"))
    age_band = ui.Choice(labels.pairs(labels.CHILD_BANDS), label=_("Age"), missing=_("Choose one"))
    signs = ui.Choices(labels.pairs(labels.SIGNS), label=_("What was noticed?"), required=False)
    told = ui.Words(
        label=_("What you saw and what the child said, in its own words"), rows=6, limit=LONG, required=False
    )
    by_parent = ui.Choice(
        labels.pairs(labels.ANSWERS),
        label=_("Is a parent named as the one who did it?"),
        shows={"yes": ("parent_family", "parent_given", "parent_phone")},
        missing=_("Choose one"),
    )
    parent_family = ui.Words(label=_("Family name of that parent"), limit=SHORT, required=False)
    parent_given = ui.Words(label=_("Given name of that parent"), limit=SHORT, required=False)
    parent_phone = ui.PhoneField(label=_("Phone of that parent"), required=False)
    name = ui.Words(label=_("Name of the child"), limit=SHORT, required=False)
    field_order = ("signs", "told", "by_parent", "sex", "age_band", "name", "place", "case_ref")

    def new(self) -> NewSchool:
        said = self.cleaned_data
        names = ("place", "sex", "age_band", "by_parent", "case_ref", "name", "told")
        parent = {name: said.get(name) or "" for name in ("parent_family", "parent_given", "parent_phone")}
        return NewSchool(signs=tuple(said["signs"]), **{name: said[name] for name in names}, **parent)


class ButtonForm(ui.Form):
    """A button alone."""


class HandOverForm(ui.Form):
    on = ui.DayField(label=_("Which day was it handed over to 111?"), past=True)
    number = ui.Words(
        label=_("Number of the child-protection plan"),
        help_text=_("Empty while there is none; write it down again when there is."),
        limit=SHORT,
        required=False,
    )


class WithdrawForm(ui.Form):
    """At whose wish: persons of the child's own side alone are offered."""

    person = ui.Choice((), label=_("At whose wish?"), widget=Select(), missing=_("Choose a person"))
    reason = ui.Words(label=_("Why?"), rows=4, limit=LONG, missing=_("Write why"))

    def __init__(self, *args: Any, people: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", ""), *people]  # type: ignore[attr-defined]  # a Choice


class ShowForm(WithdrawForm):
    reason = None  # type: ignore[assignment]  # Django drops the field


def _select(words: labels.Labels, label: Any) -> ui.Choice:
    return ui.Choice([("", ""), *labels.pairs(words)], label=label, widget=Select(), required=False)
