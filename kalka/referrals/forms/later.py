from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kalka.core.clock import day_of
from kalka.referrals import labels
from kalka.referrals.rules.conferences import NewConference, NewDecision, NewMinutes
from kalka.referrals.rules.needs import LONGEST
from kalka.referrals.rules.tracks import NewTrack, NewTrackStep
from kalka.ui import forms as ui
from kalka.ui.choices import Pairs
from kalka.ui.widgets import Select

DECISIONS = 5


class TrackForm(ui.Form):
    kind = ui.Choice((), label=_("Which way?"), wide=True, missing=_("Choose one of these"))
    by = ui.Choice(
        labels.choices(labels.BY), label=_("Who did it?"), wide=True, help_text=_("A name is not needed for it.")
    )
    ago = ui.Choice(labels.choices(labels.AGOS), label=_("How long ago was it?"), wide=True)

    def __init__(self, *args: Any, kinds: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = labels.choices(labels.KINDS, *kinds)  # type: ignore[attr-defined]  # a Choice
        if len(kinds) == 1:
            self.fields["kind"].initial = kinds[0]

    def track(self) -> NewTrack:
        said = self.cleaned_data
        return NewTrack(said["kind"], said["by"], said["ago"])


class TrackStepForm(ui.Form):
    seen = ui.Seen()
    outcome = ui.Choice(labels.choices(labels.OUTCOMES), label=_("How did it go?"), wide=True)
    on = ui.DayField(label=_("On which day?"), past=True)
    told = ui.Words(
        label=_("What is to be remembered"),
        help_text=_("What was said in the interview or found by the doctor does not belong here."),
        rows=3,
        limit=LONGEST,
        required=False,
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        self.fields["on"].initial = day_of(now)

    def taken(self) -> NewTrackStep:
        said = self.cleaned_data
        return NewTrackStep(said["outcome"], said["on"], said["told"])


class ConferenceForm(ui.Form):
    at = ui.MomentField(label=_("When?"))
    where = ui.Words(label=_("Where?"), limit=200, required=False)
    posts = ui.Choices(
        (),
        label=_("Who is asked to come?"),
        help_text=_("Only those who may know of the case, by the team or by a consent."),
        missing=_("Choose who is asked to come"),
    )

    def __init__(self, *args: Any, now: datetime, guests: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        self.fields["posts"].choices = guests  # type: ignore[attr-defined]  # a choice field

    def conference(self) -> NewConference:
        said = self.cleaned_data
        return NewConference(at=said["at"], posts=tuple(int(one) for one in said["posts"]), where=said["where"])


class MinutesForm(ui.Form):
    came = ui.Choices((), label=_("Who came?"), required=False)
    said = ui.Words(label=_("What was said"), rows=6, limit=2 * LONGEST, missing=_("Write what was said"))
    her_word = ui.Words(
        label=_("What the person says to it"),
        help_text=_("They are asked before anything is decided about them, also when they did not come."),
        rows=3,
        limit=LONGEST,
        required=False,
    )

    def __init__(self, *args: Any, now: datetime, seats: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        self.fields["came"].choices = seats  # type: ignore[attr-defined]  # a choice field
        for number in range(DECISIONS):
            self.fields[f"what{number}"] = ui.Words(
                label=_("What is to be done"), rows=2, limit=LONGEST, required=False
            )
            self.fields[f"owner{number}"] = ui.Choice(
                [("", ""), *seats], label=_("Who does it"), widget=Select(), required=False
            )
            day = ui.DayField(label=_("By which day"), ahead=True, required=False)
            day.now = now
            self.fields[f"by{number}"] = day

    def clean(self) -> dict[str, Any]:
        """A decision is nothing without whoever does it, and a day."""
        said = super().clean() or self.cleaned_data
        for number in range(DECISIONS):
            what, owner, by = (said.get(f"{name}{number}") for name in ("what", "owner", "by"))
            if not (what or owner or by):
                continue
            if not what:
                self.add_error(f"what{number}", _("Write what was decided"))
            if not owner:
                self.add_error(f"owner{number}", _("Say who does it"))
            if not by and f"by{number}" not in self.errors:
                self.add_error(f"by{number}", _("Say by which day"))
        return said

    @property
    def asked(self) -> list[forms.BoundField]:
        return [self[name] for name in ("came", "said", "her_word", "what0", "owner0", "by0")]

    @property
    def folded(self) -> list[forms.BoundField]:
        return [self[f"{name}{number}"] for number in range(1, DECISIONS) for name in ("what", "owner", "by")]

    def minutes(self) -> NewMinutes:
        said = self.cleaned_data
        decided = tuple(
            NewDecision(int(said[f"owner{number}"]), said[f"by{number}"], said[f"what{number}"])
            for number in range(DECISIONS)
            if said[f"what{number}"]
        )
        came = tuple(int(one) for one in said["came"])
        return NewMinutes(came, said["said"], said["her_word"], decided)


class CarryForm(ui.Form):
    told = ui.Words(label=_("What was done"), rows=3, limit=LONGEST, required=False)
