"""The pages of protection, by whom each is used."""

OF_LAW: tuple[tuple[str, str, str], ...] = ()
OF_RISK: tuple[tuple[str, str, str], ...] = ()
OF_ORDERS: tuple[tuple[str, str, str], ...] = ()
OF_VISITS: tuple[tuple[str, str, str], ...] = ()
OF_PROCEEDINGS: tuple[tuple[str, str, str], ...] = ()
OF_PROGRAMMES: tuple[tuple[str, str, str], ...] = ()

PROTECTION = (*OF_LAW, *OF_RISK, *OF_ORDERS, *OF_VISITS, *OF_PROCEEDINGS, *OF_PROGRAMMES)
