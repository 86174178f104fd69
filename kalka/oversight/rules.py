"""Which lines of the record, taken together, call for a look. Pure: the lines and the thresholds are passed in.

Each pattern is built to pass over ordinary work: what somebody changed, they worked on; what is the same night, the
same file, the same day is one alarm and not many.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from kalka.core.clock import BISHKEK

PLANTED = "oversight.plant"
NOTHING = UUID(int=0)  # of an alarm that is about no single file


class Pattern(StrEnum):
    BAIT = "bait"  # a file that is nobody's was opened
    NIGHT = "night"  # many files of the own place at night, none of them worked on
    AGAIN = "again"  # one file again and again, without a change
    NO_HITS = "no_hits"  # many searches that find nobody
    EMERGENCIES = "emergencies"  # searches in an emergency whose reason never came


@dataclass(frozen=True, slots=True)
class Seen:
    """One line of the record. `subject` of one file alone; `count` is how many files a page or search showed."""

    at: datetime
    user_id: int
    post_id: int | None
    kind: str  # read, done, refused
    command: str
    subject: UUID | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """From how many on it is an alarm. The numbers are data (`patterns.yaml`)."""

    night_from: int
    night_until: int
    night_files: int
    again_times: int
    again_days: int
    no_hits_searches: int
    no_hits_hours: int
    search: str  # the command that stands in the record for a search


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, of whom, and between which moments. `day` and `about` tell it from the next one of its kind."""

    pattern: Pattern
    user_id: int
    post_id: int | None
    day: date
    about: UUID
    count: int
    first: datetime
    last: datetime


def night_of(at: datetime, limits: Limits) -> date | None:
    """The day on which the night began; None by day."""
    local = at.astimezone(BISHKEK)
    if local.hour >= limits.night_from:
        return local.date()
    return local.date() - timedelta(days=1) if local.hour < limits.night_until else None


def baited(lines: Iterable[Seen], baits: Collection[UUID]) -> list[Finding]:
    """Whoever reads a file that is nobody's; a step in it as well, but for laying it there."""
    grouped: dict[tuple[int, date, UUID], list[Seen]] = defaultdict(list)
    for line in lines:
        bait = line.subject in baits and line.kind in {"read", "done"} and line.command != PLANTED
        if bait and line.subject is not None:
            grouped[line.user_id, line.at.astimezone(BISHKEK).date(), line.subject].append(line)
    return [_finding(Pattern.BAIT, found, day, about) for (_user, day, about), found in grouped.items()]


def by_night(
    lines: Collection[Seen], limits: Limits, places: Mapping[UUID, str], own: Mapping[int, Collection[str]]
) -> list[Finding]:
    """Many files of the own place in one night that the reader did nothing in. `places`: of the files; `own`: of the
    posts, with all that lies in them."""
    grouped: dict[tuple[int, date], list[Seen]] = defaultdict(list)
    worked = {(line.user_id, line.subject) for line in lines if line.kind == "done"}
    for line in lines:
        night = night_of(line.at, limits)
        near = line.subject is not None and places.get(line.subject) in own.get(line.post_id or 0, ())
        if night is not None and near and line.kind == "read" and (line.user_id, line.subject) not in worked:
            grouped[line.user_id, night].append(line)
    return [
        _finding(Pattern.NIGHT, found, night, NOTHING, count=files)
        for (_user, night), found in grouped.items()
        if (files := len({line.subject for line in found})) >= limits.night_files
    ]


def again_and_again(lines: Collection[Seen], limits: Limits) -> list[Finding]:
    """One file opened many times within some days by somebody who changed nothing in it. A week is one alarm."""
    grouped: dict[tuple[int, UUID], list[Seen]] = defaultdict(list)
    worked = {(line.user_id, line.subject) for line in lines if line.kind == "done"}
    for line in lines:
        if line.kind == "read" and line.subject is not None and (line.user_id, line.subject) not in worked:
            grouped[line.user_id, line.subject].append(line)
    found = []
    for (_user, about), read in grouped.items():
        window = _densest(read, timedelta(days=limits.again_days))
        if len(window) >= limits.again_times:
            last = window[-1].at.astimezone(BISHKEK).date()
            found.append(_finding(Pattern.AGAIN, window, last - timedelta(days=last.weekday()), about))
    return found


def found_nobody(lines: Collection[Seen], limits: Limits) -> list[Finding]:
    """Many searches within some hours that find nobody: somebody tries names out. A day is one alarm."""
    grouped: dict[int, list[Seen]] = defaultdict(list)
    for line in lines:
        if line.kind == "read" and line.command == limits.search and line.count == 0:
            grouped[line.user_id].append(line)
    found = []
    for searched in grouped.values():
        window = _densest(searched, timedelta(hours=limits.no_hits_hours))
        if len(window) >= limits.no_hits_searches:
            found.append(_finding(Pattern.NO_HITS, window, window[-1].at.astimezone(BISHKEK).date(), NOTHING))
    return found


def _densest(lines: Sequence[Seen], within: timedelta) -> list[Seen]:
    """The most of them that lie within one stretch of time; of several such stretches the latest."""
    ordered, begin = sorted(lines, key=lambda line: line.at), 0
    best: tuple[int, int] = (0, 0)
    for end, line in enumerate(ordered):
        while line.at - ordered[begin].at > within:
            begin += 1
        if end + 1 - begin >= best[1] - best[0]:
            best = (begin, end + 1)
    return ordered[best[0] : best[1]]


def _finding(pattern: Pattern, lines: Sequence[Seen], day: date, about: UUID, *, count: int = 0) -> Finding:
    ordered = sorted(lines, key=lambda line: line.at)
    last = ordered[-1]
    return Finding(pattern, last.user_id, last.post_id, day, about, count or len(ordered), ordered[0].at, last.at)
