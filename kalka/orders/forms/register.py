from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kalka.orders import conditions
from kalka.orders.rules import LONGEST_NUMBER, LONGEST_TEXT, NewOrder, Numbered
from kalka.ui import forms as ui
from kalka.ui.choices import Pairs
from kalka.ui.widgets import Select


class RegisterForm(ui.Form):
    """As it stands on the paper. Without a number it is kept as pending, with a duty to complete it."""

    number = ui.Words(
        label=_("Number of the order"),
        help_text=_("Not known yet? Leave it empty: it is to be completed within a day."),
        limit=LONGEST_NUMBER,
        size="m",
        required=False,
    )
    authority = ui.Choice((), label=_("Who issued it?"), required=False, widget=Select())
    issued_at = ui.MomentField(label=_("When was it issued?"), past=True)
    respondent = ui.Choice((), label=_("Against whom?"), required=False, wide=True)
    conditions = ui.Choices((), label=_("What does it forbid or ask for?"), required=False)
    protected = ui.Choices((), label=_("Whom does it protect?"), required=False)
    note = ui.Words(
        label=_("Other conditions on the paper"),
        help_text=_("They stay in the file. They are never printed on what the respondent is handed."),
        limit=LONGEST_TEXT,
        rows=3,
        required=False,
    )
    starts = ui.DayField(label=_("First day, if it is not the day of issue"), required=False)
    ends = ui.DayField(
        label=_("Last day, if the paper names one"),
        help_text=_("Left out: as long as the law of that day says."),
        required=False,
    )

    MORE = ("protected", "note", "starts", "ends")  # five questions are asked; these are folded

    def __init__(
        self, *args: Any, now: datetime, authorities: Pairs, respondents: Pairs, protected: Pairs, **kwargs: Any
    ) -> None:
        super().__init__(*args, now=now, **kwargs)
        offered = {"respondent": respondents, "protected": protected, "conditions": conditions.choices()}
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a Choice or Choices
            if not choices:
                del self.fields[name]
        self.fields["authority"].choices = [("", ""), *authorities]  # type: ignore[attr-defined]  # a Choice
        if protected:
            self.fields["protected"].initial = [person for person, _words in protected]
        if len(respondents) == 1:
            self.fields["respondent"].initial = respondents[0][0]

    def clean(self) -> dict[str, Any]:
        """A number is nothing without whoever gave it."""
        said = super().clean() or self.cleaned_data
        if said.get("number") and not said.get("authority"):
            self.add_error("authority", _("Choose who issued it"))
        return said

    @property
    def asked(self) -> list[forms.BoundField]:
        return [bound for bound in self.questions if bound.name not in self.MORE]

    @property
    def folded(self) -> list[forms.BoundField]:
        return [bound for bound in self.questions if bound.name in self.MORE]

    def told(self) -> NewOrder:
        said = self.cleaned_data
        authority = int(said["authority"]) if said["authority"] else None
        numbered = Numbered(authority, said["number"]) if authority and said["number"] else None
        return NewOrder(
            issued_at=said["issued_at"],
            numbered=numbered,
            authority=None if numbered else authority,
            starts=said["starts"],
            ends=said["ends"],
            conditions=tuple(said.get("conditions", ())),
            note=said["note"],
            respondent=UUID(said["respondent"]) if said.get("respondent") else None,
            protected=tuple(UUID(one) for one in said.get("protected", ())),
        )


class CompleteForm(ui.Form):
    number = ui.Words(label=_("Number of the order"), limit=LONGEST_NUMBER, size="m", missing=_("Write the number"))
    authority = ui.Choice((), label=_("Who issued it?"), widget=Select(), missing=_("Choose who issued it"))

    def __init__(self, *args: Any, authorities: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].choices = [("", ""), *authorities]  # type: ignore[attr-defined]  # a Choice

    def told(self) -> Numbered:
        return Numbered(int(self.cleaned_data["authority"]), self.cleaned_data["number"])
