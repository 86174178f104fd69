"""The shapes that go in and out, and nothing beside them: unknown keys are refused, lengths and codes are limited."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from kalka.intake import rules

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
LARGEST = 2**63 - 1


@dataclass(frozen=True)
class OneOf:
    """One of the codes, which the description lists."""

    codes: tuple[str, ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.literal_schema(list(self.codes))


def _a_day(value: object) -> object:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise PydanticCustomError("not_a_day", "not a day")


def _whole(value: str) -> str:
    if "\x00" in value:
        raise PydanticCustomError("broken_text", "broken text")
    return value


Day = Annotated[date, BeforeValidator(_a_day)]
Whole = AfterValidator(_whole)
Line = Annotated[str, Field(max_length=rules.LINE), Whole]
Short = Annotated[str, Field(max_length=rules.SHORT), Whole]
Long = Annotated[str, Field(max_length=rules.LONG), Whole]
Phone = Annotated[str, Field(max_length=rules.LIMITS["phone"]), Whole]
Place = Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{0,32}$", description="Code of a territory, see /places.")]
Answer = Annotated[str, OneOf(rules.ANSWERS)]


class In(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Asked(BaseModel):
    """What stands after the question mark of an address: text, so numbers are read out of it."""

    model_config = ConfigDict(extra="forbid")


class Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class Problem(Out):
    code: str


class Fault(Out):
    field: str = Field(description="The key it is about; empty when it is about the whole.")
    code: str
    words: str = Field(description="In the language of Accept-Language: ky, ru or en.")


class Refused(Out):
    errors: list[Fault]


class ReportIn(In):
    """What somebody told. Only what is known is sent; a report is never changed afterwards."""

    danger: Annotated[str, OneOf(rules.DANGERS)] = Field(description="Was a life in danger when it was told?")
    told_on: Day = Field(description="The day somebody told it; not after today in Bishkek.")
    way: Annotated[str, OneOf(rules.WAYS)] = "online"
    by_whom: Annotated[str, OneOf(rules.TELLERS)] = "other"
    firsthand: Answer = "unknown"
    place: Place = ""
    language: Line = Field("", description="In which language the person can talk.")
    interpreter: bool = False
    sign_language: bool = False
    escort: bool = False
    other_needs: Short = ""
    what: Long = Field("", description="In the words of the person who told. Needed unless there was danger.")
    happened: str = Field(
        "",
        pattern=r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$",
        description="2026, 2026-11 or 2026-11-22, as far as known.",
    )
    when_words: Short = ""
    where: Line = ""
    children: Answer = Field("unknown", description="Was a child there?")
    children_count: int | None = Field(None, ge=1, le=rules.MOST_CHILDREN)
    phone: Phone = Field("", description="Of the person who suffered violence, never of the one who told.")
    safe: Short = Field("", description="When to call, whom to ask for, what may be said.")
    reporter_name: Line = Field("", description="Kept apart from the case.")
    reporter_phone: Phone = ""
    reporter_note: Short = ""


class ReportState(Out):
    """What became of a report. Nothing that was told is in it."""

    id: UUID
    state: str = Field(description="received, passed_on, case or no_case.")
    told_on: date
    recorded_at: datetime
    late: bool
    way: str
    danger: str
    place: str
    children: str


class ReportsAsked(Asked):
    state: Annotated[str, OneOf(("mine", "to_triage", "all"))] = "mine"
    after: UUID | None = Field(None, description="`next` of the page before.")


class Reports(Out):
    items: list[ReportState]
    next: UUID | None


class Basis(Out):
    """Why: the place in the law as it stood that day, or a rule of Kalka itself."""

    internal: bool
    key: str | None = Field(description="Key of the law book, see /law/{key}.")
    act: str | None
    article: str | None
    citation: str = Field(description="In the language of Accept-Language.")


class Level(Out):
    """A place among the levels of a form, counted from the lowest: 3 of 4. No level ever means no danger."""

    position: int
    of: int


class DutyItem(Out):
    id: UUID
    kind: str
    group: str = Field(description="late, today, unset (the law sets no term), week or later.")
    case: str | None = Field(description="Reference of the case; null while there is none.")
    due_at: datetime | None = Field(description="Null where the law sets no term.")
    level: Level | None = Field(description="Null where nothing was assessed.")
    basis: Basis
    escalated: bool


class Duties(Out):
    """What the post has to do, the latest first. `more` were left off the end of a very long list."""

    items: list[DutyItem]
    more: int


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
    total: int = Field(description="Counted up to 1,000.")
    total_is_more: bool


class Risk(Out):
    """The level in force. `not_assessed` is never «no risk»; `not_shown`: the post may not read assessments."""

    state: str = Field(description="assessed, not_assessed or not_shown.")
    level: Level | None
    assessed_at: datetime | None
    expires_at: datetime | None
    expired: bool


class OrderItem(Out):
    """Days are whole days in Bishkek, the last one included."""

    id: UUID
    state: str
    place: str
    issued_at: datetime
    starts: date
    last_day: date
    pending: bool = Field(description="Its number is still to be completed; it protects all the same.")
    served: bool
    extended: bool
    basis: Basis


class NextDuty(Out):
    kind: str
    due_at: datetime | None
    late: bool
    basis: Basis


class CaseState(CaseItem):
    risk: Risk
    orders: list[OrderItem] | None = Field(description="Those that run; null where the post may not read orders.")
    next_duty: NextDuty | None


class OrdersAsked(Asked):
    after: UUID | None = Field(None, description="`next` of the page before.")


class RegisteredOrder(OrderItem):
    case: str


class Orders(Out):
    items: list[RegisteredOrder]
    next: UUID | None


class LawAsked(Asked):
    on: Day | None = Field(None, description="The day; today in Bishkek where it is left out.")


class Provision(Out):
    """What the law set on the day. `value` is null where the law is unset or its text was not seen: never guess."""

    key: str
    on: date
    value: bool | int | str | list[int] | None
    is_set: bool
    unit: str
    title: str
    since: date
    act: str | None
    article: str | None
    citation: str
    confidence: str = Field(description="verbatim, paraphrase, unclear or unknown.")
    since_confidence: str
    note: str
    source: str
    edition: str


class PlacesAsked(Asked):
    under: Place = Field("", description="Code of a territory; empty for the oblasts and the two cities.")


class PlaceItem(Out):
    code: str
    level: str
    name: str = Field(description="In the language of Accept-Language.")


class Places(Out):
    items: list[PlaceItem]
