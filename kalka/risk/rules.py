"""What an assessment may say, which level follows, and what a level is worth on another scale. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from kalka.core.errors import DomainError
from kalka.instruments.result import Result
from kalka.instruments.shape import UNANSWERED, Edition

LONGEST = 2000
JUDGEMENT_LASTS = timedelta(hours=72)
NOT_ASKED = "not_asked"


class Alone(StrEnum):
    """Whether the person could speak freely. Who could not was not assessed."""

    YES = "yes"
    WITHOUT = "without"  # she is not there: answered from what is known
    NO = "no"


class Source(StrEnum):
    """Who an answer comes from."""

    VICTIM = "victim"
    OFFICER = "officer"
    REGISTER = "register"
    WITNESS = "witness"


class Status(StrEnum):
    SCORED = "scored"
    INSUFFICIENT = "insufficient"  # too little was answered: the level is a protective floor
    NOT_COMPUTED = "not_computed"  # the form leaves the level to people


ASSESSED_ALONE = (Alone.YES, Alone.WITHOUT)
SUICIDALITY = ("yes", "no", "unknown", "refused", NOT_ASKED)


@dataclass(frozen=True, slots=True)
class NewAssessment:
    """The answers and the officer's own judgement, given before any level was shown.

    `answers`: item → yes, no, unknown, refused or na; what is left out was not asked. `source` is of the items asked;
    what the registers know is theirs, whatever is said here. `device_at` is the device's clock and data alone.
    """

    judged: str  # code of a level of the edition
    reason: str = field(repr=False)
    answers: Mapping[str, str] = field(default_factory=dict, repr=False)
    instrument: str = "KG-DEMO"
    edition: str = ""  # empty: the newest
    alone: str = Alone.YES
    source: str = Source.VICTIM
    victim_suicidality: str = field(default=NOT_ASKED, repr=False)
    device_at: datetime | None = None


def check(told: NewAssessment, edition: Edition) -> None:
    """Refuses a talk that was not private, a judgement without a reason, and codes that are not on the list."""
    if told.alone not in ASSESSED_ALONE:
        raise DomainError("risk.not_alone", field="alone")
    _one_of("source", told.source, list(Source))
    _one_of("victim_suicidality", told.victim_suicidality, SUICIDALITY)
    reason(told.reason, "reason")
    if told.judged not in [level.code for level in edition.levels]:
        raise DomainError("risk.no_such_level", field="judged")
    if told.source == Source.VICTIM and told.alone == Alone.WITHOUT:
        raise DomainError("risk.she_was_not_there", field="source")


def _one_of(name: str, given: str, allowed: Iterable[str]) -> None:
    if given not in allowed:
        raise DomainError("risk.not_an_answer", field=name)


def reason(text: str, name: str) -> str:
    """Refuses an empty or endless reason."""
    if not text.strip():
        raise DomainError("risk.reason_missing", field=name)
    if len(text) > LONGEST:
        raise DomainError("risk.too_long", field=name, most=LONGEST)
    return text.strip()


def answered(told: NewAssessment, edition: Edition, known: Mapping[str, object]) -> dict[str, dict[str, str]]:
    """Each item with its value and where it comes from. What the registers know stands, whatever was said."""
    given = {}
    for code, item in edition.items.items():
        value, source = told.answers.get(code, NOT_ASKED), told.source
        if item.auto_filled:
            source = Source.REGISTER
        if code in known:
            value = "yes"
        given[code] = {"value": value, "source": str(source)}
    if unknown := sorted(set(told.answers) - set(edition.items)):
        raise DomainError("instruments.unknown_item", edition=edition.id, items=tuple(unknown))
    return given


def answered_share(given: Mapping[str, Mapping[str, str]]) -> tuple[int, int]:
    """How many questions applied, and how many of them have no answer."""
    values = [one["value"] for one in given.values() if one["value"] != "na"]
    return len(values), sum(value in UNANSWERED for value in values)


def position(edition: Edition, level: str | None) -> str:
    """The place of a level in its edition, lowest first: 3/4. Empty where there is none."""
    return f"{edition.rank(level) + 1}/{len(edition.levels)}" if level else ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place among the levels of an edition: the third of four."""

    at: int
    of: int

    def __str__(self) -> str:
        return f"{self.at}/{self.of}"

    @property
    def is_high(self) -> bool:
        """In the upper half."""
        return self.at * 2 > self.of

    def on(self, of: int) -> "Place":
        """The same danger on another scale, rounded upwards: nobody becomes safer by a change of form."""
        return Place(-(-self.at * of // self.of), of)


def place(text: str) -> Place:
    at, _slash, of = text.partition("/")
    return Place(int(at), int(of))


def least(edition: Edition, result: Result, judged: str) -> str:
    """The lowest level that may be confirmed: neither the form nor the officer's own judgement is ever undercut."""
    found = edition.higher(judged, result.level)
    assert found is not None
    return found


def final(edition: Edition, result: Result, judged: str, chosen: str, raised_reason: str) -> str:
    """The level that stands. Refuses what is lower than `least`, and a raise without a reason."""
    floor = least(edition, result, judged)
    if chosen not in [level.code for level in edition.levels]:
        raise DomainError("risk.no_such_level", field="level")
    if edition.rank(chosen) < edition.rank(floor):
        raise DomainError("risk.only_upwards", field="level")
    if edition.rank(chosen) > edition.rank(floor):
        reason(raised_reason, "raised_reason")
    return chosen


def highest(edition: Edition, result: Result, level: str) -> str:
    """The worst that is possible: what was not answered may be so."""
    found = edition.higher(level, result.level_max)
    assert found is not None
    return found


def period_hours(edition: Edition, result: Result, level: str, *, redo: int) -> int | None:
    """Until the next assessment: the shortest period of every level still possible, and `redo` where little is known.

    None where the edition sets no period.
    """
    span = edition.levels[edition.rank(level) : edition.rank(highest(edition, result, level)) + 1]
    hours = [edition.period_hours[one.code] for one in span if one.code in edition.period_hours]
    hours += [result.period_hours] if result.period_hours else []
    hours += [redo] if result.status == Status.INSUFFICIENT or edition.status == "screening" else []
    return min(hours, default=None)


def lowers(new: Place, standing: Place) -> bool:
    """Whether a second person must agree first."""
    return new.at < standing.on(new.of).at


def raised(standing: Place, floors: Iterable[Place]) -> Place:
    """A level and what happened since: each floor lifts, none lowers."""
    return max([standing, *(floor.on(standing.of) for floor in floors)], key=lambda one: one.at)


def lifted(standing: Place | None, floor: Place | None) -> Place | None:
    """What stands after something happened. Where nothing was assessed, whoever is in danger is as at the floor."""
    if standing is None:
        return floor
    return raised(standing, [floor] if floor else [])


def relationship(groups: Iterable[str]) -> str | None:
    """What the alleged perpetrators are to the person: the nearest of them; None while one is not known."""
    found = set(groups)
    for near in ("intimate", "former_intimate"):
        if near in found:
            return near
    if not found or "unknown" in found:
        return None
    return min(found)


def age_from(band: str) -> int | None:
    """The youngest age of a band: enough for a limit of age. None where it is not known."""
    first = band.replace("+", "-").partition("-")[0]
    return int(first) if first.isdigit() else None
