"""What an edition says to a set of answers."""

from collections.abc import Mapping
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Raised:
    """An alert to act on whatever the level. `victim_safety` is never shown to the perpetrator's side."""

    id: str
    kind: str


@dataclass(frozen=True, slots=True)
class Result:
    """What an edition says to these answers.

    `status`: scored, insufficient, ineligible or not_computed. `reasons`: codes behind the level, or for ineligible the
    facts that rule the edition out. `would_change`: unanswered codes that would raise the level. `flags`: everything to
    be pointed at, the ids of alerts and the actions among them. `period_hours`: until the next assessment.
    """

    status: str
    level: str | None
    level_max: str | None
    score: int | None
    score_max: int | None
    rules: tuple[str, ...]
    flags: tuple[str, ...]
    reasons: tuple[str, ...]
    would_change: tuple[str, ...]
    outcomes: Mapping[str, tuple[str, ...]]
    actions: tuple[str, ...]
    alerts: tuple[Raised, ...]
    period_hours: int | None

    def as_json(self) -> dict[str, object]:
        plain = {field.name: getattr(self, field.name) for field in fields(self)}
        lists = {name: list(value) for name, value in plain.items() if isinstance(value, tuple)}
        named = {"outcomes": {name: list(codes) for name, codes in self.outcomes.items()}}
        return plain | lists | named | {"alerts": [{"id": a.id, "kind": a.kind} for a in self.alerts]}
