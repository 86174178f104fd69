"""The form field of an attachment: its refusals appear beside it, in words."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kalka.core.errors import DomainError
from kalka.files import rules
from kalka.files.uploads import MemoryFile
from kalka.ui import widgets, words


@dataclass(frozen=True, slots=True, repr=False)
class Uploaded:
    name: str
    content: bytes


class AttachmentField(forms.FileField):
    """Cleans to `Uploaded`, or None when nothing was chosen."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", widgets.Upload({"accept": rules.ACCEPT}))
        super().__init__(allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Uploaded | None:
        try:
            if isinstance(data, MemoryFile) and data.too_large:
                raise rules.too_large()
            file = super().clean(data, initial)
            if not file:
                return None
            content = file.read()
            rules.check(content)
        except DomainError as refusal:
            raise ValidationError(words.say(refusal), code=refusal.code) from None
        return Uploaded(file.name, content)
