"""Published figures, each with its state and its passport."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from kalka.api.schemas.base import Asked, Out, Place


class IndicatorsAsked(Asked):
    place: Place = Field("", description="An oblast; empty for the country.")


class TableAsked(IndicatorsAsked):
    by: Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")] = "place"
    period: Annotated[str, Field(pattern=r"^((19|20|21)[0-9]{2}(-(0[1-9]|1[0-2]))?)?$")] = Field(
        "", description="2025 or 2025-08; the last year with data where it is left out."
    )


class Figure(Out):
    """`n` is null unless the figure is shown. Hidden is not 0, and no data is not 0."""

    state: str = Field(description="shown, hidden (too few, or it would give another away) or none (no data).")
    n: int | None


class FigureLine(Out):
    code: str
    title: str
    figure: Figure
    before: Figure | None = Field(description="The same a year earlier.")


class Passport(Out):
    """What a figure must never be shown without."""

    unit: str
    stage: str
    agency: str
    period: str
    place: str
    vintage: str = Field(description="Of the list of territories.")
    extracted_on: date
    release: str


class Indicator(Out):
    indicator: str
    title: str
    passport: Passport
    figure: Figure
    months: list[FigureLine] = Field(description="The last months, for a small chart.")


class Indicators(Out):
    items: list[Indicator]


class FigureTable(Out):
    indicator: str
    title: str
    by: str
    by_title: str
    period: str
    place: str
    passport: Passport
    total: Figure
    total_before: Figure | None
    lines: list[FigureLine]
    adds_up: bool = Field(description="False where parts overlap; `why_not` says why.")
    why_not: str
    complete: bool = Field(description="False for a year that is not over.")
    how: list[str] = Field(description="How this was counted, in paragraphs.")


class Choice(Out):
    code: str
    title: str


class FigureChoices(Out):
    periods: list[Choice]
    places: list[Choice]
    breakdowns: list[Choice]


class ReleaseItem(Out):
    code: str
    state: str = Field(description="making, published or failed.")
    extracted_on: date
    published_at: datetime | None


class Releases(Out):
    items: list[ReleaseItem]
