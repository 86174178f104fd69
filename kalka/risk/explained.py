"""A result as people read it: levels by shape and word, what it rests on, what would change it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kalka.instruments.result import Raised, Result
from kalka.instruments.shape import UNANSWERED, Edition
from kalka.risk import labels, offered
from kalka.risk.rules import highest, position
from kalka.ui.text import StrOrPromise

Given = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A level of an edition."""

    code: str
    position: str
    title: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """One of the three things the methodology asks about, with how many of its signs there are."""

    title: StrOrPromise
    found: int
    of: int
    signs: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Alarm:
    id: str
    kind: str
    words: StrOrPromise


@dataclass(frozen=True, slots=True)
class Explained:
    """`judged` came first; `computed` is None where the form grades nothing; `worst` if all unanswered were yes."""

    judged: Shown
    computed: Shown | None
    worst: Shown
    status: str
    kept: bool  # a level reached before, held because too little was answered to lower it
    score: int | None
    outcomes: tuple[Outcome, ...]
    reasons: tuple[str, ...] = field(repr=False)
    from_register: tuple[str, ...] = field(repr=False)
    would_change: tuple[str, ...] = field(repr=False)
    unanswered: int
    alarms: tuple[Alarm, ...] = field(repr=False)


def level(edition: Edition, code: str) -> Shown:
    return Shown(code, position(edition, code), offered.words(edition.level(code).title))


def explained(edition: Edition, result: Result, judged: str, given: Given, final: str = "") -> Explained:
    return Explained(
        judged=level(edition, judged),
        computed=level(edition, result.level) if result.level else None,
        worst=level(edition, highest(edition, result, final or judged)),
        status=result.status,
        kept="level_kept" in result.flags,
        score=result.score,
        outcomes=tuple(outcome(edition, name, codes) for name, codes in result.outcomes.items()),
        reasons=_texts(edition, result.reasons),
        from_register=_texts(edition, _known(given)),
        would_change=_texts(edition, result.would_change),
        unanswered=sum(answer["value"] in UNANSWERED for answer in given.values()),
        alarms=tuple(_alarm(one) for one in result.alerts),
    )


def outcome(edition: Edition, name: str, codes: tuple[str, ...], *, told: bool = True) -> Outcome:
    """`told`: with the words of the signs, which no court is shown."""
    title = labels.label(labels.OUTCOMES, name)
    return Outcome(title, len(codes), len(edition.outcomes[name]), _texts(edition, codes) if told else ())


def _known(given: Given) -> tuple[str, ...]:
    return tuple(code for code, one in given.items() if one["source"] == "register" and one["value"] == "yes")


def _texts(edition: Edition, codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(offered.words(edition.items[code].text) or code for code in codes)


def _alarm(one: Raised) -> Alarm:
    return Alarm(one.id, one.kind, labels.alert(one.id, one.kind))
