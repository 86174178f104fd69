"""Calls, papers and what was answered, as entries of a case's time."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse

from kalka.access import selectors as access
from kalka.complaints.models import Call, Reply
from kalka.complaints.selectors.calls import unanswered
from kalka.core.actors import Actor
from kalka.core.blockers import Blocker
from kalka.core.timeline import TimelineItem
from kalka.vault.keys import Keys
from kalka.vault.rows import Row


def timeline(actor: Actor, subject_id: UUID, *, now: datetime, keys: Keys | None = None) -> list[TimelineItem]:
    calls = list(access.visible(actor, Call.objects.filter(subject_id=subject_id), now=now))
    replies = Reply.objects.filter(call__in=calls) if calls else ()
    return [*(_called(one, keys) for one in calls), *(_replied(one, keys) for one in replies)]


def open_work(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[Blocker, ...]:
    """Nobody closes a case on a call that was never answered."""
    return tuple(
        Blocker("complaints.call_open", {"url": reverse("complaints:call", args=[one.case_ref, one.pk])})
        for one in unanswered(actor, subject_id, now=now).order_by("recorded_at", "id")
    )


def _called(row: Call, keys: Keys | None) -> TimelineItem:
    return TimelineItem(
        at=row.at,
        what=f"complaints.call_{row.what}",
        icon="phone",
        who_post=row.post_id,
        lines=_lines(row, keys),
        key=True,
        alarm=True,
        url=reverse("complaints:call", args=[row.case_ref, row.pk]),
    )


def _replied(row: Reply, keys: Keys | None) -> TimelineItem:
    return TimelineItem(
        at=row.at,
        what=f"complaints.{row.how}",
        icon="warn" if row.how == "unreached" else "done",
        who_post=row.post_id,
        lines=_lines(row, keys),
    )


def _lines(row: Row, keys: Keys | None) -> tuple[str, ...]:
    told = keys.get(row, "told") if keys else None
    return (told,) if told else ()
