"""The law on a day, and the territories."""

from datetime import date

from pydantic import Field

from kalka.api.schemas.base import Asked, Day, Out, Place


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
