"""The pages of protection, by whom each is used."""

OF_LAW: tuple[tuple[str, str, str], ...] = (
    ("law", "inspektor", "/law/"),
    ("law-changed", "ministrlik", "/law/?on=2024-08-01&with=2025-11-01"),
    ("law-duties", "aimak", "/law/duties/"),
    ("law-duties-own", "inspektor", "/law/duties/"),
    ("orders-without", "inspektor", "/orders/without/"),
    ("orders-without-why", "inspektor", "/cases/{help[ref]}/no-order/"),
)
OF_RISK: tuple[tuple[str, str, str], ...] = (
    ("risk-happened", "inspektor", "/cases/{full[ref]}/risk/happened/"),
    ("risk-monitoring", "ofitser", "/risk/"),
    ("risk-practice", "ofitser", "/risk/practice/"),
)
OF_ORDERS: tuple[tuple[str, str, str], ...] = (
    ("monitoring", "inspektor", "/monitoring/"),
    ("monitoring-new", "inspektor", "/cases/{monitoring[ref]}/monitoring/new/"),
    ("monitoring-one", "inspektor", "/cases/{monitoring[ref]}/monitoring/{monitoring[measure]}/"),
    ("monitoring-fit", "inspektor", "/cases/{monitoring[ref]}/monitoring/{monitoring[measure]}/fit/"),
    ("monitoring-answer", "inspektor", "/cases/{monitoring[ref]}/signals/{monitoring[signal]}/"),
)
OF_VISITS: tuple[tuple[str, str, str], ...] = (
    ("visits-today", "inspektor", "/visits/today/"),
    ("visits", "ofitser", "/visits/"),
    ("visit-said", "sotsial", "/cases/{asked[ref]}/visit/{asked[visit]}/said/"),
    ("call-new", "sotsial", "/cases/{asked[ref]}/call/"),
    ("call", "inspektor", "/cases/{asked[ref]}/call/{asked[call]}/"),
    ("paper-new", "sotsial", "/cases/{asked[ref]}/paper/"),
    ("paper", "ofitser", "/cases/{asked[ref]}/paper/{asked[paper]}/"),
    ("paper-overseen", "prokuror", "/cases/{asked[ref]}/paper/{asked[paper]}/"),
)
OF_PROCEEDINGS: tuple[tuple[str, str, str], ...] = (
    ("proceedings", "ofitser", "/proceedings/"),
    ("proceedings-case", "inspektor", "/cases/{proceedings[ref]}/proceedings/"),
    ("proceedings-new", "inspektor", "/cases/{proceedings[ref]}/proceedings/new/"),
    ("proceedings-one", "inspektor", "/cases/{proceedings[ref]}/proceedings/{proceedings[one]}/"),
    ("proceedings-step", "inspektor", "/cases/{proceedings[ref]}/proceedings/{proceedings[one]}/step/"),
    ("proceedings-end", "inspektor", "/cases/{proceedings[ref]}/proceedings/{proceedings[one]}/end/"),
    ("proceedings-held", "inspektor", "/cases/{proceedings[ref]}/proceedings/held/"),
    ("proceedings-weapons", "inspektor", "/cases/{proceedings[ref]}/proceedings/weapons/"),
    ("proceedings-release", "jaza", "/custody/{proceedings[custody]}/"),
    ("perpetrator", "inspektor", "/people/{proceedings[man]}/across/"),
)
OF_PROGRAMMES: tuple[tuple[str, str, str], ...] = (
    ("programmes", "probatsiya", "/programmes/"),
    ("programme-never", "inspektor", "/programmes/never/"),
    ("programme-group-new", "probatsiya", "/programmes/groups/new/"),
    ("programme-group", "probatsiya", "/programmes/groups/{programmes[group]}/"),
    ("programme-session", "probatsiya", "/programmes/groups/{programmes[group]}/session/"),
    ("programme-one", "probatsiya", "/programmes/{programmes[one]}/"),
    ("programme-step", "probatsiya", "/programmes/{programmes[one]}/step/"),
    ("programme-threat", "probatsiya", "/programmes/{programmes[one]}/threat/"),
    ("programme-evasion", "inspektor", "/cases/{programmes[evaded]}/programme/{programmes[evades]}/evasion/"),
    ("programme-send", "inspektor", "/cases/{programmes[ref]}/programme/"),
)

PROTECTION = (*OF_LAW, *OF_RISK, *OF_ORDERS, *OF_VISITS, *OF_PROCEEDINGS, *OF_PROGRAMMES)
