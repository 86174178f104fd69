"""Who may ask what of the addresses of protection: the law, risk, orders, visits, proceedings, programmes."""

from config.policy.rule import Rule

LAW: dict[str, Rule] = {}

RISK: dict[str, Rule] = {}

ORDERS: dict[str, Rule] = {}

VISITS: dict[str, Rule] = {}

PROCEEDINGS: dict[str, Rule] = {}

PROGRAMMES: dict[str, Rule] = {}

PROTECTION = {**LAW, **RISK, **ORDERS, **VISITS, **PROCEEDINGS, **PROGRAMMES}
