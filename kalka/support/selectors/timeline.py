"""What support adds to the time of a case: codes and days, in one statement. The words stay on its own page."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateField, F, QuerySet, Value
from django.db.models.functions import Cast

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.core.clock import BISHKEK
from kalka.core.permissions import Permission
from kalka.core.timeline import TimelineItem
from kalka.support import labels
from kalka.support.models import AidGiven, Contact, DocumentStep, Goal, SafetyPlan, SafetyWord, ServiceGiven
from kalka.vault.keys import Keys

NOON = time(12)
CODE = CharField(max_length=24)
FOR_PROFESSIONS = ("service", "goal")
ICONS = {"contact": "phone", "word": "shield", "safety": "shield", "aid": "team", "document": "file"}


def timeline(actor: Actor, subject_id: UUID, *, now: datetime, keys: Keys | None = None) -> list[TimelineItem]:
    """For whoever gives the help of one profession what was wished for and given; all for whoever works with the plan;
    nothing for anybody else."""
    if not actor.may(Permission.SUPPORT_READ):
        return []
    parts: tuple[tuple[str, QuerySet[Any], str, str], ...] = (
        ("service", ServiceGiven.objects.filter(void=None), "kind", "on"),
        ("aid", AidGiven.objects.all(), "what", "on"),
        ("contact", Contact.objects.all(), "reached", "on"),
        ("document", DocumentStep.objects.all(), "state", "on"),
        ("goal", Goal.objects.all(), "area", ""),
        ("word", SafetyWord.objects.all(), "feels", ""),
        ("safety", SafetyPlan.objects.all(), "number", ""),
    )
    whole = actor.may(Permission.SUPPORT_WORK)
    first, *others = (
        _part(access.visible(actor, rows.filter(subject_id=subject_id), now=now), what, code, on)
        for what, rows, code, on in parts
        if whole or what in FOR_PROFESSIONS
    )
    return [_item(*row) for row in first.union(*others, all=True)]


def _part(rows: QuerySet[Any], what: str, code: str, on: str) -> QuerySet[Any, Any]:
    told = rows.annotate(
        part=Value(what, CODE), code=Cast(F(code), CODE), day=F(on) if on else Cast(Value(None), DateField())
    )
    listed: QuerySet[Any, Any] = told.values_list("part", "code", "day", "recorded_at", "post_id")
    return listed


def _item(what: str, code: str, day: date | None, recorded_at: datetime, post_id: int | None) -> TimelineItem:
    """By its own day where it has one; else by the moment it was written down."""
    at = recorded_at if day is None else min(datetime.combine(day, NOON, tzinfo=BISHKEK), recorded_at)
    return TimelineItem(
        at=at,
        what=f"support.{what}",
        icon=ICONS.get(what, "note"),
        facts={"title": labels.TITLES[what].get(code, code)},
        who_post=post_id,
        whole_day=day is not None,
    )
