"""Sums of opinions: of the own organisation, for a quarter that is over."""

from datetime import date, datetime

from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.support import rules
from kalka.support.models import Opinion
from kalka.support.rules import Sums


def sums(actor: Actor, *, now: datetime) -> tuple[date, date, Sums | None]:
    """First and last day of the quarter, and the sums; None for fewer than five opinions."""
    if not actor.may(Permission.SUPPORT_READ) or actor.organisation_id is None:
        raise AccessDenied("core.not_permitted")
    start, end = rules.quarter_before(clock.day_of(now))
    said = Opinion.objects.filter(organisation=actor.organisation_id, on__gte=start, on__lt=end)
    return start, end - clock.DAY, rules.summed(list(said.values_list(*rules.QUESTIONS)))
