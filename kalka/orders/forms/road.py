from typing import Any

from django.utils.translation import gettext_lazy as _

from kalka.orders.rules import LONGEST_NUMBER
from kalka.orders.selectors import Asked
from kalka.ui import forms as ui

FIRST_YEAR, LAST_YEAR = 1900, 2100
LONGEST_PIN, LONGEST_NAME = 30, 200


class LookupForm(ui.Form):
    """Whatever the officer has in hand is enough: a number, or who is standing there."""

    number = ui.Words(
        label=_("Number of the order"),
        help_text=_("The whole number, as it stands on the paper."),
        limit=LONGEST_NUMBER,
        size="m",
        required=False,
    )
    pin = ui.Words(label=_("His personal number (PIN)"), limit=LONGEST_PIN, size="m", required=False)
    name = ui.Words(
        label=_("His family and given name"),
        help_text=_("As in his papers; with the year of birth."),
        limit=LONGEST_NAME,
        required=False,
    )
    year = ui.Count(label=_("Year of birth"), least=FIRST_YEAR, most=LAST_YEAR, required=False)

    PERSON = ("pin", "name", "year")

    def __init__(self, *args: Any, by_person: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not by_person:
            for name in self.PERSON:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.errors:
            return said
        if said.get("name") and said.get("year") is None:
            self.add_error("year", _("Write the year of birth too: many have the same name"))
        elif not (said.get("number") or said.get("pin") or said.get("name")):
            self.add_error("number", _("Write the number") if "pin" not in self.fields else _("Write what you have"))
        return said

    def asked(self) -> Asked:
        said = self.cleaned_data
        return Asked(said["number"], said.get("pin", ""), said.get("name", ""), said.get("year"))
