"""What a search is made for, and whether one more may be made today. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    CASE = "case"
    DUTY = "duty"
    REASON = "reason"  # written, because there is neither
    EMERGENCY = "emergency"  # search first, the reason after


class Refusal(StrEnum):
    """Why a search was not made; empty in the record of one that was."""

    BUDGET = "budget"
    EMERGENCIES = "emergencies"
    OWED = "owed"


@dataclass(frozen=True, slots=True)
class Spent:
    """Of one person and day. Refused ones are counted as well."""

    made: int
    emergencies: int
    budget: int
    most_emergencies: int
    owed: bool  # the reason of an emergency is late

    @property
    def left(self) -> int:
        return max(self.budget - self.made, 0)


def refusal(why: Why, spent: Spent) -> Refusal | None:
    """None where the search may be made. An emergency does not stop at the budget, but at its own."""
    if spent.owed:
        return Refusal.OWED
    if why is Why.EMERGENCY:
        return Refusal.EMERGENCIES if spent.emergencies >= spent.most_emergencies else None
    return Refusal.BUDGET if spent.made >= spent.budget else None
