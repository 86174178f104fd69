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
    return {**owed, **(_while_it_lasts(stands, now) if now < end_of(stands.last_day) else {})}


def on_extending(before: Dated, after: Dated, now: datetime, *, served: bool) -> dict[str, datetime]:
    """What a longer term leaves. An order that was over and runs again by it is served and visited like a new one."""
    if now >= end_of(after.last_day):
        return {}
    owed = _while_it_lasts(after, now)
    revived = now >= end_of(before.last_day)
    kept = {AGREE} | ({CHECK} if revived else set()) | ({SERVE} if revived and not served else set())
    return {kind: due for kind, due in owed.items() if kind in kept}


def _while_it_lasts(stands: Dated, now: datetime) -> dict[str, datetime]:
    return {SERVE: now + SERVE_WITHIN, CHECK: next_noon(now), AGREE: agree_by(stands.last_day, now)}
