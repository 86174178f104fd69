from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

BREAK_GLASS = "break_glass"  # why a grant runs: for hours, agreed to by a second person, to read and to do nothing

COMPLAINTS = "complaints"  # why a grant runs: to answer a call or a paper of hers. Not told to whom it may be about


class Scope(StrEnum):
    """How much of a subject a grant shows. FILE includes the others."""

    FILE = "file"
    ORDERS = "orders"  # orders and complaints, no narrative
    DUTIES = "duties"  # the code of the case and what is to be done

    @property
    def enough(self) -> tuple[str, ...]:
        """The scopes that satisfy a question of this scope."""
        return (Scope.FILE,) if self is Scope.FILE else (Scope.FILE, self)


@dataclass(frozen=True, slots=True)
class GrantLine:
    """A sight that runs: who holds it, because of what, how much, since when and until when."""

    holder: str
    why: str
    scope: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class WallLine:
    """A wall that stands."""

    user_id: int
    why: str
    since: datetime
