"""Other programs an installation connected are asked by themselves; where none is named, nothing is asked.

What cannot be taken in holds up nothing else; that there was something stays on the run, where the administrator sees
it, until a run goes well. What was asked for before is asked for again, a while back: nothing falls between two runs.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from config.logs import log
from kalka.core.actors import SYSTEM, Actor, organisation_holder, post_holder
from kalka.core.clock import day_of
from kalka.core.errors import DomainError
from kalka.directory import selectors as directory
from kalka.directory.roles import ROLES
from kalka.jobs.periodic import Periodic
from kalka.monitoring import adapter as centre
from kalka.monitoring import selectors as monitoring
from kalka.orders import adapter as register
from kalka.orders import selectors as orders

REGISTER, CENTRE = "orders.ask_register", "monitoring.ask_centre"
FIRST_TIME = timedelta(days=366)  # as long as an order of the register may run
REGISTER_BACK, SIGNALS_BACK = timedelta(days=7), timedelta(days=1)


def table() -> tuple[Periodic, ...]:
    """What the installation has to ask, and how often."""
    found = []
    if settings.ORDER_REGISTER is not None:
        found.append(Periodic(REGISTER, 900, ask_register))
    if settings.MONITORING_CENTRE:
        found.append(Periodic(CENTRE, 20, ask_centre))
    return tuple(found)


def ask_register(now: datetime) -> object:
    """Refuses with `orders.register_has_no_post`, and with `orders.register_refused` once the rest is taken in."""
    told = settings.ORDER_REGISTER
    assert told is not None  # else it is not in the table
    actor = _as_post(told.post, now)
    last = orders.last_brought(actor)
    since = day_of(last - REGISTER_BACK if last else now - FIRST_TIME)
    pulled = register.pull(_program(told.program), actor, since, now=now)
    _say(pulled.refused, REGISTER, "orders.register_refused")
    return pulled


def ask_centre(now: datetime) -> object:
    """Refuses with `monitoring.signals_refused` once the rest is taken in."""
    last = monitoring.last_pulled(SYSTEM)
    since = (last or now) - SIGNALS_BACK
    pulled = centre.pull(_program(settings.MONITORING_CENTRE), since, now=now)
    _say([code for _ref, code in pulled.refused], CENTRE, "monitoring.signals_refused")
    return pulled


def _program(name: str) -> Any:
    return import_string(name)()


def _say(refused: Iterable[str], job: str, code: str) -> None:
    """By why, and how many: neither a number nor a name."""
    for why, count in sorted(Counter(refused).items()):
        log.warning("not taken in", job=job, code=why, count=count)
    if refused:
        raise DomainError(code)


def _as_post(post_id: int, now: datetime) -> Actor:
    """The installation, with the right of a post that somebody holds today."""
    post = directory.posts([post_id]).get(post_id)
    if post is None or not _stands(post.until, day_of(now)):
        raise DomainError("orders.register_has_no_post")
    return replace(
        SYSTEM,
        permissions=ROLES[post.role].permissions,
        holders=(post_holder(post.id), organisation_holder(post.organisation_id)),
        post_id=post.id,
        organisation_id=post.organisation_id,
        role=post.role,
        place=post.place,
    )


def _stands(until: date | None, day: date) -> bool:
    return until is None or until >= day
