"""What the component templates are given: fields, errors and duties prepared for showing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString

from kalka.ui import writing
from kalka.ui.choices import Choice, Choices, groups_of
from kalka.ui.fields import Words
from kalka.ui.text import StrOrPromise


@dataclass(frozen=True, slots=True)
class ErrorLine:
    words: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Dependents:
    """`told`: one of them comes back with a text or a message, and is seen whatever was chosen."""

    group: int
    fields: tuple[BoundField, ...]
    told: bool


def anchor(bound: BoundField) -> str:
    """The id of the first control of a field, where a link of the error summary leads."""
    if isinstance(bound.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


def error_lines(form: BaseForm) -> list[ErrorLine]:
    """In the order of the page: first what concerns the whole form, then field by field."""
    lines = [ErrorLine(str(words), "") for words in form.non_field_errors()]
    for bound in form:
        place = "" if bound.is_hidden else anchor(bound)
        lines += [ErrorLine(str(words), place) for words in bound.errors]
    return lines


def field_context(bound: BoundField, *, big: bool, hint: StrOrPromise = "") -> dict[str, Any]:
    kind = bound.field
    hint = hint or bound.help_text
    group = bound.use_fieldset
    described = _described(bound, bool(hint))
    return {
        "bound": bound,
        "ident": bound.auto_id,
        "target": anchor(bound),
        "group": group,
        "single": isinstance(kind.widget, forms.CheckboxInput),
        "big": big,
        "hint": hint,
        "optional": not kind.required and not isinstance(kind, forms.BooleanField),
        "described": described,
        "control": _control(bound, "" if group else described),
        "dependents": list(_dependents(bound)),
        "limit": kind.limit if isinstance(kind, Words) and kind.rows else 0,
    }


def _described(bound: BoundField, hint: bool) -> str:
    ids = [f"{bound.auto_id}_helptext"] if hint else []
    return " ".join([*ids, f"{bound.auto_id}_error"] if bound.errors else ids)


def _control(bound: BoundField, described: str) -> SafeString:
    """The control alone; a plain Django widget is given our class."""
    attrs: dict[str, str | bool] = {"aria-describedby": described} if described else {}
    widget = bound.field.widget
    plain = (forms.Textarea, forms.Select, forms.DateInput, forms.NumberInput, forms.TextInput)
    if isinstance(widget, plain) and not isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        attrs["class"] = widget.attrs.get("class", "input")
    return bound.as_widget(attrs=attrs)


def _dependents(bound: BoundField) -> Iterator[Dependents]:
    if isinstance(bound.field, (Choice, Choices)):
        for number, names in enumerate(groups_of(bound.field.shows), start=1):
            fields = tuple(bound.form[name] for name in names if name in bound.form.fields)
            yield Dependents(number, fields, any(_told(one) for one in fields))


def _told(bound: BoundField) -> bool:
    text = isinstance(bound.field, Words) and str(bound.data or "").strip()
    return bool(bound.errors or text or any(one.told for one in _dependents(bound)))


def duty_context(duty: object, now: datetime) -> dict[str, Any]:
    due = getattr(duty, "due", None) or getattr(duty, "due_at", None)
    big, small = writing.due_words(due, now) if due else ("", "")
    names = ("title", "url", "ref", "level", "level_title", "basis", "action", "action_url", "about")
    known = {name: getattr(duty, name, "") for name in names}
    return {
        **known,
        "action_url": known["action_url"] or known["url"],
        "has_level": bool(known["level"]),  # a duty that says none does not say that nobody assessed the case
        "due": due,
        "big": big,
        "small": small,
        "late": bool(due and writing.late(due, now)),
    }
