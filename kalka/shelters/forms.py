"""What the pages of this module ask. Nothing that is not needed to be safe tonight is required."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from kalka.shelters import labels
from kalka.shelters.rules import LONG, MOST_BEDS, MOST_CHILDREN, MOST_ROOMS, SHORT, Wish
from kalka.ui import forms as ui
from kalka.ui.choices import Pairs
from kalka.ui.widgets import Block, Select


class Unshown(Block):
    """What was typed is not put on a page again, also not when it could not be kept."""

    def format_value(self, value: Any) -> Any:
        return ""


def offer(form: ui.Form, field: str, choices: Pairs, *, empty: bool = True) -> None:
    form.fields[field].choices = [*([("", "")] if empty else []), *choices]  # type: ignore[attr-defined]  # a Choice


class WishForm(ui.Form):
    """Who needs a place, in codes."""

    who = ui.Choice(labels.pairs(labels.WHO), label=_("Who needs a place?"), missing=_("Say who needs a place"))
    children = ui.Count(most=MOST_CHILDREN, label=_("How many children come along?"), required=False, initial=0)
    needs = ui.Choices(labels.pairs(labels.NEEDS), label=_("What must the place be fit for?"), required=False)

    def wish(self) -> Wish:
        said = self.cleaned_data
        return Wish(
            who=said["who"],
            children=said["children"] or 0,
            **{need: need in said["needs"] for need in labels.NEEDS},
        )


class HoldForm(WishForm):
    area = ui.Choice((), label=_("In which region?"), widget=Select(), missing=_("Choose a region"))
    note = ui.Words(
        label=_("What must the shelter know?"),
        help_text=_("Only the shelter reads it: when she comes and with whom, an injury, a language."),
        rows=3,
        limit=LONG,
        required=False,
    )
    phone = ui.PhoneField(label=_("Your own phone: the shelter calls you back"), required=False)
    field_order = ("area", "who", "children", "needs", "note", "phone")

    def __init__(self, *args: Any, areas: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "area", areas)


class TurnAwayForm(WishForm):
    region = ui.PlaceField(label=_("In which region was a place asked for?"), missing=_("Choose a region"))
    reason = ui.Choice(labels.pairs(labels.REASONS), label=_("Why was there none?"), missing=_("Choose a reason"))
    field_order = ("region", "reason", "who", "children", "needs")

    def __init__(self, *args: Any, regions: Pairs | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if regions is None:
            del self.fields["region"]
        else:
            offer(self, "region", regions)


class ButtonForm(ui.Form):
    """A button alone."""


class ShelterForm(ui.Form):
    name = ui.Words(
        label=_("What do those who work there call it?"),
        help_text=_("Only they read it. No street and no town."),
        limit=SHORT,
        missing=_("Write a name"),
    )
    region = ui.PlaceField(label=_("Region"), missing=_("Choose a region"))

    def __init__(self, *args: Any, regions: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "region", regions)


class PlaceForm(ui.Form):
    room = ui.Count(least=1, most=MOST_ROOMS, label=_("Room"))
    bed = ui.Count(least=1, most=MOST_BEDS, label=_("Bed"))
    suits = ui.Choices(labels.pairs(labels.SUITS), label=_("Whom does it suit?"), missing=_("Tick at least one"))


class CloseForm(ui.Form):
    why = ui.Choice(labels.pairs(labels.WHY_CLOSED), label=_("Why is it out of use?"), missing=_("Choose one"))


class RulesForm(ui.Form):
    seen = ui.Seen()
    text = ui.Words(
        label=_("Rules of the house"),
        help_text=_("Short, in words anybody understands. They are explained to each person who arrives."),
        rows=12,
        limit=LONG,
        missing=_("Write the rules"),
    )


class AddressForm(ui.Form):
    seen = ui.Seen()
    address = ui.Words(
        label=_("Where is it?"),
        help_text=_("It is sealed at once and shown on no page, not even to you, unless you type your own words."),
        rows=3,
        widget=Unshown(rows=3),
        limit=SHORT,
        missing=_("Write where it is"),
    )


class WhereForm(ui.Form):
    words = ui.Secret(autocomplete="off", label=_("Your own words"))


class StayForm(ui.Form):
    place_id = ui.Choice((), label=_("Bed"), widget=Select(), missing=_("Choose a bed"))
    sex = ui.Choice(labels.pairs(labels.SEXES), label=_("Who is it?"), missing=_("Choose one"))
    age_band = ui.Choice(labels.pairs(labels.BANDS), label=_("Age"), missing=_("Choose one"))
    due_on = ui.DayField(label=_("Until which day, for now?"), ahead=True)
    name = ui.Words(label=_("Name"), help_text=_("She may stay without giving one."), limit=SHORT, required=False)
    told = ui.Words(label=_("What must colleagues know?"), rows=3, limit=LONG, required=False)

    def __init__(self, *args: Any, beds: Pairs, due: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "place_id", beds, empty=False)
        self.fields["due_on"].initial = due


class StayCodeForm(ui.Form):
    ref = ui.Words(label=_("Code of the stay"), limit=20, missing=_("Write the code of the stay"))


class ChildForm(ui.Form):
    sex = ui.Choice(labels.pairs(labels.SEXES), label=_("Girl or boy?"), missing=_("Choose one"))
    age_band = ui.Choice(labels.pairs(labels.CHILD_BANDS), label=_("Age"), missing=_("Choose one"))
    name = ui.Words(label=_("Name"), limit=SHORT, required=False)
    place_id = ui.Choice(
        (),
        label=_("A bed of its own"),
        help_text=_("Empty: it sleeps with the parent."),
        widget=Select(),
        required=False,
    )

    def __init__(self, *args: Any, beds: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "place_id", beds)


class MoveForm(ui.Form):
    from_place = ui.Choice((), label=_("From which bed?"), widget=Select(), missing=_("Choose a bed"))
    place_id = ui.Choice((), label=_("To which bed?"), widget=Select(), missing=_("Choose a bed"))

    def __init__(self, *args: Any, mine: Pairs, beds: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "from_place", mine, empty=False)
        offer(self, "place_id", beds)


class ExtendForm(ui.Form):
    seen = ui.Seen()
    due_on = ui.DayField(label=_("Until which day now?"), ahead=True)
    why = ui.Choice(labels.pairs(labels.LONGER), label=_("Why longer?"), missing=_("Choose one"))
    told = ui.Words(label=_("What was agreed"), rows=3, limit=LONG, required=False)


class BelongingForm(ui.Form):
    what = ui.Words(label=_("What is taken into keeping?"), limit=SHORT, missing=_("Write what it is"))


class DepartForm(ui.Form):
    on = ui.DayField(label=_("Which day does she leave?"), past=True)
    where = ui.Choice(labels.pairs(labels.WHERE), label=_("Where does she go?"), missing=_("Choose one"))
    plan = ui.Words(
        label=_("What comes next?"),
        help_text=_("In her own words: where she sleeps, who helps, what she does when it gets dangerous again."),
        rows=5,
        limit=LONG,
        required=False,
    )
    contact = ui.Words(label=_("How can she be reached safely?"), limit=SHORT, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today
