"""The duties of this module: their names, what they are about, when a day is over."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from kalka.core.clock import BISHKEK
from kalka.duties.rules import About

ACTION, CONTACT, SECOND = "support.action", "support.contact", "support.second"
RENEW = "plan.renew"  # given where something is about to change for her


def about(ref: str, part: UUID) -> str:
    return str(About(ref, str(part)))


def end_of(day: date) -> datetime:
    """The first moment after a day in Bishkek."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=BISHKEK)
