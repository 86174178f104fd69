"""Orders as they were issued elsewhere: codes and days, and no number and no person in any answer."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from kalka.api.schemas.base import Asked, Basis, Day, Id, In, Moment, Number, OneOf, Out, Whole
from kalka.orders import conditions, rules

Text = Annotated[str, Field(max_length=rules.LONGEST_TEXT), Whole]
OrderNumber = Annotated[str, Field(min_length=1, max_length=rules.LONGEST_NUMBER), Whole]
Authority = Annotated[Number, Field(description="Number of the organisation, see /orders/authorities.")]
Condition = Annotated[str, OneOf(tuple(conditions.listed()))]
Ref = Annotated[str, Field(max_length=20), Whole]
MOST_PERSONS = 40


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


class OrdersAsked(Asked):
    after: UUID | None = Field(None, description="`next` of the page before.")


class RegisteredOrder(OrderItem):
    case: str


class Orders(Out):
    items: list[RegisteredOrder]
    next: UUID | None


class OrderIn(In):
    """An order as its paper says it. Without a number it is kept as pending, with a duty to complete it."""

    case: Ref = Field(description="Reference of the case.")
    issued_at: Moment = Field(description="Not to come; with its offset, 2026-11-23T08:40:00+06:00.")
    number: OrderNumber | None = None
    authority: Authority | None = Field(
        None, description="Who issued it, see /orders/authorities. Needed with a number."
    )
    starts: Day | None = Field(None, description="The first day, where it is not the day of issue.")
    ends: Day | None = Field(None, description="The last day, where the paper names one; else as long as the law says.")
    conditions: list[Condition] = Field([], max_length=len(conditions.listed()))
    note: Text = Field("", description="Other conditions on the paper. Sealed; never answered.")
    respondent: Id | None = Field(None, description="Against whom: somebody of the case said to have done it.")
    protected: list[Id] = Field([], max_length=MOST_PERSONS, description="People of the case, see /cases/{ref}.")


class ServiceIn(In):
    """The respondent was told of the order, or could not be found: then it is still to be served."""

    at: Moment
    how: Annotated[str, OneOf(tuple(rules.How))]
    refused: bool = Field(False, description="Would not take or sign it; told of it all the same.")
    told: Text = Field("", description="Who was there, what was said. Sealed; never answered.")


class NumberIn(In):
    number: OrderNumber
    authority: Authority


class LookupIn(In):
    number: OrderNumber = Field(description="The whole number, as it stands on the paper.")


class FoundOrder(Out):
    """`case` and `id` are null where the case is not shown to the post."""

    id: UUID | None
    case: str | None
    state: str
    authority: str = Field(description="Who issued it, in the language of Accept-Language.")
    issued_at: datetime
    starts: date
    last_day: date
    served: bool
    extended: bool
    basis: Basis


class FoundOrders(Out):
    items: list[FoundOrder]


class AuthorityItem(Out):
    id: int
    name: str = Field(description="In the language of Accept-Language.")


class Authorities(Out):
    items: list[AuthorityItem]
