"""Results as a page, a file or another page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass

from kalka.results.indicators import Indicator
from kalka.results.rules import Figure, Quarter, Scope, Span


@dataclass(frozen=True, slots=True)
class Share:
    """One line of a division: north, of a region."""

    code: str
    title: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Division:
    by: str
    title: str
    parts: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """`records`: how many records it was counted from, None where that is hidden too; `exact`: whoever asks may open
    all of them; `target`: of own work, over the years of the span."""

    indicator: Indicator
    figure: Figure
    records: int | None
    exact: bool
    divisions: tuple[Division, ...] = ()
    target: int | None = None


@dataclass(frozen=True, slots=True)
class CommitteeLine:
    """One committee beside the others, in the order of the territory and never of a figure."""

    organisation: int
    name: str
    oblast: str
    figures: Mapping[str, Figure]
    sent: tuple[Quarter, ...]
    missing: tuple[Quarter, ...]
    working: bool  # whether anything of it was written down in the span


@dataclass(frozen=True, slots=True)
class Choice:
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Results:
    span: Span
    scope: Scope
    scope_title: str
    results: Mapping[str, Result]
    lines: tuple[CommitteeLine, ...]
    whole_years: bool
    public: bool = False
