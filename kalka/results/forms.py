from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from kalka.ui import forms as ui
from kalka.ui.choices import Pairs


class QuarterForm(ui.Form):
    """Which quarter is told of. The figures are counted, never typed."""

    quarter = ui.Choice([], label=_("Which quarter?"), wide=True)

    def __init__(self, data: object, *, quarters: Pairs, now: datetime) -> None:
        super().__init__(data)
        field = self.fields["quarter"]
        assert isinstance(field, ui.Choice)
        self.offered = field.choices = list(quarters)


class AcknowledgeForm(ui.Form):
    """Nothing is said but that it was read, and which."""

    report = forms.UUIDField(widget=forms.HiddenInput)
