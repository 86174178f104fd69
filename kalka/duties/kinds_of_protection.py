"""The kinds of duty that protection brings: what the law asks, orders kept, proceedings, programmes."""

from kalka.duties.kind import Kind

KINDS_OF_LAW: tuple[Kind, ...] = ()

KINDS_OF_RISK: tuple[Kind, ...] = ()

KINDS_OF_ORDERS: tuple[Kind, ...] = ()

KINDS_OF_VISITS: tuple[Kind, ...] = ()

KINDS_OF_PROCEEDINGS: tuple[Kind, ...] = ()

KINDS_OF_PROGRAMMES: tuple[Kind, ...] = ()

KINDS_OF_PROTECTION = (
    *KINDS_OF_LAW,
    *KINDS_OF_RISK,
    *KINDS_OF_ORDERS,
    *KINDS_OF_VISITS,
    *KINDS_OF_PROCEEDINGS,
    *KINDS_OF_PROGRAMMES,
)
