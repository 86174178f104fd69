"""What is to be done, and that it was done."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from kalka.api.schemas.base import Basis, In, Level, OneOf, Out


class DutyItem(Out):
    id: UUID
    kind: str
    group: str = Field(description="first (cannot wait), late, today, unset (the law sets no term), week or later.")
    case: str | None = Field(description="Reference of the case; null while there is none.")
    due_at: datetime | None = Field(description="Null where the law sets no term.")
    level: Level | None = Field(description="Null where nothing was assessed.")
    basis: Basis
    escalated: bool
    by_hand: bool = Field(description="Ended by saying that it was done; any other one is ended by its step alone.")


class Duties(Out):
    """What the post has to do, the latest first. `more` were left off the end of a very long list."""

    items: list[DutyItem]
    more: int


class DutyEndIn(In):
    how: Annotated[str, OneOf(("done",))] = Field(description="Letting a duty go, or passing it on, wants a person.")


class DutyEnded(Out):
    id: UUID
    duty: UUID
    how: str
    ended_at: datetime
