from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kalka.prevention import labels, rules
from kalka.prevention.rules import BANDS, COLUMNS, GRADES, LONGEST, ROWS, TOPICS, Kind, NewEvent, Partner
from kalka.ui import forms as ui
from kalka.ui.choices import Pairs

REACHED = tuple((sex, band) for sex in ("f", "m") for band in BANDS if band != "unknown")
CELLS = tuple((f"{row}-{column}", "") for row in range(ROWS) for column in range(COLUMNS))


def _reached(sex: str, band: str) -> str:
    return f"{sex}_{band.replace('-', '_').replace('+', '')}"


def _topic(topic: str) -> str:
    return f"topic_{topic}"


class EventForm(ui.Form):
    """What was held, where, how many came. Nothing about anybody; a part left empty is nought."""

    kind = ui.Choice(
        [("", ""), *labels.KINDS.items()],
        label=_("What was it?"),
        shows={
            Kind.LAWYERS: tuple(map(_topic, TOPICS[Kind.LAWYERS])),
            Kind.PSYCHOLOGISTS: tuple(map(_topic, TOPICS[Kind.PSYCHOLOGISTS])),
            Kind.CLASS: ("grades",),
        },
    )
    grades = ui.Choices(
        [(str(one), str(one)) for one in GRADES], label=pgettext_lazy("of a school", "Which grades?"), required=False
    )
    on = ui.DayField(label=_("On which day?"), past=True)
    place = ui.PlaceField(label=_("Where?"))
    people = ui.Count(label=_("How many people came?"), help_text=_("Empty: nobody counted."), required=False)
    people_bound = ui.Choice(list(labels.BOUNDS.items()), label=_("How exact is that?"), required=False)
    parts = ui.Choice(
        (("no", _("Not known")), ("yes", _("I know"))),
        label=_("How many were women, men, children?"),
        required=False,
        initial="no",
        shows={"yes": tuple(_reached(*one) for one in REACHED)},
    )
    times = ui.Count(
        label=_("How many such events, homes, groups or publications does this stand for?"), least=1, initial=1
    )
    times_bound = ui.Choice(list(labels.BOUNDS.items()), label=_("How exact is that number?"), required=False)
    partners = ui.Words(
        label=_("Jointly with"),
        help_text=_("Organisations, one a line. No names of people."),
        rows=2,
        limit=1500,
        required=False,
    )
    partners_abroad = ui.Words(label=_("Jointly with international organisations"), rows=2, limit=1500, required=False)
    told = ui.Words(
        label=_("What was spoken about, and how it went"),
        help_text=_("Only your organisation reads this. What somebody told about violence does not belong here."),
        rows=4,
        limit=LONGEST,
        required=False,
    )

    def __init__(self, *args: Any, places: Pairs, place: str, now: datetime, **given: Any) -> None:
        super().__init__(*args, now=now, **given)
        where = self.fields["place"]
        assert isinstance(where, ui.PlaceField)
        where.choices, where.initial = [("", ""), *places], place
        for sex, band in REACHED:
            label = f"{labels.SEXES[sex]}, {labels.BANDS[band]}"
            self.fields[_reached(sex, band)] = ui.Count(label=label, most=rules.MOST, required=False)
        for topics in TOPICS.values():
            for topic in topics:
                self.fields[_topic(topic)] = ui.Count(label=labels.TOPICS[topic], most=rules.MOST, required=False)

    def told_of(self) -> NewEvent:
        said = self.cleaned_data
        asked = TOPICS.get(said["kind"], ())
        return NewEvent(
            kind=said["kind"],
            on=said["on"],
            place=said["place"],
            times=said["times"],
            times_bound=said["times_bound"],
            people=said["people"],
            people_bound=said["people_bound"],
            reach={one: number for one in REACHED if (number := said[_reached(*one)])},
            topics={topic: number for topic in asked if (number := said[_topic(topic)])},
            grades=tuple(int(one) for one in said["grades"] or ()),
            partners=(
                *(Partner(name) for name in _lines(said["partners"])),
                *(Partner(name, "international") for name in _lines(said["partners_abroad"])),
            ),
            told=said["told"],
        )


class WithdrawForm(ui.Form):
    why = ui.Choice(list(labels.WITHDRAWN.items()), label=_("Why should it not count?"), wide=True)


class RollForm(ui.Form):
    names = ui.Words(
        label=_("Who was there"),
        help_text=_("One name a line, as on the paper. Sealed: only your organisation reads it."),
        rows=10,
        limit=60_000,
        required=False,
    )
    destroy = ui.Tick(label=_("Destroy the list that is kept"), required=False)

    def __init__(self, *args: Any, kept: bool, **given: Any) -> None:
        super().__init__(*args, **given)
        if not kept:
            del self.fields["destroy"]


class PhotoForm(ui.Form):
    file = ui.FileField(label=_("The photo"), kinds=("jpg", "jpeg", "png"), limit_mb=15)
    minors = ui.Choice(
        (("no", _("No, only adults")), ("yes", _("Yes, or I am not sure"))),
        label=_("Is anybody under 18 on it?"),
        wide=True,
    )


DROP = ("drop", _("Throw it away"))


class WordForm(ui.Form):
    """Over the photo as it is now. What is ticked on it is made unreadable first, whatever was chosen."""

    marks = ui.Choices(CELLS, label=_("Places to make unreadable"), required=False)
    do = ui.Choice(
        (
            ("look", _("Make what I ticked unreadable, and show it again")),
            ("keep", _("Keep it as it is")),
            DROP,
        ),
        label=_("What should become of it?"),
        wide=True,
    )
    swears = ui.Tick(label=_("I looked: nobody can be recognised on it."), required=False)

    def __init__(self, *args: Any, waits: bool, **given: Any) -> None:
        super().__init__(*args, **given)
        if not waits:
            do = self.fields["do"]
            assert isinstance(do, ui.Choice)
            do.choices = [DROP]


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]
