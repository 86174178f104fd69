"""The duties of this module, their terms by law, and what they are about."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from kalka.core.clock import BISHKEK, day_of
from kalka.duties.rules import INTERNAL, About
from kalka.lawbook.book import Law

APPOINT, ANSWER, RESULT, BEGIN = "legalaid.appoint", "legalaid.answer", "legalaid.result", "counsel.begin"
APPOINT_TERM, ANSWER_TERM = "legal_aid.appoint_within_days", "legal_aid.answer_within_days"


def about(ref: str, part: UUID) -> str:
    return str(About(ref, str(part)))


def end_of(day: date) -> datetime:
    """The first moment after a day in Bishkek."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=BISHKEK)


def term(key: str, now: datetime) -> tuple[datetime | None, dict[str, object]]:
    """When it is due by the law of today, and the provision; no moment where the law sets none."""
    found = Law(day_of(now)).get(key)
    if found is None:
        return None, {"rule": INTERNAL}
    return (end_of(day_of(now) + timedelta(days=found.whole())) if found.is_set else None), found.as_json()
