"""Which orders end before long, in all files, some hundreds at a time: for jobs of the installation."""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from django.db.models.functions import Coalesce

from kalka.core.clock import day_of
from kalka.orders import rules
from kalka.orders.models import ProtectionOrder

AT_ONCE = 500


def expiring(now: datetime) -> Iterator[dict[UUID, date]]:
    """Of each file the first order to end before long, some hundreds of files at a time, each file once."""
    rows = ProtectionOrder.objects.running(now).annotate(last=Coalesce("until", "ends"))
    near = rows.filter(last__lte=day_of(now + rules.ASSESS_BEFORE_END)).order_by("subject_id", "last", "id")
    page = list(near.values_list("subject_id", "last")[:AT_ONCE])
    while page:
        yield dict(reversed(page))
        page = list(near.filter(subject_id__gt=page[-1][0]).values_list("subject_id", "last")[:AT_ONCE])
