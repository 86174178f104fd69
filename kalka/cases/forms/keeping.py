"""Keeping staff out of files that concern them, and opening one in an emergency."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kalka.cases import labels
from kalka.core.refs import LENGTH
from kalka.people.rules import Contact, Name, NewPerson
from kalka.ui import forms as ui
from kalka.ui.choices import Pairs
from kalka.ui.widgets import Line, Select

CODE = {"autocapitalize": "characters", "spellcheck": "false"}


class ConflictForm(ui.Form):
    why = ui.Choice(labels.choices(labels.WALL_WHYS), label=_("Why should you not see it?"), missing=_("Choose one"))


class ConflictByCodeForm(ConflictForm):
    ref = ui.Words(
        label=_("Code of the case"), limit=LENGTH * 2, missing=_("Write the code of the case"), widget=Line(**CODE)
    )
    field_order = ("ref", "why")


class ShutOutForm(ui.Form):
    post_id = ui.Choice((), label=_("Who must not see the case?"), widget=Select(), missing=_("Choose a post"))
    why = ui.Choice(labels.choices(labels.WALL_WHYS), label=_("Why?"), missing=_("Choose one"))

    def __init__(self, *args: Any, posts: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post_id"].choices = [("", ""), *posts]  # type: ignore[attr-defined]  # a Choice


class LiftForm(ui.Form):
    reason = ui.Words(
        label=_("Why was it a mistake?"),
        help_text=_("A second person reads this and decides. Until then nothing changes."),
        rows=4,
        limit=1_000,
        missing=_("Write why it was a mistake"),
    )


class YesNoForm(ui.Form):
    decision = ui.Choice((("yes", _("Agree")), ("no", _("Refuse"))), label=_("Your decision"), missing=_("Choose one"))

    @property
    def agreed(self) -> bool:
        return bool(self.cleaned_data["decision"] == "yes")


class WhoIAmForm(ui.Form):
    """What is written here is kept as keyed digests alone and never shown again."""

    family = ui.Words(label=_("Family name"), limit=100, required=False)
    given = ui.Words(label=_("Given name"), limit=100, required=False)
    patronymic = ui.Words(label=_("Patronymic"), limit=100, required=False)
    birth_date = ui.DayField(label=_("Day of birth"), required=False)
    pin = ui.Words(label=_("Personal number (PIN)"), limit=30, required=False, widget=Line(mode="numeric"))
    phone = ui.PhoneField(label=_("Own phone"), required=False)

    def told(self) -> NewPerson:
        said = self.cleaned_data
        name = Name(said["family"], said["given"], said["patronymic"])
        return NewPerson(
            names=(name,) if name.whole else (),
            birth_date=said["birth_date"],
            pin=said["pin"],
            contact=Contact(phone=said["phone"] or ""),
        )


class GlassForm(ui.Form):
    ref = ui.Words(
        label=_("Code of the case"), limit=LENGTH * 2, missing=_("Write the code of the case"), widget=Line(**CODE)
    )
    reason = ui.Words(
        label=_("Why must you see it now?"),
        help_text=_("At least 20 characters. Who decides reads it, and later the auditor."),
        rows=5,
        limit=1_000,
        missing=_("Write why you must see it"),
    )
