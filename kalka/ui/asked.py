"""What the page that answers a request asks for: the names of every form that was built for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django import forms

from kalka.ui.widgets import DayInput

_forms: ContextVar[list[forms.Form] | None] = ContextVar("forms", default=None)


@contextmanager
def listening() -> Iterator[list[forms.Form]]:
    """The forms that are built until its end."""
    built: list[forms.Form] = []
    token = _forms.set(built)
    try:
        yield built
    finally:
        _forms.reset(token)


def built(form: forms.Form) -> None:
    if (heard := _forms.get()) is not None:
        heard.append(form)


def names(form: forms.Form) -> set[str]:
    """As they are sent. A form may have taken fields away since it was built: those are not asked."""
    return {one for name, field in form.fields.items() for one in _sent(form.add_prefix(name), field)}


def _sent(name: str, field: Any) -> list[str]:
    widget = field.widget
    return [f"{name}_{part}" for part in widget.parts] if isinstance(widget, DayInput) else [name]
