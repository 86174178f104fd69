"""The orders against people, in whichever case: a question across files."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.orders.lines import OrderLine, lines
from kalka.orders.models import Breach, ProtectionOrder


def of_respondents(
    actor: Actor, person_ids: Collection[UUID], *, now: datetime
) -> tuple[tuple[OrderLine, ...], dict[UUID, int]]:
    """Codes and days of each, and how often each was broken; less the files the actor is shut out of. Whoever asks runs
    it beyond sight and records it. Three statements, however many."""
    rows = access.unwalled(actor, ProtectionOrder.objects.dated().filter(respondent__in=list(person_ids)))
    found = lines(rows.order_by("-issued_at", "id"), now)
    breaches = Breach.objects.filter(order__in=[line.id for line in found]).values_list("order_id")
    return found, dict(breaches.annotate(Count("id")).order_by())
