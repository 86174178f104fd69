"""What a joint conference decided and nobody did goes back to whoever wrote the minutes. A job, safe to run twice."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.duties import given
from kalka.duties import services as duties
from kalka.notices import services as notices
from kalka.referrals.effects import INTERNAL
from kalka.referrals.models import Carried, Decision
from kalka.referrals.practice import practice
from kalka.referrals.services.conferences import DECIDED, UNDONE

OLDEST = timedelta(days=60)  # what was left for longer stands on the page of the case
AT_ONCE = 200


@command("referrals.raise_undone", needs=Permission.SYSTEM)
def raise_undone(actor: Actor, *, now: datetime) -> int:
    """Once for each decision, some days after its own: whoever leads there has had it since. Returns how many."""
    after, today = timedelta(days=practice().undone_after_days), day_of(now)
    done = Carried.objects.filter(decision=OuterRef("pk"))
    rows = Decision.objects.filter(~Exists(done), by__range=(today - OLDEST, today - after - timedelta(days=1)))
    late = list(rows.exclude(post_id=None).select_related("conference").order_by("by", "id"))
    files = {row.subject_id for row in late}
    told, waits = given.ever(UNDONE, files), given.standing(DECIDED, files)  # what was let go with a reason is over
    fresh = [row for row in late if (row.subject_id, _about(row)) in waits - told][:AT_ONCE]
    for row in fresh:
        _raise(row, now)
    return len(fresh)


def _raise(row: Decision, now: datetime) -> None:
    if row.post_id is None:
        return
    duties.assign(
        UNDONE,
        subject_id=row.subject_id,
        post_id=row.post_id,
        due_at=now + timedelta(days=1),
        basis=INTERNAL,
        now=now,
        about=_about(row),
    )
    notices.alert(row.post_id, "duty_assigned", subject_id=row.subject_id, now=now)


def _about(row: Decision) -> str:
    return f"{row.conference.case_ref}/{row.pk}"
