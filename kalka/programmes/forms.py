from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kalka.core.clock import day_of
from kalka.proceedings import labels as proceedings
from kalka.proceedings.rules import LONGEST_NUMBER, MOST_SESSIONS, NewProceeding
from kalka.proceedings.rules import LONGEST_TEXT as MOST_TOLD
from kalka.programmes import labels
from kalka.programmes.rules import (
    FEWEST_SEATS,
    LONGEST_TEXT,
    MOST_SEATS,
    NEXT,
    Mark,
    NewGroup,
    NewSending,
    NewSession,
    NewStep,
    NewThreat,
    Step,
)
from kalka.programmes.selectors import Evading
from kalka.ui import forms as ui
from kalka.ui.choices import Pairs, set_groups
from kalka.ui.widgets import Select


class SendForm(ui.Form):
    person = ui.Choice((), label=_("Whom do you send?"), wide=True)
    ground = ui.Choice(labels.choices(labels.GROUNDS), label=_("On what ground?"), wide=True)
    organisation = ui.PlaceField(label=_("To whom?"), missing=_("Choose who runs the programme"))
    phone = ui.PhoneField(
        label=_("His own telephone, if it is known"),
        required=False,
        help_text=_("Never hers: whoever leads the programme calls it."),
    )

    def __init__(self, *args: Any, people: Pairs, organisations: Pairs, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["person"].choices = list(people)  # type: ignore[attr-defined]  # a Choice
        self.fields["organisation"].choices = [("", ""), *organisations]  # type: ignore[attr-defined]  # a Choice

    def told(self) -> NewSending:
        said = self.cleaned_data
        return NewSending(UUID(said["person"]), int(said["organisation"]), said["ground"], said["phone"])


class EvasionForm(ui.Form):
    """Proceedings on evasion, with all that the programme wrote down filled in. What is said here is what counts."""

    sessions_set = ui.Count(label=_("How many sessions were set?"), least=1, most=MOST_SESSIONS)
    sessions_missed = ui.Count(label=_("How many were missed without a reason?"), least=1, most=MOST_SESSIONS)
    warned_on = ui.DayField(label=_("On which day was he warned?"), past=True)
    on = ui.DayField(label=_("Since which day?"), past=True)
    order = ui.PlaceField(label=_("Which order is it about?"), required=False)
    register = ui.Choice(
        proceedings.choices(proceedings.REGISTERS),
        label=_("Under which number is it registered?"),
        shows={"journal": ["number"], "unified": ["number"]},
        required=False,
    )
    number = ui.Words(label=_("Number"), limit=LONGEST_NUMBER, size="m", required=False)
    told = ui.Words(
        label=_("What happened"),
        help_text=_("It stands on the report, and he may read it: no address, no telephone, no school."),
        limit=MOST_TOLD,
        rows=5,
        required=False,
    )

    def __init__(self, *args: Any, now: datetime, found: Evading, orders: Pairs, **given: Any) -> None:
        super().__init__(*args, now=now, **given)
        self.found = found
        self.fields["sessions_set"].initial = found.of
        self.fields["sessions_missed"].initial = found.missed
        self.fields["warned_on"].initial = found.asked_on
        self.fields["on"].initial = day_of(now)
        self.fields["order"].choices = [("", ""), *orders]  # type: ignore[attr-defined]  # a PlaceField
        if len(orders) == 1:
            self.fields["order"].initial = orders[0][0]
        if not orders:
            del self.fields["order"]

    def content(self) -> NewProceeding:
        said = self.cleaned_data
        return NewProceeding(
            person=self.found.person,
            ground="evasion_of_programme",
            on=said["on"],
            order=UUID(said["order"]) if said.get("order") else None,
            sessions_set=said["sessions_set"],
            sessions_missed=said["sessions_missed"],
            warned_on=said["warned_on"],
            register=said.get("register") or "",
            number=(said.get("number") or "") if said.get("register") else "",
            told=said["told"],
        )


class GroupForm(ui.Form):
    audience = ui.Choice(labels.choices(labels.AUDIENCES), label=_("For whom is it?"))
    language = ui.Choice(labels.choices(labels.LANGUAGES), label=_("In which language?"))
    seats = ui.Count(label=_("How many can come?"), least=FEWEST_SEATS, most=MOST_SEATS)
    since = ui.DayField(label=_("From which day?"))

    def told(self) -> NewGroup:
        said = self.cleaned_data
        return NewGroup(said["audience"], said["language"], said["seats"], said["since"])


SHOWS: Mapping[str, Sequence[str]] = {
    "placed": ("group",),
    "moved": ("organisation",),
    "ended": ("why",),
    "evasion": ("asked", "told"),
}


class StepForm(ui.Form):
    """What is now: only what may follow what stands is offered."""

    to = ui.Choice((), label=_("What is it now?"), wide=True, shows=SHOWS)
    group = ui.PlaceField(label=_("Which group?"), missing=_("Choose the group"))
    organisation = ui.PlaceField(label=_("To which body?"), missing=_("Choose the body"))
    why = ui.Choice(labels.choices(labels.ENDED), label=_("Why?"), wide=True)
    asked = ui.Tick(label=_("He was asked why he did not come"), required=False)
    told = ui.Words(
        label=_("What was he asked, and what did he say?"),
        limit=LONGEST_TEXT,
        rows=3,
        missing=_("Write what he was asked and what he said"),
    )

    def __init__(self, *args: Any, last: str, may_finish: bool, groups: Pairs, organisations: Pairs, **given: Any):
        super().__init__(*args, **given)
        allowed = NEXT[Step(last)] - (frozenset() if may_finish else {Step.COMPLETED})
        if not groups:
            allowed -= {Step.PLACED}
        to = self.fields["to"]
        assert isinstance(to, ui.Choice)
        to.choices = [(code, words) for code, words in labels.ANSWERS.items() if Step(code) in allowed]
        to.shows = {code: names for code, names in SHOWS.items() if Step(code) in allowed}
        set_groups(to.widget, to.shows)
        for name, pairs in (("group", groups), ("organisation", organisations)):
            self.fields[name].choices = [("", ""), *pairs]  # type: ignore[attr-defined]  # a Choice
        for code, names in SHOWS.items():
            if Step(code) not in allowed:
                for name in names:
                    del self.fields[name]

    def told_step(self) -> NewStep:
        said = self.cleaned_data
        group, organisation = said.get("group"), said.get("organisation")
        return NewStep(
            to=said["to"],
            group=UUID(group) if group else None,
            organisation=int(organisation) if organisation else None,
            why=said.get("why") or "",
            asked=bool(said.get("asked")),
            told=said.get("told") or "",
        )


class SessionForm(ui.Form):
    """Everybody of the group on one screen: nobody is absent by silence."""

    on = ui.DayField(label=_("On which day?"), past=True)
    module = ui.Choice((), label=_("Which module?"), widget=Select())

    def __init__(
        self,
        *args: Any,
        members: Sequence[tuple[UUID, str]],
        modules: Pairs,
        module: str,
        now: datetime,
        **given: Any,
    ) -> None:
        super().__init__(*args, now=now, **given)
        self.members = [one for one, _name in members]
        self.fields["on"].initial = day_of(now)
        self.fields["module"].choices = list(modules)  # type: ignore[attr-defined]  # a Choice
        self.fields["module"].initial = module
        for number, (_one, name) in enumerate(members):
            why = f"why{number}"
            self.fields[f"how{number}"] = ui.Choice(
                labels.choices(labels.HOWS), label=name, shows={"excused": (why,)}, missing=_("Say whether he came")
            )
            self.fields[why] = ui.Choice(labels.choices(labels.EXCUSES), label=_("Which reason?"), widget=Select())

    def told(self) -> NewSession:
        said = self.cleaned_data
        marks = {one: Mark(said[f"how{number}"], said[f"why{number}"] or "") for number, one in enumerate(self.members)}
        return NewSession(said["on"], said["module"], marks)


class ThreatForm(ui.Form):
    against = ui.Choice(labels.choices(labels.AGAINST), label=_("Against whom was it?"), wide=True)
    at = ui.MomentField(label=_("When did he say it?"), past=True)
    told = ui.Words(
        label=_("What did he say, in his words?"), limit=LONGEST_TEXT, rows=4, missing=_("Write down what he said")
    )

    def __init__(self, *args: Any, now: datetime, **given: Any) -> None:
        super().__init__(*args, now=now, **given)
        self.fields["at"].initial = now

    def threat(self) -> NewThreat:
        said = self.cleaned_data
        return NewThreat(said["against"], said["at"], said["told"])
