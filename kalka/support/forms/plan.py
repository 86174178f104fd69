from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from kalka.core.clock import day_of
from kalka.support import labels
from kalka.support.rules import LONGEST, SCALES, SECTIONS, SHORT, NewAction, NewContact, NewOutcome
from kalka.ui import forms as ui
from kalka.ui.choices import Pairs


class GoalForm(ui.Form):
    area = ui.Choice(list(labels.AREAS.items()), label=_("What is it about?"))
    words = ui.Words(
        label=_("What does she want? In her own words"), rows=3, limit=SHORT, missing=_("Write it as she says it")
    )


class GoalEndForm(ui.Form):
    how = ui.Choice(list(labels.MET.items()), label=_("What does she say of it?"), wide=True)


class ActionForm(ui.Form):
    what = ui.Words(label=_("What is to be done?"), rows=2, limit=SHORT, missing=_("Write what is to be done"))
    owner = ui.PlaceField(label=_("Who does it?"))
    by = ui.DayField(label=_("By which day?"))

    def __init__(self, *args: Any, owners: Pairs, **given: Any) -> None:
        super().__init__(*args, **given)
        field = self.fields["owner"]
        assert isinstance(field, ui.PlaceField)
        field.choices = list(owners)
        field.initial = owners[0][0] if owners else ""

    def told(self) -> NewAction:
        said = self.cleaned_data
        return NewAction(owner=int(said["owner"]), by=said["by"], what=said["what"])


class ActionEndForm(ui.Form):
    how = ui.Choice(list(labels.DONE.items()), label=_("How did it go?"), wide=True)
    note = ui.Words(label=_("What should be known of it"), rows=3, limit=LONGEST, required=False)


class SafetyForm(ui.Form):
    """One block a section. `seen`: the number of the plan it was written from."""

    seen = ui.Seen()
    home = ui.Words(label=labels.SECTIONS["home"], rows=4, limit=LONGEST, required=False)
    leaving = ui.Words(label=labels.SECTIONS["leaving"], rows=4, limit=LONGEST, required=False)
    after = ui.Words(label=labels.SECTIONS["after"], rows=4, limit=LONGEST, required=False)
    phone = ui.Words(label=labels.SECTIONS["phone"], rows=4, limit=LONGEST, required=False)
    children = ui.Words(label=labels.SECTIONS["children"], rows=4, limit=LONGEST, required=False)
    codeword = ui.Words(label=labels.SECTIONS["codeword"], limit=SHORT, required=False, help_text=_("Never printed"))

    def told(self) -> dict[str, str]:
        return {section: self.cleaned_data[section] for section in SECTIONS}

    @property
    def corrects(self) -> int:
        """None that stands for what nobody sent, or anything else."""
        seen = self.cleaned_data["seen"]
        return int(seen) if seen.isdecimal() else -1


class ContactForm(ui.Form):
    reached = ui.Choice(list(labels.REACHED.items()), label=_("What came of it?"), wide=True)
    channel = ui.Choice(list(labels.CHANNELS.items()), label=_("In which way?"))
    on = ui.DayField(label=_("When?"))
    told = ui.Words(label=_("How she is, in her words"), rows=3, limit=LONGEST, required=False)
    next_on = ui.DayField(label=_("When is she asked again?"), required=False)

    def __init__(self, *args: Any, now: datetime, **given: Any) -> None:
        super().__init__(*args, now=now, **given)
        self.fields["on"].initial = day_of(now)

    def content(self) -> NewContact:
        said = self.cleaned_data
        return NewContact(
            on=said["on"],
            channel=said["channel"],
            reached=said["reached"],
            next_on=said["next_on"],
            told=said["told"],
        )


def _scale(name: str) -> ui.Choice:
    return ui.Choice(list(labels.SCORES.items()), label=labels.SCALES[name], initial="0")


class OutcomeForm(ui.Form):
    moment = ui.Choice(list(labels.MOMENTS.items()), label=_("When is she asked?"))
    safe = _scale("safe")
    home = _scale("home")
    money = _scale("money")
    people = _scale("people")
    health = _scale("health")

    def told(self) -> NewOutcome:
        scores = {scale: int(self.cleaned_data[scale]) for scale in SCALES}
        return NewOutcome(moment=self.cleaned_data["moment"], **scores)
