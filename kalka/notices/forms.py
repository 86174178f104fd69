from typing import Any

from django.utils.translation import gettext_lazy as _

from kalka.notices import texts
from kalka.notices.rules import Way
from kalka.ui import forms as ui

WAYS = (
    (Way.SMS, _("By SMS, to the number in the file")),
    (Way.MAIL, _("By mail")),
    (Way.NOTHING, _("No message at all")),
)


class TellForm(ui.Form):
    kind = ui.Choice((), label=_("What is she told?"), wide=True)

    def __init__(self, *args: Any, language: str, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["kind"].choices = texts.for_persons(language)  # type: ignore[attr-defined]  # a Choice


class WayForm(ui.Form):
    seen = ui.Seen()
    way = ui.Choice(WAYS, label=_("How does she want to be told?"), wide=True, shows={Way.MAIL: ("address",)})
    address = ui.Words(label=_("Her mail address, which nobody else reads"), limit=180, required=False)
