"""Fields for text, numbers and files. A message says what to do, in the user's words; `missing` replaces the one for
an empty field."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from kalka.ui import widgets
from kalka.ui.text import StrOrPromise

# Overrides of the reading direction can make a printed line say something else than was typed.
_DAMAGED = re.compile("[\ud800-\udfff]")
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def clean_text(text: str, *, lines: bool) -> str:
    """Composed (NFC) and trimmed, one kind of line end; refuses what cannot be kept, printed or read aloud."""
    if _DAMAGED.search(text):
        raise ValidationError(
            _("A character in this text is damaged. Write the text again, do not paste it."), "damaged"
        )
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    if not lines:
        text = " ".join(text.split("\n")).replace("\t", " ")
    if _INVISIBLE.search(text):
        raise ValidationError(
            _("This text holds an invisible character that cannot be kept. Write the text again, do not paste it."),
            "invisible",
        )
    return text.strip().strip("\ufeff").strip()


class Seen(forms.CharField):
    """Which version of what it changes the page was shown over. What nobody sent, or anything else, is none."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, max_length=64)


class Key(forms.UUIDField):
    """The client-drawn id of what the form will make. Drawn when the form is shown and kept when it is shown again,
    so that sending twice makes one record."""

    widget = forms.HiddenInput
    default_error_messages = {
        "required": _("This page had lost its number. It has a new one: save once more."),
        "invalid": _("This page had lost its number. It has a new one: save once more."),
    }

    def __init__(self) -> None:
        super().__init__(initial=uuid4)

    def bound_data(self, data: Any, initial: Any) -> Any:
        try:
            return UUID(str(data))
        except ValueError:
            return initial


class Words(forms.CharField):
    """What a person wrote: one line, or a block when `rows` is given. Trimmed; at most `limit` signs, counted here."""

    default_error_messages = {"required": _("Write this down")}

    def __init__(
        self, *, limit: int = 200, rows: int = 0, size: str = "", missing: StrOrPromise | None = None, **given: Any
    ) -> None:
        given.setdefault("widget", widgets.Block(rows=rows) if rows else widgets.Line(size=size))
        super().__init__(strip=False, **with_missing(given, missing))
        self.limit, self.rows = limit, rows
        # Django's own check knows only NUL and counts before trimming.
        self.validators = []

    def to_python(self, value: Any) -> str:
        return clean_text("" if value is None else str(value), lines=bool(self.rows))

    def validate(self, value: str) -> None:
        super().validate(value)
        over = len(value) - self.limit
        if over > 0:
            raise ValidationError(
                ngettext_lazy(
                    "Shorten this by %(over)s character: it holds %(limit)s",
                    "Shorten this by %(over)s characters: it holds %(limit)s",
                    "over",
                ),
                "long",
                {"over": over, "limit": self.limit},
            )


class Secret(forms.CharField):
    """A password: never shown again, never trimmed."""

    default_error_messages = {"required": _("Write this down")}

    def __init__(self, *, autocomplete: str, **given: Any) -> None:
        attrs = {"class": "input", "autocomplete": autocomplete}
        super().__init__(strip=False, max_length=1024, widget=forms.PasswordInput(attrs), **given)


class Count(forms.IntegerField):
    """A whole number from `least` to `most`; spaces between thousands are accepted."""

    default_error_messages = {
        "required": _("Write a number"),
        "invalid": _("Write a whole number in digits, for example 3"),
    }

    def __init__(
        self, *, least: int = 0, most: int = 1_000_000, missing: StrOrPromise | None = None, **given: Any
    ) -> None:
        given.setdefault("widget", widgets.Line(size="s", mode="numeric"))
        super().__init__(**with_missing(given, missing))
        self.least, self.most = least, most

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = "".join(value.split())
            if len(value) > 12:
                raise ValidationError(self.error_messages["invalid"], "invalid")
        return super().to_python(value)

    def validate(self, value: int | None) -> None:
        super().validate(value)
        if value is not None and not self.least <= value <= self.most:
            raise ValidationError(
                _("Write a number from %(least)s to %(most)s"), "range", {"least": self.least, "most": self.most}
            )


class PhoneField(forms.CharField):
    """A telephone number, kept as E.164. Without a country code it is a number of the Kyrgyz Republic."""

    default_error_messages = {
        "required": _("Write a telephone number"),
        "invalid": _("Check the number: ten digits, for example 0555 12 34 56"),
    }

    def __init__(self, *, missing: StrOrPromise | None = None, **given: Any) -> None:
        given.setdefault("widget", widgets.Line(size="m", mode="tel", kind="tel"))
        super().__init__(strip=True, **with_missing(given, missing))
        self.validators = []

    def to_python(self, value: Any) -> str:
        typed = str(value or "").strip()
        if not typed:
            return ""
        try:
            number = phonenumbers.parse(typed[:40], "KG")
        except phonenumbers.NumberParseException as refused:
            raise ValidationError(self.error_messages["invalid"], "invalid") from refused
        if not phonenumbers.is_valid_number(number) or number.extension:
            raise ValidationError(self.error_messages["invalid"], "invalid")
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))

    def prepare_value(self, value: Any) -> Any:
        """A kept number is shown as it is dialled at home; what was typed stays as typed."""
        if isinstance(value, str) and value.startswith("+996") and len(value) == 13:
            return f"0{value[4:7]} {value[7:9]} {value[9:11]} {value[11:]}"
        return value


class FileField(forms.FileField):
    """One file of a kind we keep, at most `limit_mb` megabytes. What is inside is looked at by `files`, not here."""

    widget = widgets.Upload
    kinds: Sequence[str] = ("pdf", "jpg", "jpeg", "png")
    default_error_messages = {
        "required": _("Choose a file"),
        "missing": _("The file did not arrive. Choose it again"),
        "empty": _("The file is empty. Choose another one"),
        "invalid": _("The file did not arrive. Choose it again"),
        "large": _("The file is too large: at most %(limit)s MB. Send a smaller photo or fewer pages"),
        "kind": _("This kind of file is not kept here. Choose one of these: %(kinds)s"),
    }

    def __init__(
        self,
        *,
        limit_mb: int = 5,
        kinds: Sequence[str] | None = None,
        missing: StrOrPromise | None = None,
        **given: Any,
    ) -> None:
        super().__init__(**with_missing(given, missing))
        self.limit_mb, self.kinds = limit_mb, kinds or self.kinds
        self.widget.attrs["accept"] = ",".join(f".{kind}" for kind in self.kinds)

    def to_python(self, data: Any) -> Any:
        upload = super().to_python(data)
        if upload is None:
            return None
        if upload.size > self.limit_mb * 1_000_000:
            raise ValidationError(self.error_messages["large"], "large", {"limit": self.limit_mb})
        if str(upload.name).rpartition(".")[2].lower() not in self.kinds:
            raise ValidationError(self.error_messages["kind"], "kind", {"kinds": ", ".join(self.kinds)})
        return upload


class Files(FileField):
    """Several files of a kind we keep; each is held to the same limits. Gives a list."""

    widget = widgets.Uploads

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        uploads = data if isinstance(data, (list, tuple)) else [data]
        return [kept for kept in (super(Files, self).clean(one, initial) for one in uploads) if kept]


def with_missing(given: Mapping[str, Any], missing: StrOrPromise | None) -> dict[str, Any]:
    if missing is None:
        return dict(given)
    return {**given, "error_messages": {**given.get("error_messages", {}), "required": missing}}
