"""What a committee decided and nobody did by its day comes back to its secretary. A job, safe to run twice."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.db.models import Exists, OuterRef

from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.duties import given
from kalka.notices import services as notices
from kalka.sittings import effects
from kalka.sittings.models import Addendum, Carried, CaseDecision, OwnDecision
from kalka.sittings.standing import AnyDecision, standing

OLDEST, AFTER = timedelta(days=60), timedelta(days=3)  # internal: what is older stands in the list of what is late
AT_ONCE = 200


@command("sittings.raise_undone", needs=Permission.SYSTEM)
def raise_undone(actor: Actor, *, now: datetime) -> int:
    """A neighbour's work is passed to no other neighbour: the secretary asks, and writes down what became of it.

    Returns how many.
    """
    last = day_of(now) - AFTER
    rows = [row for model in (CaseDecision, OwnDecision) for row in _open(model, last)]
    changes = _changes([row.pk for row in rows])
    late = [row for row in rows if _is_late(row, changes.get(row.pk, []), last)]
    told = given.standing(effects.UNDONE, {row.subject_id for row in late})
    waits = given.standing(effects.DECISION, {effects.whose(row)[0] for row in late})  # let go with a reason is over
    fresh = [row for row in late if (row.subject_id, str(row.pk)) not in told and effects.whose(row) in waits][:AT_ONCE]
    posts = [(row, effects.tell_secretary(row, now=now)) for row in fresh]
    for row, post in posts:
        if post is not None:
            notices.alert(post, "duty_assigned", subject_id=row.subject_id, now=now)
    return sum(post is not None for _row, post in posts)


def _open(model: type[CaseDecision] | type[OwnDecision], last: date) -> list[AnyDecision]:
    done = Carried.objects.filter(decision=OuterRef("pk"))
    rows = model.objects.filter(~Exists(done), by__range=(last - OLDEST, last - timedelta(days=1)))
    return list(rows.select_related("item__sitting").order_by("by", "id"))


def _changes(ids: Sequence[UUID]) -> dict[UUID, list[Addendum]]:
    rows = Addendum.objects.filter(decision__in=ids).order_by("decision", "number")
    return {decision: list(some) for decision, some in groupby(rows, key=lambda one: one.decision)}


def _is_late(row: AnyDecision, changes: list[Addendum], last: date) -> bool:
    by, _responsible, withdrawn = standing(row, changes)
    return not withdrawn and by < last
