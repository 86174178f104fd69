"""What a report may say, when it is late, and who looks at it by when. Pure."""

import re
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta

from kalka.core.clock import BISHKEK
from kalka.core.errors import DomainError

DANGERS = ("yes", "screams_now", "second_hand", "unsure", "no")
URGENT = frozenset({"yes", "screams_now"})
WAYS = ("walk_in", "call", "visit", "clinic", "school", "police", "committee", "talk", "online", "file")
TELLERS = ("self", "relative", "neighbour", "worker", "anonymous", "other")
ANSWERS = ("yes", "no", "unknown")
# How a report usually reaches whoever writes it down: what the form offers first.
USUAL_WAY = {
    "health_worker": "clinic",
    "educator": "school",
    "police_inspector": "police",
    "committee_secretary": "committee",
    "committee_member": "committee",
    "hotline_operator": "call",
}
OUTCOMES = ("case", "no_case", "passed_on")
FINAL = frozenset({"case", "no_case"})

EARLIEST = date(1930, 1, 1)
LATE_AFTER = timedelta(hours=24)  # internal rule of Kalka since 1 January 2026; no norm sets it
READ_WITHIN = timedelta(minutes=10)  # an opened reporter is read once, by whoever opened it, within this
LEAST_REASON = 20
MOST_CHILDREN = 30

LONG, SHORT, LINE = 20_000, 2_000, 200
LIMITS = {
    "what": LONG,
    "when_words": SHORT,
    "where": LINE,
    "language": LINE,
    "other_needs": SHORT,
    "phone": 40,
    "safe": SHORT,
    "reporter_name": LINE,
    "reporter_phone": 40,
    "reporter_note": SHORT,
}
_CODES = {"danger": DANGERS, "way": WAYS, "by_whom": TELLERS, "children": ANSWERS, "firsthand": ANSWERS}
_BROKEN = re.compile("[\x00\ud800-\udfff]")
_HAPPENED = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, slots=True, repr=False)
class NewReport:
    """What was told, in the order of asking. `place` is a territory code, or empty when nobody knows."""

    danger: str
    told_on: date
    way: str = "walk_in"
    by_whom: str = "other"
    firsthand: str = "unknown"
    place: str = ""
    language: str = ""
    interpreter: bool = False
    sign_language: bool = False
    escort: bool = False
    other_needs: str = ""
    what: str = ""
    happened: str = ""  # ISO, as far as it is known: "2026", "2026-11" or "2026-11-22"
    when_words: str = ""
    where: str = ""
    children: str = "unknown"
    children_count: int | None = None
    phone: str = ""
    safe: str = ""  # when to call, whom to ask for, what may be said
    reporter_name: str = ""
    reporter_phone: str = ""
    reporter_note: str = ""

    @property
    def names_reporter(self) -> bool:
        return bool(self.reporter_name or self.reporter_phone or self.reporter_note)


def check(told: NewReport, *, today: date) -> None:
    """Refuse at its field what cannot be kept: unknown codes, broken or too long texts, impossible days."""
    for name, codes in _CODES.items():
        if getattr(told, name) not in codes:
            raise DomainError("intake.unknown_code", field=name)
    for field in fields(told):
        if isinstance(value := getattr(told, field.name), str):
            check_text(value, field=field.name, limit=LIMITS.get(field.name, LINE))
    _check_day(told.told_on, told.told_on, field="told_on", today=today)
    if told.happened:
        _check_day(*happened_between(told.happened), field="happened", today=today)
    _check_children(told)
    if not told.what and told.danger not in URGENT:
        raise DomainError("intake.nothing_told", field="what")
    if told.by_whom == "anonymous" and told.names_reporter:
        raise DomainError("intake.anonymous_named", field="by_whom")


def check_text(text: str, *, field: str, limit: int) -> None:
    if _BROKEN.search(text):
        raise DomainError("intake.broken_text", field=field)
    if len(text) > limit:
        raise DomainError("intake.too_long", field=field, limit=limit, over=len(text) - limit)


def check_reason(reason: str, *, field: str = "reason", least: int = 1) -> str:
    """The trimmed reason. Refuses one that is shorter than `least` letters or that cannot be kept."""
    reason = reason.strip()
    check_text(reason, field=field, limit=SHORT)
    if len(reason) < least:
        raise DomainError("intake.reason_short", field=field, least=least)
    return reason


def happened_between(happened: str) -> tuple[date, date]:
    """The first and the last day it can mean. Refuses what is no day, month or year."""
    match = _HAPPENED.fullmatch(happened)
    if match is None:
        raise DomainError("intake.no_such_day", field="happened")
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        first = date(year, month or 1, day or 1)
        if day:
            return first, first
        return first, date(year + (month or 12) // 12, (month or 12) % 12 + 1, 1) - timedelta(days=1)
    except ValueError:
        raise DomainError("intake.no_such_day", field="happened") from None


def _check_day(first: date, last: date, *, field: str, today: date) -> None:
    if first > today:
        raise DomainError("intake.future", field=field, today=today)
    if last < EARLIEST:
        raise DomainError("intake.too_old", field=field, year=str(EARLIEST.year))


def _check_children(told: NewReport) -> None:
    if told.children_count is None:
        return
    if told.children != "yes" or not 1 <= told.children_count <= MOST_CHILDREN:
        raise DomainError("intake.children_count", field="children_count", most=MOST_CHILDREN)


def late(told_on: date, now: datetime) -> bool:
    """Written down more than 24 hours after it was told: for certain, so counted from the end of that day."""
    end = datetime.combine(told_on, time.max, tzinfo=BISHKEK)
    return now - end > LATE_AFTER


@dataclass(frozen=True, slots=True)
class Triage:
    """Who looks at a report, in the order of asking for such a post, and within how long."""

    roles: tuple[str, ...]
    within: timedelta


def at_once(danger: str, children: str) -> bool:
    """Danger now; or nobody can say that there is none, and a child is there. Above all else of whoever looks at it."""
    return danger in URGENT or (danger != "no" and children == "yes")


_POLICE_FIRST = ("police_inspector", "social_worker", "supervising_officer")
_SOCIAL_FIRST = ("social_worker", "police_inspector", "window_coordinator")
# Internal rule of Kalka since 1 January 2026. «Unsure» is never «no»: it is looked at the same half-day.
TRIAGE = {
    **dict.fromkeys(URGENT, Triage(_POLICE_FIRST, timedelta(hours=1))),
    "second_hand": Triage(_SOCIAL_FIRST, timedelta(hours=3)),
    "unsure": Triage(_SOCIAL_FIRST, timedelta(hours=3)),
    "no": Triage(_SOCIAL_FIRST, timedelta(hours=24)),
}
