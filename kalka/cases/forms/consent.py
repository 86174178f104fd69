from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kalka.cases import labels
from kalka.cases.rules import NewConsent
from kalka.ui import forms as ui
from kalka.ui.choices import Pairs
from kalka.ui.widgets import Select


class KeyForm(ui.Form):
    """A step that needs no words."""


class ConsentForm(ui.Form):
    given_by = ui.Choice((), label=_("Who agrees?"))
    organisation_id = ui.Choice((), label=_("Which organisation may know?"), widget=Select())
    purpose = ui.Choice(labels.choices(labels.PURPOSES), label=_("For what?"))
    scope = ui.Choice(labels.choices(labels.SCOPES, "duties", "file"), label=_("How much may it see?"))
    until = ui.DayField(
        label=_("Until which day?"), help_text=_("At most one year. It can be taken back at any time."), ahead=True
    )

    def __init__(self, *args: Any, now: datetime, people: Pairs, organisations: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        self.fields["given_by"].choices = people  # type: ignore[attr-defined]  # a Choice
        self.fields["organisation_id"].choices = [("", ""), *organisations]  # type: ignore[attr-defined]  # a Choice
        self.fields["scope"].initial = "duties"

    def told(self) -> NewConsent:
        said = self.cleaned_data
        return NewConsent(
            organisation_id=int(said["organisation_id"]),
            purpose=said["purpose"],
            given_by=UUID(said["given_by"]),
            until=said["until"],
            scope=said["scope"],
        )


class MemberForm(ui.Form):
    post_id = ui.Choice((), label=_("Who joins the team?"), widget=Select())
    scope = ui.Choice(labels.choices(labels.SCOPES), label=_("How much do they need to see?"))
    until = ui.DayField(label=_("Until which day?"), ahead=True, required=False)

    def __init__(self, *args: Any, now: datetime, posts: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        self.fields["post_id"].choices = [("", ""), *posts]  # type: ignore[attr-defined]  # a Choice
        self.fields["scope"].initial = "file"
