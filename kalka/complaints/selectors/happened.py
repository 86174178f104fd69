"""Calls, papers and what was answered, as entries of a case's time."""

from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse

from kalka.access import selectors as access
from kalka.complaints.models import Call, Paper, PaperAnswer, Reply
from kalka.complaints.selectors.calls import unanswered
from kalka.complaints.selectors.papers import papers, unanswered_papers
from kalka.core.actors import Actor
from kalka.core.blockers import Blocker
from kalka.core.timeline import TimelineItem
from kalka.vault.keys import Keys
from kalka.vault.rows import Row

LATE = timedelta(minutes=15)  # an answer written down later than that shows when


def timeline(actor: Actor, subject_id: UUID, *, now: datetime, keys: Keys | None = None) -> list[TimelineItem]:
    calls = list(access.visible(actor, Call.objects.filter(subject_id=subject_id), now=now))
    replies = Reply.objects.filter(call__in=calls) if calls else ()
    written = list(papers(actor, subject_id, now=now))
    answers = PaperAnswer.objects.filter(addressee__paper__in=written).select_related("addressee") if written else ()
    return [
        *(_called(one, keys) for one in calls),
        *(_replied(one, keys) for one in replies),
        *(_written(one, keys) for one in written),
        *(_answered(one, keys) for one in answers),
    ]


def open_work(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[Blocker, ...]:
    """Nobody closes a case on a call or a paper of hers that was never answered."""
    calls = tuple(
        Blocker("complaints.call_open", {"url": reverse("complaints:call", args=[one.case_ref, one.pk])})
        for one in unanswered(actor, subject_id, now=now).order_by("recorded_at", "id")
    )
    open_papers = tuple(
        Blocker("complaints.paper_open", {"url": reverse("complaints:paper", args=[one.case_ref, one.pk])})
        for one in unanswered_papers(actor, subject_id, now=now).order_by("recorded_at", "id")
    )
    return (*calls, *open_papers)


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
        recorded_at=row.recorded_at if row.recorded_at - row.at > LATE else None,
    )


def _written(row: Paper, keys: Keys | None) -> TimelineItem:
    return TimelineItem(
        at=row.recorded_at,
        what=f"complaints.paper_{row.kind}",
        icon="file",
        who_post=row.post_id,
        lines=_lines(row, keys),
        key=True,
        url=reverse("complaints:paper", args=[row.case_ref, row.pk]),
    )


def _answered(row: PaperAnswer, keys: Keys | None) -> TimelineItem:
    return TimelineItem(
        at=row.recorded_at,
        what=f"complaints.answer_{row.how}",
        icon="decide",
        who_post=row.addressee.asked_id,
        lines=_lines(row, keys),
    )


def _lines(row: Row, keys: Keys | None) -> tuple[str, ...]:
    told = keys.get(row, "told") if keys else None
    return (told,) if told else ()
