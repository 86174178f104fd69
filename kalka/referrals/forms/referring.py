from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kalka.core.clock import day_of
from kalka.referrals import labels
from kalka.referrals.rules.needs import LONGEST, POST_RAPE, NewChoice, NewIntake, NewNeed, Urgency, Wish
from kalka.referrals.rules.referral import DECLINED_FOR, WITHDRAWN_FOR, NewReferral, NewStep, Step, Warm
from kalka.ui import forms as ui
from kalka.ui.choices import Pairs

AGREED_DAYS = 180


class NeedsForm(ui.Form):
    """One page: what is needed, what of it cannot wait, what was offered and is not wanted."""

    needs = ui.Choices(
        (),
        label=_("What help does the person want?"),
        help_text=_("Read the list aloud. Each kind of help is asked for once."),
        shows={POST_RAPE: ["ago"]},
        required=False,
    )
    ago = ui.Choice(labels.choices(labels.AGOS), label=_("How long ago was it?"), wide=True, required=False)
    urgent = ui.Choices((), label=_("What of it cannot wait?"), required=False)
    refused = ui.Choices(
        (),
        label=_("What was offered, and the person does not want it?"),
        help_text=_("A refusal is kept and never overruled. They can change their mind at any time."),
        required=False,
    )
    told = ui.Words(label=_("In the person's own words"), rows=4, limit=LONGEST, required=False)

    def __init__(self, *args: Any, offered: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("needs", "urgent", "refused"):
            self.fields[name].choices = offered  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if set(said.get("needs", ())) & set(said.get("refused", ())):
            self.add_error("refused", _("The same help is ticked as wanted"))
        if POST_RAPE in said.get("needs", ()) and not said.get("ago"):
            self.add_error("ago", _("Say how long ago it was, or that it is not known"))
        return said

    def intake(self) -> NewIntake:
        said = self.cleaned_data
        urgent = set(said["urgent"])
        wanted = [NewNeed(code, Urgency.NOW if code in urgent else Urgency.DAYS) for code in said["needs"]]
        refused = [NewNeed(code, Urgency.LATER, Wish.REFUSES) for code in said["refused"]]
        there = POST_RAPE in said["needs"] or POST_RAPE in said["refused"]
        ago = (said["ago"] or "unknown") if there else ""
        return NewIntake(needs=(*wanted, *refused), ago=ago, told=said["told"])


class ChoiceForm(ui.Form):
    seen = ui.Seen()
    wish = ui.Choice(
        labels.choices(labels.WISHES, "wants", "not_now", "refuses", "met"),
        label=_("What does the person say to it?"),
        wide=True,
        missing=_("Say what the person says"),
    )
    told = ui.Words(label=_("In the person's own words"), rows=3, limit=LONGEST, required=False)

    def choice(self) -> NewChoice:
        return NewChoice(self.cleaned_data["wish"], self.cleaned_data["told"])


class ReferForm(ui.Form):
    """`agreed`: a consent for this organisation runs already, and nobody is asked for another one."""

    handed = ui.Words(
        label=_("What do they need to know?"),
        help_text=_(
            "They see this, the code of the case and the kind of help, and nothing else. Write what the person agrees"
            " to: how to call them, what is safe, what is needed."
        ),
        rows=5,
        limit=LONGEST,
        missing=_("Write what they need to know, and nothing more"),
    )
    warm = ui.Choice(
        labels.choices(labels.WARMS),
        label=_("How is the person handed over?"),
        wide=True,
        initial=Warm.CALL,
        missing=_("Say how the person is handed over"),
    )
    given_by = ui.Choice((), label=_("Who agrees that they are told?"), wide=True, missing=_("Say who agrees"))
    until = ui.DayField(
        label=_("Until which day?"), help_text=_("It can be taken back at any time: then they see nothing."), ahead=True
    )
    instead_of = ui.Choice((), label=_("Does it take the place of another referral?"), required=False)

    def __init__(
        self, *args: Any, now: datetime, people: Pairs, instead: Pairs, agreed: bool, outside: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, now=now, **kwargs)
        self.fields["given_by"].choices = people  # type: ignore[attr-defined]  # a Choice
        self.fields["instead_of"].choices = [("", _("No")), *instead]  # type: ignore[attr-defined]  # a Choice
        self.fields["until"].initial = day_of(now) + timedelta(days=AGREED_DAYS)
        if len(people) == 1:
            self.fields["given_by"].initial = people[0][0]
        if not instead:
            del self.fields["instead_of"]
        if agreed or outside:
            del self.fields["until"]
        if agreed:
            del self.fields["given_by"]

    def referral(self, service_id: UUID) -> NewReferral:
        said = self.cleaned_data
        return NewReferral(
            service_id=service_id,
            warm=said["warm"],
            handed=said["handed"],
            given_by=UUID(said["given_by"]) if said.get("given_by") else None,
            until=said.get("until"),
            instead_of=UUID(said["instead_of"]) if said.get("instead_of") else None,
        )


_REASONS = {Step.DECLINED: DECLINED_FOR, Step.WITHDRAWN: WITHDRAWN_FOR}


class StepForm(ui.Form):
    """One step of a referral. A reason is asked where there must be one."""

    why = ui.Choice(labels.choices(labels.WHYS), label=_("Why?"), wide=True, missing=_("Say why"))
    told = ui.Words(
        label=_("What the other side should know"),
        help_text=_("Both sides read this."),
        rows=3,
        limit=LONGEST,
        required=False,
    )

    def __init__(self, *args: Any, to: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.to = to
        if to in _REASONS:
            self.fields["why"].choices = [("", ""), *labels.choices(labels.WHYS, *_REASONS[to])]  # type: ignore[attr-defined]  # a Choice
        else:
            del self.fields["why"]

    def step(self) -> NewStep:
        return NewStep(self.to, self.cleaned_data.get("why", ""), self.cleaned_data["told"])
