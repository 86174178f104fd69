"""The parts of a case as entries of its time. What they mean in words is chosen at the edge (`labels.TIMELINE`)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time

from kalka.cases.rules import Circle, Stage
from kalka.cases.shown import (
    ConsentView,
    DemandView,
    IncidentView,
    NoteView,
    PartLine,
    StageView,
    WordView,
)
from kalka.core import clock
from kalka.core.timeline import TimelineItem
from kalka.files.selectors import AttachmentLine


def happened(
    *,
    people: tuple[PartLine, ...],
    incidents: tuple[IncidentView, ...],
    consents: tuple[ConsentView, ...],
    notes: tuple[NoteView, ...],
    demands: tuple[DemandView, ...],
    words: tuple[WordView, ...],
    stages: tuple[StageView, ...],
    attachments: tuple[AttachmentLine, ...],
    **_others: object,
) -> list[TimelineItem]:
    """Newest first."""
    items = [
        *_stages(stages),
        *_incidents(incidents),
        *_consents(consents),
        *_notes(notes),
        *(_demand(one) for one in demands),
        *(_word(one) for one in words),
        *(_attachment(one) for one in attachments),
    ]
    return sorted(items, key=lambda item: item.at, reverse=True)


def _stages(stages: Iterable[StageView]) -> Iterator[TimelineItem]:
    codes = {Stage.FOLLOW_UP: "cases.follow_up", Stage.CLOSED: "cases.closed"}
    for one in stages:
        code = "cases.opened" if one.number == 1 else codes.get(Stage(one.stage), "cases.reopened")
        facts: dict[str, object] = {"why": one.why}
        yield TimelineItem(one.recorded_at, code, icon="cases", facts=facts, who_post=one.post_id, key=True)


def _incidents(incidents: Iterable[IncidentView]) -> Iterator[TimelineItem]:
    for one in incidents:
        at = _at(one.on, one.recorded_at)
        facts: dict[str, object] = {
            "forms": one.forms,
            "gbvims": one.gbvims,
            "contexts": one.contexts,
            "signs": one.signs,
            "precision": one.precision,
            "on": one.on,
            "alleged": len(one.alleged),
            "children": len(one.children),
            "amended": one.amended,
            "id": str(one.id),
        }
        yield TimelineItem(
            at,
            "cases.incident_amended" if one.amends else "cases.incident",
            icon="warn",
            facts=facts,
            who_post=one.post_id,
            lines=tuple(text for text in (one.what, one.where, one.when_words) if text),
            key=True,
            recorded_at=one.recorded_at if clock.day_of(one.recorded_at) > one.on else None,
            whole_day=clock.day_of(one.recorded_at) > one.on,
        )


def _consents(consents: Iterable[ConsentView]) -> Iterator[TimelineItem]:
    for one in consents:
        facts: dict[str, object] = {
            "organisation": one.organisation,
            "purpose": one.purpose,
            "scope": one.scope,
            "until": one.until,
        }
        yield TimelineItem(one.recorded_at, "cases.consent", icon="done", facts=facts, who_post=one.post_id)
        if one.withdrawn_at:
            ended = facts | {"why": one.withdrawn_why}
            yield TimelineItem(one.withdrawn_at, "cases.consent_withdrawn", icon="lock", facts=ended)


def _notes(notes: Iterable[NoteView]) -> Iterator[TimelineItem]:
    for one in notes:
        yield TimelineItem(
            one.recorded_at,
            "cases.note" if one.circle == Circle.TEAM else "cases.closed_note",
            icon="note" if one.readable else "lock",
            facts={"circle": one.circle, "readable": one.readable, "id": str(one.id)},
            who_post=one.post_id,
            lines=(one.text,) if one.text else (),
        )


def _demand(one: DemandView) -> TimelineItem:
    return TimelineItem(
        _at(one.on, one.recorded_at),
        "cases.demand",
        icon="scale",
        facts={"who": one.who, "note": str(one.note_id or "")},
        who_post=one.post_id,
        lines=(one.ground,) if one.ground else (),
        whole_day=clock.day_of(one.recorded_at) > one.on,
    )


def _word(one: WordView) -> TimelineItem:
    return TimelineItem(
        _at(one.on, one.recorded_at),
        f"cases.{one.kind}",
        icon="scale",
        facts={"on": one.on},
        who_post=one.post_id,
        lines=(one.told,) if one.told else (),
        recorded_at=one.recorded_at if clock.day_of(one.recorded_at) > one.on else None,
        whole_day=clock.day_of(one.recorded_at) > one.on,
    )


def _attachment(one: AttachmentLine) -> TimelineItem:
    return TimelineItem(
        one.recorded_at,
        "cases.attachment",
        icon="report",
        facts={"id": str(one.id), "media": str(one.media), "size": one.size},
        who_post=one.post_id,
        lines=(one.name,),
    )


def _at(on: date, recorded_at: datetime) -> datetime:
    """The moment it was written down when that was the same day, else the end of the day it happened."""
    if clock.day_of(recorded_at) == on:
        return recorded_at
    return datetime.combine(on, time(23, 59), tzinfo=clock.BISHKEK)
