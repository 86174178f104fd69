"""The form every page uses: `from kalka.ui import forms as ui`, then `class VisitForm(ui.Form)` with the fields below.

form = VisitForm(request.POST or None, now=request.now)
if form.is_valid() and (done := form.attempt(lambda: services.log_visit(request.actor, …))):
    return redirect("cases:page", done.ref)
return render(request, "followup/visit.html", {"form": form})
"""

from collections.abc import Callable, Mapping
from copy import copy
from datetime import datetime
from typing import Any, TypeVar

from django import forms
from django.forms.renderers import DjangoTemplates
from django.forms.utils import ErrorDict

from kalka.core.errors import AccessDenied, DomainError, Stale
from kalka.ui import asked
from kalka.ui.choices import Answer, Choice, Choices, PlaceField, Tick, labels
from kalka.ui.days import DayField, MomentField, PartialDay
from kalka.ui.fields import Count, FileField, Files, Key, PhoneField, Secret, Seen, Words, clean_text
from kalka.ui.words import say

__all__ = [
    "Answer",
    "Choice",
    "Choices",
    "Count",
    "DayField",
    "FileField",
    "Files",
    "Form",
    "Key",
    "MomentField",
    "PartialDay",
    "PhoneField",
    "PlaceField",
    "Renderer",
    "Secret",
    "Seen",
    "Tick",
    "Words",
    "clean_text",
    "labels",
]

T = TypeVar("T")

# Posted by the language buttons together with the half-filled form: show it again, do not judge it.
SWITCH = "to_language"


class Renderer(DjangoTemplates):
    """Django's own widget templates and ours."""


class Form(forms.Form):
    """A form with a key. `now` is what the day fields measure against; without it they ask the clock."""

    use_required_attribute = False
    stale = False  # somebody else was faster
    key = Key()

    def __init__(self, *args: Any, now: datetime | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.switching = self.is_bound and SWITCH in self.data
        asked.built(self)
        for field in self.fields.values():
            if isinstance(field, DayField):
                field.now = now

    def full_clean(self) -> None:
        """A form that was sent only to change the language is shown again as it was, without errors."""
        super().full_clean()
        if self.switching:
            self._errors = ErrorDict(renderer=self.renderer)

    def is_valid(self) -> bool:
        return super().is_valid() and not self.switching

    def attempt(self, do: Callable[[], T]) -> T | None:
        """Call the service. A refusal becomes words at its field, or on top, and the answer is None.

        `AccessDenied` passes through: what may not be seen is not found, whatever was typed.
        """
        try:
            return do()
        except AccessDenied:
            raise
        except DomainError as refusal:
            self.refuse(refusal)
            return None

    def done(self, do: Callable[[Mapping[str, Any]], object]) -> bool:
        """Whether the form was sent whole and the service, given what was said, did it."""
        return self.is_valid() and self.attempt(lambda: do(self.cleaned_data)) is not None

    @property
    def status(self) -> int:
        """Of the answer that shows the form again."""
        return 409 if self.stale else 200

    def refuse(self, refusal: DomainError) -> None:
        if isinstance(refusal, Stale):
            self.stale = True
            self._see_anew()
        field = str(refusal.facts.get("field", ""))
        self.add_error(field if field in self.fields else None, say(refusal))

    def _see_anew(self) -> None:
        """Whoever has been told may send again: what stands now counts as seen."""
        told: Any = copy(self.data)
        for name, field in self.fields.items():
            if isinstance(field, Seen):
                told[self.add_prefix(name)] = self.get_initial_for_field(field, name)
        self.data = told

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]  # the stubs leave it out
        for name in self._unasked():
            field = self.fields[name]
            if not (isinstance(field, Words) and str(self[name].data or "").strip()):
                self._errors.pop(name, None)  # a text that cannot be kept is never lost without a word
            self.cleaned_data[name] = [] if isinstance(field, Files) else field.to_python(None)

    @property
    def questions(self) -> list[forms.BoundField]:
        """The fields in their order, for a page that asks them all; those an answer brings up come with it."""
        brought = {one for field in self._asking().values() for names in field.shows.values() for one in names}
        return [bound for bound in self.visible_fields() if bound.name not in brought]

    def _asking(self) -> dict[str, Choice | Choices]:
        return {
            name: field for name, field in self.fields.items() if isinstance(field, (Choice, Choices)) and field.shows
        }

    def _unasked(self) -> set[str]:
        """The dependents of answers that were not chosen: whatever was typed there before counts as not said."""
        asked: set[str] = set()
        dependents: set[str] = set()
        for name, field in self._asking().items():
            if name not in dependents or name in asked:
                asked |= field.asked(self.cleaned_data.get(name))
            dependents |= {one for names in field.shows.values() for one in names}
        return (dependents - asked) & self.fields.keys()
