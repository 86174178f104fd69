"""Forms of what is sealed to a post."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from kalka.ui import forms as ui


class ChooseWordsForm(ui.Form):
    words = ui.Secret(
        label=_("Your words"),
        help_text=_("At least 12 characters, known to you alone. They are stored nowhere: nobody can tell you them."),
        autocomplete="new-password",
    )
    again = ui.Secret(label=_("The same words once more"), autocomplete="new-password")

    def clean(self) -> dict[str, Any]:
        told = dict(super().clean() or {})
        if told.get("words") and told.get("again") and told["words"] != told["again"]:
            self.add_error("again", _("These are other words than above"))
        return told


class GiveKeyForm(ui.Form):
    words = ui.Secret(label=_("Your words"), autocomplete="current-password")

    def __init__(self, *given: Any, waiting: Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["to"] = ui.Choice(list(waiting), label=_("Who gets the key?"))
        self.order_fields(["to", "words"])


class MakeKeyForm(ui.Form):
    """Nothing is asked but that it is sent."""
