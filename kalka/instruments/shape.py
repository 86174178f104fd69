"""What a published instrument is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kalka.core.errors import DomainError
from kalka.instruments.conditions import Condition, FactCondition

STATUSES = ("official", "frame", "demonstration", "screening", "reference", "empty")  # frame: people set the level
ANSWERS = ("yes", "no", "unknown", "refused", "not_asked", "na")
UNANSWERED = frozenset({"unknown", "refused", "not_asked"})

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Item:
    """`auto_filled` is known from the register and is never asked of the victim."""

    code: str
    text: Words | None
    help: Words | None
    gist: str
    auto_filled: bool


@dataclass(frozen=True, slots=True)
class Level:
    code: str
    title: Words


@dataclass(frozen=True, slots=True)
class Band:
    """Scores from `low` to `high` (None: open) mean this level; `percent` is the published rate and no forecast."""

    level: str
    low: int | None
    high: int | None
    when: FactCondition | None
    percent: int | None


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    when: Condition
    level: str | None
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alert:
    """To act on whatever the level. `kind`: medical_referral, victim_safety, child_protection or prompt."""

    id: str
    kind: str
    when: Condition


@dataclass(frozen=True, slots=True)
class Insufficient:
    """When too little was answered. Exactly one of the two limits is set; without a floor nothing is graded."""

    percent_over: int | None
    missing_over: int | None
    floor: str | None
    redo_within_hours: int | None


@dataclass(frozen=True, slots=True)
class HumanRating:
    values: tuple[str, ...]
    opinions: tuple[str, ...]
    reason_required: bool
    trained_rater_required: bool


@dataclass(frozen=True, slots=True)
class Approval:
    """The act that approved an official edition, and who put it here."""

    act: str
    act_date: date
    valid_from: date
    approved_by: str


@dataclass(frozen=True, slots=True)
class GoldenCase:
    """Answers with the result the edition itself says they have."""

    name: str
    default: str
    answers: Mapping[str, str]
    context: Mapping[str, object]
    expect: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Grading:
    """Everything that turns answers into a level. An edition that is not `computed` is rated by people only."""

    computed: bool
    weights: Mapping[str, int]
    bands: tuple[Band, ...]
    rules: tuple[Rule, ...]
    base: str | None
    eligibility: tuple[FactCondition, ...]
    insufficient: Insufficient | None
    prorate: bool
    conflicts: tuple[tuple[str, str], ...]
    disabled: frozenset[str]


@dataclass(frozen=True, slots=True)
class Edition:
    """One immutable published form. `levels` rise; `digest` names the file it was read from."""

    id: str
    version: str
    status: str
    digest: str
    title: Words
    banner: Words | None
    approval: Approval | None
    source: str
    enabled: bool
    answer_values: tuple[str, ...]
    levels: tuple[Level, ...]
    items: Mapping[str, Item]
    grading: Grading
    alerts: tuple[Alert, ...]
    outcomes: Mapping[str, tuple[str, ...]]
    period_hours: Mapping[str, int]
    human_rating: HumanRating | None
    cases: tuple[GoldenCase, ...]

    def rank(self, level: str | None) -> int:
        """Higher is more dangerous; no level at all is -1. Refuses with `instruments.unknown_level`."""
        if level is None:
            return -1
        codes = [known.code for known in self.levels]
        if level not in codes:
            raise DomainError("instruments.unknown_level", level=level)
        return codes.index(level)

    def higher(self, *levels: str | None) -> str | None:
        return max(levels, key=self.rank, default=None)

    def level(self, code: str) -> Level:
        return self.levels[self.rank(code)]
