"""What all shapes share: days, moments and texts read strictly, unknown keys refused, and the shape of a refusal."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(
    r"(19|20|21)\d{2}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})", re.ASCII | re.IGNORECASE
)
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


def _a_moment(value: object) -> object:
    """With its offset from UTC: a time of nowhere is none."""
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        try:
            return datetime.fromisoformat(value.upper()).astimezone(UTC)
        except ValueError:
            pass
    if isinstance(value, datetime):
        return value
    raise PydanticCustomError("not_a_moment", "not a moment")


def _an_id(value: object) -> object:
    if isinstance(value, UUID):
        return value
    if isinstance(value, str) and len(value) == 36:
        try:
            return UUID(value)
        except ValueError:
            pass
    raise PydanticCustomError("not_an_id", "not an id")


def _whole(value: str) -> str:
    if "\x00" in value:
        raise PydanticCustomError("broken_text", "broken text")
    return value


Day = Annotated[date, BeforeValidator(_a_day)]
Moment = Annotated[datetime, BeforeValidator(_a_moment)]
Id = Annotated[UUID, BeforeValidator(_an_id)]
Whole = AfterValidator(_whole)
Place = Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{0,32}$", description="Code of a territory, see /places.")]
Number = Annotated[int, Field(ge=1, le=LARGEST)]


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
