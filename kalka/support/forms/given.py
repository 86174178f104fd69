from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kalka.core.clock import day_of
from kalka.files.fields import AttachmentField
from kalka.support import labels
from kalka.support.rules import MINUTES, NewAid, NewService
from kalka.ui import forms as ui


class ServiceForm(ui.Form):
    """Two taps: what it was, and how long it took, which saves. The day is today unless said otherwise."""

    kind = ui.Choice(list(labels.SERVICES.items()), label=_("What was given?"), widget=forms.RadioSelect())
    minutes = forms.TypedChoiceField(choices=[(str(one), str(one)) for one in MINUTES], coerce=int)
    on = ui.DayField(label=_("On which day?"))

    def __init__(self, *args: Any, now: datetime, **given: Any) -> None:
        super().__init__(*args, now=now, **given)
        self.fields["on"].initial = day_of(now)

    def told(self) -> NewService:
        said = self.cleaned_data
        return NewService(kind=said["kind"], minutes=said["minutes"], on=said["on"])


class AidForm(ui.Form):
    what = ui.Choice(list(labels.AID.items()), label=_("What was given?"))
    som = ui.Count(label=_("Worth in som"), required=False, most=10_000_000)
    budget = ui.Choice(list(labels.BUDGETS.items()), label=_("From which money?"), wide=True)
    on = ui.DayField(label=_("On which day?"))

    def __init__(self, *args: Any, now: datetime, **given: Any) -> None:
        super().__init__(*args, now=now, **given)
        self.fields["on"].initial = day_of(now)

    def told(self) -> NewAid:
        said = self.cleaned_data
        return NewAid(budget=said["budget"], what=said["what"], som=said["som"] or 0, on=said["on"])


class ReceiptForm(ui.Form):
    file = AttachmentField(label=_("The paper for it: receipt, act, list"))


class DocumentForm(ui.Form):
    kind = ui.Choice(list(labels.DOCUMENTS.items()), label=_("Which document?"))
    state = ui.Choice(list(labels.STATES.items()), label=_("Where does it stand?"))
    on = ui.DayField(label=_("Since which day?"))

    def __init__(self, *args: Any, now: datetime, **given: Any) -> None:
        super().__init__(*args, now=now, **given)
        self.fields["on"].initial = day_of(now)
