"""What a program's token was issued for. It narrows the permissions of its post and never adds one."""

from collections.abc import Iterable
from enum import StrEnum

from kalka.core.permissions import Permission as P


class TokenScope(StrEnum):
    """Each address of the API asks for one of them (`config/policy/`)."""

    REPORTS_READ = "reports:read"
    REPORTS_WRITE = "reports:write"
    CASES_READ = "cases:read"
    CASES_WRITE = "cases:write"
    ORDERS_READ = "orders:read"
    ORDERS_WRITE = "orders:write"
    DUTIES_READ = "duties:read"
    DUTIES_WRITE = "duties:write"
    STATISTICS_READ = "statistics:read"
    LAW_READ = "law:read"
    PLACES_READ = "places:read"


# The permissions that what stands behind its addresses asks for: opening a case decides on the report as well.
ALLOWS: dict[TokenScope, frozenset[P]] = {
    TokenScope.REPORTS_READ: frozenset({P.REPORT_READ}),
    TokenScope.REPORTS_WRITE: frozenset({P.REPORT_RECEIVE}),
    TokenScope.CASES_READ: frozenset({P.CASE_READ, P.RISK_READ}),
    TokenScope.CASES_WRITE: frozenset({P.CASE_OPEN, P.CASE_WORK, P.REPORT_TRIAGE}),
    TokenScope.ORDERS_READ: frozenset({P.ORDER_READ}),
    TokenScope.ORDERS_WRITE: frozenset({P.ORDER_REGISTER}),
    TokenScope.DUTIES_READ: frozenset({P.TODAY}),
    TokenScope.DUTIES_WRITE: frozenset({P.DUTY_END}),
    TokenScope.STATISTICS_READ: frozenset({P.STATISTICS_READ}),
    TokenScope.LAW_READ: frozenset({P.TODAY}),
    TokenScope.PLACES_READ: frozenset({P.TODAY}),
}


def allowed(scopes: Iterable[TokenScope]) -> frozenset[P]:
    return frozenset().union(*(ALLOWS[scope] for scope in scopes))


def read(stored: str) -> frozenset[TokenScope]:
    """As a session keeps them: by a space. What is no scope any more allows nothing."""
    known = set(TokenScope)
    return frozenset(TokenScope(word) for word in stored.split() if word in known)


def write(scopes: Iterable[TokenScope]) -> str:
    return " ".join(sorted(set(scopes)))
