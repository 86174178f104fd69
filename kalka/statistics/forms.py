"""What may stand in the address of a figure: codes. And what is asked for when somebody wants single lines."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kalka.core.errors import AccessDenied, DomainError
from kalka.statistics.exports import MOST
from kalka.statistics.rules import Asked, read_period
from kalka.ui import forms as ui
from kalka.ui.widgets import Select

_CODE = re.compile(r"[0-9A-Za-z_+-]{0,24}", re.ASCII)


def asked(given: Mapping[str, str]) -> Asked:
    """AccessDenied for what cannot be a code: an address made by hand is not found."""
    by, period, place = (given.get(name, "") for name in ("by", "period", "place"))
    if (month := given.get("month", "")) and "-" not in period:
        period = f"{period}-{month}"
    if not all(_CODE.fullmatch(text) for text in (by, period, place)):
        raise AccessDenied("statistics.unknown_period")
    try:
        return Asked(by=by or "place", period=read_period(period) if period else None, place=place)
    except DomainError as refusal:
        raise AccessDenied(refusal.code) from refusal


class ReleaseForm(ui.Form):
    """A button with a key: pressed twice it is one release."""


class ExportForm(ui.Form):
    """Why, and how much: the fewer lines, the sooner somebody can say yes."""

    purpose = ui.Words(
        label=_("What do you need the lines for?"),
        help_text=_(
            "Who will work with them, on which question, and when they will be deleted. The approver reads it."
        ),
        rows=5,
        limit=2_000,
        missing=_("Write what you need them for"),
    )
    indicator = ui.Choice([], label=_("Lines of"), widget=Select())
    period = ui.Choice([], label=_("Period"), widget=Select())
    place = ui.Choice([], label=_("Territory"), required=False, widget=Select())
    cap = ui.Count(label=_("At most how many lines"), least=1, most=MOST)
    ASKED = ("purpose", "indicator", "period", "place", "cap")

    def __init__(self, *args: Any, indicators: Any, periods: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].choices = [("", ""), *indicators]  # type: ignore[attr-defined]  # a choice field
        self.fields["period"].choices = [("", ""), *periods]  # type: ignore[attr-defined]  # as above
        self.fields["place"].choices = places  # type: ignore[attr-defined]  # as above


class DecisionForm(ui.Form):
    """Yes or no, and why not."""

    decision = ui.Choice(
        (("yes", _("Approve")), ("no", _("Refuse"))),
        label=_("Your decision"),
        shows={"no": ["reason"]},
        missing=_("Choose one"),
    )
    reason = ui.Words(label=_("Why not"), rows=3, limit=1_000, missing=_("Write why you refuse"))
