"""Which duties an order leaves at each step of its life, and which of them a step ends. Terms are internal rules."""

from collections.abc import Mapping
from datetime import datetime

from kalka.orders.rules.term import COMPLETE_WITHIN, SERVE_WITHIN, Dated, agree_by, end_of, next_noon

COMPLETE, SERVE, CHECK, AGREE = (
    "order.complete_number",
    "order.serve",
    "order.check_compliance",
    "order.before_expiry",
)
# What ends with which step. An order that runs out ends none: what was not done is still to be answered for.
ENDED_BY: Mapping[str, tuple[str, ...]] = {
    "number": (COMPLETE,),
    "serve": (SERVE,),
    "revoke": (SERVE, AGREE),
    "expire": (),
}


def on_registering(stands: Dated, now: datetime) -> dict[str, datetime]:
    """Kind of duty → when it is due. An order that is over when it is written down leaves nothing but its number."""
    owed = {} if stands.numbered else {COMPLETE: now + COMPLETE_WITHIN}
    if now < end_of(stands.last_day):
        owed[SERVE] = now + SERVE_WITHIN
        owed[CHECK] = next_noon(now)
        owed[AGREE] = agree_by(stands.last_day, now)
    return owed
