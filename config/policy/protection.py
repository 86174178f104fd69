"""Who may ask what of the addresses of protection: the law, risk, orders, visits, proceedings, programmes."""

from config.policy.rule import Rule, staff
from kalka.core.permissions import Permission as P

LAW: dict[str, Rule] = {}

RISK: dict[str, Rule] = {}

ORDERS: dict[str, Rule] = {}

VISITS: dict[str, Rule] = {
    "complaints:call_new": staff("case", GET=P.CALL_NOTE, POST=P.CALL_NOTE),
    "complaints:call": staff("case", GET=P.CASE_READ, POST=P.CALL_ANSWER),
}

PROCEEDINGS: dict[str, Rule] = {}

PROGRAMMES: dict[str, Rule] = {}

PROTECTION = {**LAW, **RISK, **ORDERS, **VISITS, **PROCEEDINGS, **PROGRAMMES}
