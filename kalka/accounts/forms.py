from django import forms
from django.utils.translation import gettext_lazy as _

from kalka.ui import forms as ui
from kalka.ui.widgets import Line

LONG_ENOUGH = _("At least 10 characters. Three or four words that do not belong together are easy to remember.")
NO_ANSWER = _("The device gave no answer. Try once more, or take another way.")


class SignInForm(ui.Form):
    login = ui.Words(
        label=_("User name"), limit=64, widget=Line(autocomplete="username", autocapitalize="none", spellcheck="false")
    )
    password = ui.Secret(label=_("Password"), autocomplete="current-password")


class CodeForm(ui.Form):
    code = ui.Words(
        label=_("Code from the app"),
        help_text=_("Six digits. A new one comes every 30 seconds."),
        limit=12,
        widget=Line(size="s", mode="numeric", autocomplete="one-time-code"),
    )


class PasswordForm(ui.Form):
    old = ui.Secret(label=_("Password now"), autocomplete="current-password")
    password = ui.Secret(
        label=_("New password"),
        help_text=LONG_ENOUGH,
        autocomplete="new-password",
    )


class RecoveryCodeForm(ui.Form):
    code = ui.Words(
        label=_("Recovery code"),
        help_text=_("One of the ten you wrote down. Each works once."),
        limit=40,
        widget=Line(size="m", autocapitalize="characters", spellcheck="false"),
    )


class ConfirmForm(ui.Form):
    secret = ui.Secret(label=_("Password, or the code from the app"), autocomplete="current-password")


class PasskeyForm(ui.Form):
    passkey = forms.CharField(widget=forms.HiddenInput, error_messages={"required": NO_ANSWER})


class NamedPasskeyForm(PasskeyForm):
    name = ui.Words(label=_("What you call it"), help_text=_("For instance “phone” or “key on the ring”."), limit=60)


class RecoverForm(ui.Form):
    login = ui.Words(
        label=_("User name"), limit=64, widget=Line(autocomplete="username", autocapitalize="none", spellcheck="false")
    )
    first = ui.Words(label=_("First word"), limit=40, widget=Line(size="m", autocapitalize="characters"))
    second = ui.Words(label=_("Second word"), limit=40, widget=Line(size="m", autocapitalize="characters"))
    password = ui.Secret(label=_("New password"), help_text=LONG_ENOUGH, autocomplete="new-password")


class KeyForm(ui.Form):
    """Nothing is asked but that it is sent."""
