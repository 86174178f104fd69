"""What may be read of orders: of one case, of one order, across the cases somebody oversees, and by number."""

from kalka.orders.lines import OrderLine
from kalka.orders.selectors.across import of_respondents
from kalka.orders.selectors.against import Against, against
from kalka.orders.selectors.choices import authority_choices, protected_choices, respondent_choices
from kalka.orders.selectors.listed import Elsewhere, in_no_case, last_brought, listed_elsewhere
from kalka.orders.selectors.listing import Entry, OrderList, entry, is_there, register
from kalka.orders.selectors.orders import (
    Panel,
    get_order,
    of_case,
    open_work,
    order_line,
    panel,
    ran_on,
    running,
    runs,
    timeline,
)
from kalka.orders.selectors.page import OrderPage, order_page
from kalka.orders.selectors.printed import last_service, longest_extension
from kalka.orders.selectors.road import Asked, Found, check, lookup, may_ask_by_person
from kalka.orders.selectors.whole import whole_register
from kalka.orders.selectors.without import of_case as without_of_case
from kalka.orders.selectors.without import without_order

__all__ = [
    "Against",
    "against",
    "Asked",
    "Elsewhere",
    "Entry",
    "Found",
    "OrderLine",
    "OrderList",
    "OrderPage",
    "Panel",
    "authority_choices",
    "check",
    "entry",
    "get_order",
    "in_no_case",
    "is_there",
    "last_brought",
    "last_service",
    "listed_elsewhere",
    "longest_extension",
    "lookup",
    "may_ask_by_person",
    "of_case",
    "of_respondents",
    "open_work",
    "order_line",
    "order_page",
    "panel",
    "protected_choices",
    "ran_on",
    "register",
    "respondent_choices",
    "running",
    "runs",
    "timeline",
    "whole_register",
    "without_of_case",
    "without_order",
]
