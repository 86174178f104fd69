"""The forms of a page as a browser sees them, filled in as a person would who has something to say in every field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

OFFICIAL = {"sign-out", "language", "switch"}


@dataclass
class Control:
    name: str
    kind: str  # hidden, text, tel, numeric, password, file, radio, checkbox, select, textarea, submit
    value: str = ""
    options: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)


@dataclass
class HtmlForm:
    action: str
    method: str
    controls: dict[str, Control] = field(default_factory=dict)

    @property
    def asks(self) -> bool:
        return any(one.kind not in {"hidden", "submit"} for one in self.controls.values())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[HtmlForm] = []
        self._form: HtmlForm | None = None
        self._into: Control | None = None

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        attrs = {name: value or "" for name, value in given}
        if tag == "form":
            self._form = HtmlForm(attrs.get("action", ""), attrs.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None and tag in {"input", "textarea", "select", "button"} and attrs.get("name"):
            self._control(tag, attrs)
        elif tag == "option" and self._into is not None and self._into.kind == "select":
            value = attrs.get("value", "")
            self._into.options.append(value)
            if "selected" in attrs:
                self._into.chosen.append(value)

    def _control(self, tag: str, attrs: Mapping[str, str]) -> None:
        assert self._form is not None
        kind = {"textarea": "textarea", "select": "select", "button": "submit"}.get(tag, attrs.get("type", "text"))
        if kind == "text" and attrs.get("inputmode") == "numeric":
            kind = "numeric"
        known = self._form.controls.setdefault(attrs["name"], Control(attrs["name"], kind, attrs.get("value", "")))
        if kind in {"radio", "checkbox"}:
            known.options.append(attrs.get("value", "on"))
            if "checked" in attrs:
                known.chosen.append(attrs.get("value", "on"))
        self._into = known if tag in {"textarea", "select"} else None

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag in {"textarea", "select"}:
            self._into = None

    def handle_data(self, data: str) -> None:
        if self._into is not None and self._into.kind == "textarea":
            self._into.value += data


def read(html: str) -> list[HtmlForm]:
    reader = _Reader()
    reader.feed(html)
    return reader.forms


def asking(html: str, path: str) -> HtmlForm:
    """The one form of a page that asks something of its reader and is sent back to the page itself."""
    found = [one for one in read(html) if one.method == "post" and one.action in {"", path}]
    assert found, f"no form on {path}"
    return max(found, key=lambda one: len(one.controls))


def filled(form: HtmlForm, say: Callable[[Control], Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """What the browser would send. `given` decides where somebody must; `say` writes the texts."""
    sent: dict[str, Any] = {}
    for name, control in form.controls.items():
        value = given[name] if name in given else _usual(control, say)
        if value is not None:
            sent[name] = value
    return {**sent, **{name: value for name, value in given.items() if value is not None}}


def _usual(control: Control, say: Callable[[Control], Any]) -> Any:
    if control.kind == "submit" or control.name == "csrfmiddlewaretoken":
        return None
    if control.kind == "hidden":
        return control.value
    if control.kind == "file":
        return SimpleUploadedFile(f"{say(control)}.txt", str(say(control)).encode(), "text/plain")
    if control.kind == "checkbox":
        return control.options
    if control.kind in {"radio", "select"}:
        return next((one for one in (*control.chosen, *control.options) if one), None)
    if control.kind == "numeric" and control.value:
        return control.value
    return control.value if control.name.endswith(("_day", "_month", "_year", "_time")) else say(control)
