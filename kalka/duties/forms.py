from typing import Any

from django.utils.translation import gettext_lazy as _

from kalka.ui import forms as ui
from kalka.ui import widgets
from kalka.ui.text import StrOrPromise


class FinishForm(ui.Form):
    pass


class WaiveForm(ui.Form):
    reason = ui.Words(
        label=_("Why it is not done"),
        help_text=_("The reason is sealed with the case. That a family has made up is not a reason."),
        rows=4,
        limit=1000,
        missing=_("Write why it is not done"),
    )


class HandOverForm(ui.Form):
    to_post = ui.Choice((), label=_("To whom"), widget=widgets.Select(), missing=_("Choose who takes it over"))
    reason = ui.Words(label=_("Why you hand it over"), rows=3, limit=1000, missing=_("Write why you hand it over"))

    def __init__(self, *args: Any, posts: list[tuple[str, StrOrPromise]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_post"].choices = [("", ""), *posts]  # type: ignore[attr-defined]  # a Choice
