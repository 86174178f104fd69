"""What is asked about proceedings, custody and weapons, and what it becomes for the services."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kalka.core.clock import day_of
from kalka.proceedings import bans, grounds, labels
from kalka.proceedings.rules import (
    COURSE,
    LONGEST_NUMBER,
    LONGEST_TEXT,
    MOST_SESSIONS,
    NewCustody,
    NewEnd,
    NewProceeding,
    NewStep,
    NewWeapon,
)
from kalka.ui import forms as ui
from kalka.ui.choices import Pairs
from kalka.ui.widgets import Select

PRINTED = _("It stands on the report, and he may read it: no address, no telephone, no school.")


def _told(label: object, help_text: object = "", rows: int = 3) -> ui.Words:
    return ui.Words(label=label, help_text=help_text, limit=LONGEST_TEXT, rows=rows, required=False)


def _shows() -> dict[str, list[str]]:
    """What a ground asks for besides."""
    asks = {"sessions": ["sessions_set", "sessions_missed", "warned_on"], "bans": ["bans"], "article": ["article"]}
    return {code: [name for one in ground.asks for name in asks[one]] for code, ground in grounds.grounds().items()}


class _Of(ui.Form):
    """About somebody said to have done it, whom the view offers."""

    def __init__(self, *args: Any, now: datetime, persons: Pairs = (), **given: Any) -> None:
        super().__init__(*args, now=now, **given)
        if "person" in self.fields:
            self.fields["person"].choices = [("", ""), *persons]  # type: ignore[attr-defined]  # a PlaceField
            if len(persons) == 1:
                self.fields["person"].initial = persons[0][0]


class _Numbered(_Of):
    register = ui.Choice(
        labels.choices(labels.REGISTERS),
        label=_("Under which number is it registered?"),
        shows={"journal": ["number"], "unified": ["number"]},
        required=False,
    )
    number = ui.Words(label=_("Number"), limit=LONGEST_NUMBER, size="m", required=False)

    def numbered(self) -> dict[str, str]:
        said = self.cleaned_data
        register, number = said.get("register") or "", said.get("number") or ""
        return {"register": register, "number": number if register else ""}


class ProceedingForm(_Numbered):
    person = ui.PlaceField(label=_("Against whom?"), missing=_("Choose somebody who is said to have done it"))
    ground = ui.Choice((), label=_("On which ground?"), shows=_shows(), widget=Select())
    article = ui.Words(label=_("Number of the article"), limit=8, size="s", required=False)
    bans = ui.Choices((), label=_("Which bans were not obeyed?"), required=False)
    sessions_set = ui.Count(label=_("How many sessions were set?"), most=MOST_SESSIONS, required=False)
    sessions_missed = ui.Count(label=_("How many were missed without a reason?"), most=MOST_SESSIONS, required=False)
    warned_on = ui.DayField(label=_("On which day was he warned?"), past=True, required=False)
    order = ui.PlaceField(label=_("Which order is it about?"), required=False)
    on = ui.DayField(label=_("Since which day?"), past=True)
    told = _told(_("What happened"), PRINTED, rows=5)

    field_order = ("person", "ground", "article", "bans", "sessions_set", "sessions_missed", "warned_on", "order", "on")

    def __init__(
        self, *args: Any, now: datetime, orders: Pairs = (), set_bans: Collection[str] = (), **given: Any
    ) -> None:
        super().__init__(*args, now=now, **given)
        self.fields["bans"].initial = list(set_bans)
        offered = [(code, grounds.title(code)) for code in grounds.grounds()]
        self.fields["ground"].choices = [("", ""), *offered]  # type: ignore[attr-defined]  # a Choice
        self.fields["bans"].choices = bans.choices()  # type: ignore[attr-defined]  # a Choices
        self.fields["order"].choices = [("", ""), *orders]  # type: ignore[attr-defined]  # a PlaceField
        if not orders:
            del self.fields["order"]
        self.fields["on"].initial = day_of(now)
        self.order_fields(self.field_order)

    def content(self) -> NewProceeding:
        said = self.cleaned_data
        return NewProceeding(
            person=UUID(said["person"]),
            ground=said["ground"],
            on=said["on"],
            article=(said.get("article") or "").strip(),
            order=UUID(said["order"]) if said.get("order") else None,
            bans=tuple(said.get("bans") or ()),
            sessions_set=said.get("sessions_set"),
            sessions_missed=said.get("sessions_missed"),
            warned_on=said.get("warned_on"),
            told=said["told"],
            **self.numbered(),
        )


class StepForm(_Numbered):
    stage = ui.Choice((), label=_("How far is it?"), widget=Select())
    on = ui.DayField(label=_("Since which day?"), past=True)
    told = _told(_("What is to be added"))

    field_order = ("stage", "on", "register", "number", "told")

    def __init__(self, *args: Any, now: datetime, course: str, **given: Any) -> None:
        super().__init__(*args, now=now, **given)
        offered = [(stage.value, labels.STAGES[stage]) for stage in COURSE[course]]
        self.fields["stage"].choices = [("", ""), *offered]  # type: ignore[attr-defined]  # a Choice
        self.fields["on"].initial = day_of(now)

    def content(self) -> NewStep:
        said = self.cleaned_data
        return NewStep(stage=said["stage"], on=said["on"], told=said["told"], **self.numbered())


class EndForm(_Of):
    seen = ui.Seen()
    how = ui.Choice(
        labels.choices(labels.HOWS),
        label=_("How did it end?"),
        shows={"guilty": ["sentence", "amount", "arrested_at"], "refused": ["reason"], "dropped": ["reason"]},
        wide=True,
    )
    reason = ui.Choice(labels.choices(labels.REASONS), label=_("Why?"), required=False, widget=Select())
    sentence = ui.Choice(labels.choices(labels.SENTENCES), label=_("To what?"), required=False, wide=True)
    amount = ui.Count(
        label=_("How much?"),
        help_text=_("Community work in hours, arrest in days, the others in months."),
        most=1000,
        required=False,
    )
    arrested_at = ui.MomentField(
        label=_("Since when is he under arrest?"),
        help_text=_("Counted in full days and nights from this moment. Leave it empty where he is not held."),
        past=True,
        required=False,
    )
    on = ui.DayField(label=_("On which day was it decided?"), past=True)
    told = _told(_("What is to be added"))

    def content(self) -> NewEnd:
        said = self.cleaned_data
        return NewEnd(
            how=said["how"],
            on=said["on"],
            reason=said.get("reason") or "",
            sentence=said.get("sentence") or "",
            amount=said.get("amount"),
            arrested_at=said.get("arrested_at"),
            told=said["told"],
        )


class CustodyForm(_Of):
    person = ui.PlaceField(label=_("Who is held?"), missing=_("Choose somebody who is said to have done it"))
    kind = ui.Choice(labels.choices(labels.CUSTODY), label=_("What is it?"), wide=True)
    keeper = ui.Choice(labels.choices(labels.KEEPERS), label=_("Who holds him?"), wide=True)
    begun_at = ui.MomentField(label=_("Since when?"), past=True)
    until = ui.MomentField(
        label=_("Until when, if it is known"),
        help_text=_("Before that moment she is told, and the risk is assessed again."),
        required=False,
    )

    def content(self) -> NewCustody:
        said = self.cleaned_data
        return NewCustody(UUID(said["person"]), said["kind"], said["keeper"], said["begun_at"], said["until"])


class ReleaseForm(ui.Form):
    seen = ui.Seen()
    what = ui.Choice(
        (("planned", _("He is still held")), ("free", _("He is free"))),
        label=_("How is it now?"),
        shows={"planned": ["until"], "free": ["at", "how"]},
    )
    until = ui.MomentField(label=_("When will he be released?"), required=False)
    at = ui.MomentField(label=_("When was he released?"), past=True, required=False)
    how = ui.Choice(labels.choices(labels.FREED), label=_("How?"), required=False, wide=True)

    def clean(self) -> dict[str, Any]:
        """What was chosen brings up what must be told with it."""
        said = super().clean() or self.cleaned_data
        needed = {"planned": ("until",), "free": ("at", "how")}.get(said.get("what") or "", ())
        for name in needed:
            if not said.get(name) and name not in self.errors:
                self.add_error(name, _("This has to be told"))
        return said


class WeaponForm(_Of):
    person = ui.PlaceField(label=_("Who was asked?"), missing=_("Choose somebody who is said to have done it"))
    what = ui.Choice(labels.choices(labels.WEAPONS), label=_("What came of it?"), widget=Select())
    on = ui.DayField(label=_("On which day?"), past=True)
    told = _told(_("Which weapon, and the number of the report"))

    def __init__(self, *args: Any, now: datetime, **given: Any) -> None:
        super().__init__(*args, now=now, **given)
        self.fields["on"].initial = day_of(now)

    def content(self) -> NewWeapon:
        said = self.cleaned_data
        return NewWeapon(UUID(said["person"]), said["what"], said["on"], said["told"])
