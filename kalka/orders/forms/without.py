"""Why a fact of a case has no order."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kalka.orders import labels_unissued as labels
from kalka.orders.rules.unissued import LONGEST_REASON, NewReason
from kalka.ui import forms as ui
from kalka.ui.choices import Pairs

OPENING = "opening"  # a choice has no empty value


class NoOrderForm(ui.Form):
    fact = ui.Choice((), label=_("Which fact?"), missing=_("Choose the fact"))
    why = ui.Choice(labels.CHOICES, label=_("Why is there no order?"), wide=True, missing=_("Choose the reason"))
    told = ui.Words(
        label=_("In words"),
        help_text=_("Needed where the body refused, where nothing was confirmed, and for another reason."),
        limit=LONGEST_REASON,
        rows=3,
        required=False,
    )

    def __init__(self, *args: Any, facts: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fact"].choices = facts  # type: ignore[attr-defined]  # a Choice
        self.fields["fact"].initial = facts[0][0] if facts else None

    def reason(self) -> NewReason:
        said = self.cleaned_data
        return NewReason(fact="" if said["fact"] == OPENING else said["fact"], why=said["why"], told=said["told"])
