"""The kinds of duty that protection brings: what the law asks, orders kept, proceedings, programmes."""

from django.utils.translation import gettext_lazy as _

from kalka.duties.kind import Kind

KINDS_OF_LAW: tuple[Kind, ...] = ()

KINDS_OF_RISK: tuple[Kind, ...] = ()

KINDS_OF_ORDERS: tuple[Kind, ...] = ()

KINDS_OF_VISITS: tuple[Kind, ...] = (
    Kind(
        "call.answer",
        _("She called while an order runs: answer her now"),
        _("Write down the answer"),
        "police_inspector",
        "complaints:call",
        "case and part",
        escalate_after_hours=1,
        alarm=True,
    ),
    Kind(
        "call.watch",
        _("She called while an order runs: see that she is answered"),
        _("Look at her call"),
        "supervising_officer",
        "complaints:call",
        "case and part",
        escalate_after_hours=2,
        alarm=True,
    ),
)

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
