"""Forms of helping a colleague in again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kalka.ui import forms as ui
from kalka.ui.widgets import Line

LOST = (
    ("password", _("The password")),
    ("second", _("The second step: the phone or the key")),
    ("both", _("Both")),
)


class AskRecoveryForm(ui.Form):
    login = ui.Words(label=_("User name"), limit=64, widget=Line(autocapitalize="none", spellcheck="false"))
    why = ui.Choice(LOST, label=_("What was lost?"))


class ConfirmRecoveryForm(ui.Form):
    recovery = forms.UUIDField(widget=forms.HiddenInput)


class OutsideNameForm(ui.Form):
    login = ui.Words(label=_("User name"), limit=64, widget=Line(autocapitalize="none", spellcheck="false"))
    said = ui.Words(
        label=_("What the state's service calls the person"),
        help_text=_("The number or name it gives. It is not kept, only what it can be recognised by."),
        limit=200,
        widget=Line(autocapitalize="none", spellcheck="false"),
    )
