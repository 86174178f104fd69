"""The only place that asks the time. Everything else is given it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

BISHKEK = ZoneInfo("Asia/Bishkek")
DAY = timedelta(days=1)
# By how much the clocks of two machines may differ. What was written later than that ahead of now was written before
# the clock was set back.
SKEW = timedelta(minutes=2)


def now() -> datetime:
    return datetime.now(UTC)


def day_of(moment: datetime) -> date:
    """The calendar day in Bishkek: legal terms in days are counted there."""
    return moment.astimezone(BISHKEK).date()
