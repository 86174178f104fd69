"""What a report may say, and what is answered of it."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from kalka.api.schemas.base import Asked, Day, In, OneOf, Out, Place, Whole
from kalka.intake import rules

Line = Annotated[str, Field(max_length=rules.LINE), Whole]
Short = Annotated[str, Field(max_length=rules.SHORT), Whole]
Long = Annotated[str, Field(max_length=rules.LONG), Whole]
Phone = Annotated[str, Field(max_length=rules.LIMITS["phone"]), Whole]
Answer = Annotated[str, OneOf(rules.ANSWERS)]


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
