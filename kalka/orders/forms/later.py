"""What happens to an order after it was registered."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from kalka.core.clock import day_of
from kalka.orders import labels
from kalka.orders.rules import LONGEST_TEXT, NewBreach, NewExtension, NewRevocation, NewService
from kalka.ui import forms as ui
from kalka.ui.choices import Pairs
from kalka.ui.widgets import Select


class ServeForm(ui.Form):
    seen = ui.Seen()
    how = ui.Choice(labels.choices(labels.HOWS), label=_("How was the person told of the order?"), wide=True)
    refused = ui.Tick(label=_("The person would not take or sign it"), required=False)
    at = ui.MomentField(label=_("When"), past=True)
    told = ui.Words(label=_("Who was there, what was said"), limit=LONGEST_TEXT, rows=3, required=False)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        self.fields["at"].initial = now

    def service(self) -> NewService:
        said = self.cleaned_data
        return NewService(at=said["at"], how=said["how"], refused=said["refused"], told=said["told"])


class ExtendForm(ui.Form):
    seen = ui.Seen()
    until = ui.DayField(label=_("Until which day?"), help_text=_("The last day of the longer term."))
    on = ui.DayField(label=_("On which day was it extended?"), past=True)
    authority = ui.Choice((), label=_("Who extended it?"), widget=Select(), missing=_("Choose who extended it"))
    told = ui.Words(label=_("At whose request, and why"), limit=LONGEST_TEXT, rows=3, required=False)

    def __init__(self, *args: Any, now: datetime, authorities: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        self.fields["authority"].choices = [("", ""), *authorities]  # type: ignore[attr-defined]  # a Choice

    def extension(self) -> NewExtension:
        said = self.cleaned_data
        return NewExtension(on=said["on"], until=said["until"], authority=int(said["authority"]), told=said["told"])


class RevokeForm(ui.Form):
    seen = ui.Seen()
    by = ui.Choice(labels.choices(labels.BY), label=_("Who revoked it?"))
    at = ui.MomentField(label=_("When"), past=True)
    reason = ui.Words(label=_("Why"), limit=LONGEST_TEXT, rows=3, missing=_("Write why it was revoked"))

    def revocation(self) -> NewRevocation:
        said = self.cleaned_data
        return NewRevocation(at=said["at"], by=said["by"], reason=said["reason"])


class BreachForm(ui.Form):
    how = ui.Choice(labels.choices(labels.BREACHES), label=_("How was the order broken?"), wide=True)
    on = ui.DayField(label=_("On which day?"), past=True)
    told = ui.Words(label=_("What happened"), limit=LONGEST_TEXT, rows=4, required=False)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        self.fields["on"].initial = day_of(now)

    def breach(self) -> NewBreach:
        said = self.cleaned_data
        return NewBreach(on=said["on"], how=said["how"], told=said["told"])
