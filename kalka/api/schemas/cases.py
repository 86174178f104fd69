"""Where a case stands, in codes, days and references."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from kalka.api.schemas.base import LARGEST, Asked, Basis, In, Level, OneOf, Out
from kalka.api.schemas.orders import OrderItem
from kalka.people import rules as people


class CasesAsked(Asked):
    state: Annotated[str, OneOf(("open", "closed", "all"))] = "open"
    after: int = Field(0, ge=0, le=LARGEST, description="`next` of the page before.")


class CaseItem(Out):
    ref: str
    kind: str
    place: str
    opened_on: date
    stage: str


class Cases(Out):
    items: list[CaseItem]
    next: int | None
    total: int | None = Field(description="Counted up to 1,000, on the first page alone; null on a later one.")
    total_is_more: bool


class Risk(Out):
    """The level in force. `not_assessed` is never «no risk»; `not_shown`: the post may not read assessments."""

    state: str = Field(description="assessed, not_assessed or not_shown.")
    level: Level | None
    assessed_at: datetime | None
    expires_at: datetime | None
    expired: bool


class NextDuty(Out):
    kind: str
    due_at: datetime | None
    late: bool
    basis: Basis


class CasePerson(Out):
    """Somebody with a part in the case: an id for an order to name, and nothing about them."""

    id: UUID
    part: str


class CaseState(CaseItem):
    people: list[CasePerson]
    risk: Risk
    orders: list[OrderItem] | None = Field(description="Those that run; null where the post may not read orders.")
    next_duty: NextDuty | None


class ProtectedIn(In):
    """Codes alone. The name is written on the page, where somebody looks whether the person is known."""

    sex: Annotated[str, OneOf(people.SEXES)] = "unknown"
    band: Annotated[str, OneOf(("", *people.BANDS))] = Field("", description="Age, about.")


class CaseIn(In):
    protected: ProtectedIn | None = Field(None, description="Whom the case is to protect, as far as known.")
