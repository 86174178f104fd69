"""How a field looks. Every widget works with the keyboard and without script; its template is in `ui/widgets/`."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from kalka.core import clock
from kalka.ui import writing

Parts = dict[str, str]
_UNPRINTABLE = re.compile("[\0\ud800-\udfff]")


def printable(value: Any) -> Any:
    """What was typed, shown again: a sign that no page can carry becomes a replacement sign."""
    return _UNPRINTABLE.sub("\ufffd", value) if isinstance(value, str) else value


class Line(forms.TextInput):
    """One line of text. `size` is "s", "m" or "" for the whole measure."""

    template_name = "ui/widgets/line.html"

    def __init__(self, *, size: str = "", mode: str = "", kind: str = "text", **attrs: str) -> None:
        css = f"input input--{size}" if size else "input"
        known = {"class": css, "autocomplete": "off", **attrs}
        super().__init__({**known, "inputmode": mode} if mode else known)
        self.input_type = kind

    def format_value(self, value: Any) -> Any:
        return printable(super().format_value(value))


class Block(forms.Textarea):
    template_name = "ui/widgets/block.html"

    def __init__(self, *, rows: int = 4) -> None:
        super().__init__({"class": "input", "rows": str(rows)})

    def format_value(self, value: Any) -> Any:
        return printable(super().format_value(value))


class Shows:
    """Marks the answers that bring further questions with the number of their group."""

    shows: Mapping[str, int] = {}

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*args, **kwargs)  # type: ignore[misc]  # mixed into a choice widget
        # The group of controls is what is wrong, not each of them.
        option["attrs"].pop("aria-invalid", None)
        group = self.shows.get(str(option["value"]))
        if group:
            option["attrs"]["data-shows"] = str(group)
        return option


class Answers(Shows, forms.RadioSelect):
    """Two to five big answers; the whole face is the target. `wide` puts long words one under the other."""

    template_name = "ui/widgets/answers.html"
    wide = False
    # Radio buttons name the levels of an edition by shape as well: value → code of the shape.
    levels: Mapping[str, str] = {}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        return {**context, "wide": self.wide, "levels": bool(self.levels)}

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        option["level"] = self.levels.get(str(option["value"]), "")
        return option


class Checks(Shows, forms.CheckboxSelectMultiple):
    template_name = "ui/widgets/checks.html"


class Select(Shows, forms.Select):
    template_name = "django/forms/widgets/select.html"

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__({"class": "input input--m", **(attrs or {})}, choices)


class Check(forms.CheckboxInput):
    """One statement to agree to; its label stands behind the box, so it is drawn by the field, not here."""


class Upload(forms.FileInput):
    template_name = "ui/widgets/upload.html"


class Uploads(Upload):
    allow_multiple_selected = True


class DayInput(forms.Widget):
    """Day, month by word, year: three controls that make one date. The year may stand alone."""

    template_name = "ui/widgets/day.html"
    use_fieldset = True
    parts: Sequence[str] = ("day", "month", "year")

    def value_from_datadict(self, data: Any, files: MultiValueDict[str, Any], name: str) -> Parts:
        return {part: str(data.get(f"{name}_{part}") or "").strip() for part in self.parts}

    def value_omitted_from_data(self, data: Any, files: MultiValueDict[str, Any], name: str) -> bool:
        return all(f"{name}_{part}" not in data for part in self.parts)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_day" if id_ else id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        months = enumerate(writing.tongue().MONTHS, start=1)
        return {
            **context,
            "parts": _parts(value),
            "months": [(str(number), word) for number, word in months],
            "invalid": "aria-invalid" in context["widget"]["attrs"],
        }


class MomentInput(DayInput):
    template_name = "ui/widgets/moment.html"
    parts = ("day", "month", "year", "time")


def _parts(value: Any) -> Parts:
    """What the controls show: what was posted as it was, or a date taken apart."""
    if isinstance(value, Mapping):
        return {str(part): printable(str(text)) for part, text in value.items()}
    parts: Parts = {}
    if isinstance(value, datetime):
        value = value.astimezone(clock.BISHKEK)
        parts["time"] = f"{value:%H:%M}"
    if isinstance(value, date) or hasattr(value, "year"):
        parts |= {part: str(getattr(value, part) or "") for part in ("day", "month", "year")}
    return parts
