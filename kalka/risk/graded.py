"""A judgement opened and scored; a stored result read back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kalka.instruments import scoring
from kalka.instruments.result import Raised, Result
from kalka.instruments.shape import Edition
from kalka.risk import offered
from kalka.risk.models import Assessment, Judgement
from kalka.vault.keys import Keys

TUPLES = ("rules", "flags", "reasons", "would_change", "actions")


@dataclass(frozen=True, slots=True)
class Graded:
    """`given`: item → its value and who it comes from."""

    edition: Edition
    result: Result
    judged: str
    reason: str = field(repr=False)
    given: Mapping[str, Mapping[str, str]] = field(repr=False)


def graded(row: Judgement, keys: Keys) -> Graded:
    """The same answers and facts always give the same result. Refuses with `risk.form_changed`."""
    edition = offered.used(row.instrument, row.edition, row.edition_digest)
    answers, judged = keys.get(row, "answers"), keys.get(row, "judged")
    values = {code: one["value"] for code, one in answers["given"].items()}
    result = scoring.score(edition, values, answers["facts"])
    return Graded(edition, result, judged["level"], judged["reason"], answers["given"])


def stored(row: Assessment, keys: Keys) -> tuple[Result, Mapping[str, str]]:
    """What the form said when the level was confirmed, and the levels confirmed and judged."""
    kept: dict[str, Any] = keys.get(row, "result")
    return _result(kept["said"]), {"final": kept["final"], "judged": kept["judged"]}


def _result(said: Mapping[str, Any]) -> Result:
    lists = {name: tuple(said[name]) for name in TUPLES}
    outcomes = {name: tuple(codes) for name, codes in said["outcomes"].items()}
    alerts = tuple(Raised(one["id"], one["kind"]) for one in said["alerts"])
    return Result(**{**said, **lists, "outcomes": outcomes, "alerts": alerts})
