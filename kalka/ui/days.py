"""Fields for days and moments. Three small controls instead of a calendar: a birthday is not found by leafing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kalka.core import clock
from kalka.ui import widgets, writing
from kalka.ui.text import StrOrPromise

EARLIEST = 1900


@dataclass(frozen=True, slots=True)
class PartialDay:
    """A day as far as it is known: the year, perhaps the month, perhaps the day."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def first(self) -> date:
        """The earliest day this can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def whole(self) -> date | None:
        """The day itself, where it is known."""
        return self.first if self.month and self.day else None

    def __str__(self) -> str:
        if self.whole:
            return writing.day(self.whole)
        return writing.month(self.first) if self.month else writing.year(self.year)


class DayField(forms.Field):
    """A day as `date`; with `partial` the year alone will do and the value is a `PartialDay`.

    `past` refuses what lies ahead of the form's `now`, `ahead` what lies behind it; both accept today.
    """

    widget: Any = widgets.DayInput
    default_error_messages = {
        "required": _("Write the day, the month and the year"),
        "required_partial": _("Write at least the year"),
        "year": _("Write the year in four digits, for example %(year)s"),
        "month": _("Choose the month"),
        "day": _("Write the day in digits, for example 5"),
        "no_such_day": _("There is no such day in that month. Check the day and the month"),
        "future": _("The day cannot be in the future. Today is %(today)s"),
        "gone": _("The day has passed already. Today is %(today)s"),
    }

    def __init__(
        self,
        *,
        past: bool = False,
        ahead: bool = False,
        partial: bool = False,
        missing: StrOrPromise | None = None,
        **given: Any,
    ) -> None:
        if missing is not None:
            given["error_messages"] = {"required": missing, "required_partial": missing}
        super().__init__(**given)
        self.past, self.ahead, self.partial = past, ahead, partial
        self.now: datetime | None = None

    def clean(self, value: Any) -> Any:
        typed = value if isinstance(value, Mapping) else {}
        known = self._known({part: str(text).strip() for part, text in typed.items()})
        if known is None:
            return None
        self._refuse_wrong_side(known)
        return known if self.partial else known.whole

    def _known(self, typed: Mapping[str, str]) -> PartialDay | None:
        if not any(typed.values()):
            if self.required:
                raise self._refusal("required_partial" if self.partial else "required")
            return None
        year = self._whole(typed.get("year", ""), "year", EARLIEST, self._today().year + 100)
        month = self._part(typed, "month", 12)
        day = self._part(typed, "day", 31)
        if day and not month:
            raise self._refusal("month")
        try:
            known = PartialDay(year, month, day)
            known.first  # noqa: B018  (a date that cannot be made is refused here)
        except ValueError as refused:
            raise self._refusal("no_such_day") from refused
        return known

    def _part(self, typed: Mapping[str, str], part: str, most: int) -> int | None:
        text = typed.get(part, "")
        return None if self.partial and not text else self._whole(text, part, 1, most)

    def _whole(self, text: str, part: str, least: int, most: int) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= 4 and least <= int(text) <= most):
            raise self._refusal(part, year=self._today().year)
        return int(text)

    def _refuse_wrong_side(self, known: PartialDay) -> None:
        today = self._today()
        if self.past and known.first > today:
            raise self._refusal("future", today=writing.day_short(today))
        if self.ahead and (known.year, known.month or 12, known.day or 31) < (today.year, today.month, today.day):
            raise self._refusal("gone", today=writing.day_short(today))

    def _today(self) -> date:
        return clock.day_of(self.now or clock.now())

    def _refusal(self, code: str, **facts: object) -> ValidationError:
        return ValidationError(self.error_messages[code], code, facts)


class MomentField(DayField):
    """A day and a time in Bishkek, as an aware `datetime`. The time is hours and minutes: 08:40, 8.40, 840 or 8."""

    widget = widgets.MomentInput
    default_error_messages = {
        "required": _("Write the day and the time"),
        "time": _("Write the time as hours and minutes, for example 08:40"),
        "future": _("This cannot be in the future. Now it is %(today)s"),
        "gone": _("This time has passed already. Now it is %(today)s"),
    }

    def __init__(self, *, past: bool = False, ahead: bool = False, **given: Any) -> None:
        super().__init__(past=past, ahead=ahead, **given)

    def clean(self, value: Any) -> Any:
        typed = {part: str(text).strip() for part, text in value.items()} if isinstance(value, Mapping) else {}
        known = self._known(typed)
        if known is None or known.whole is None:
            return None
        hour, minute = self._clock(typed.get("time", ""))
        at = datetime(known.year, known.whole.month, known.whole.day, hour, minute, tzinfo=clock.BISHKEK)
        now = self.now or clock.now()
        if self.past and at > now:
            raise self._refusal("future", today=f"{writing.day_short(now)}, {writing.clock_time(now)}")
        if self.ahead and at < now.replace(second=0, microsecond=0):
            raise self._refusal("gone", today=f"{writing.day_short(now)}, {writing.clock_time(now)}")
        return at

    def _clock(self, text: str) -> tuple[int, int]:
        match = re.fullmatch(r"([0-9]{1,2})(?:[:. ]?([0-9]{2}))?", text)
        hour, minute = (int(match[1]), int(match[2] or 0)) if match else (24, 0)
        if hour > 23 or minute > 59:
            raise self._refusal("time")
        return hour, minute
