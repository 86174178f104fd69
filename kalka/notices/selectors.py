"""What a post is told, and whether anything waits to go out."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.notices import texts
from kalka.notices.marks import reached
from kalka.notices.models import Chosen, Notice, Stopped
from kalka.notices.rules import LANGUAGES, SHOWN_FOR, Way
from kalka.vault.classes import Klass

SHOWN = 20


@dataclass(frozen=True, slots=True)
class PostNotice:
    id: UUID
    kind: str
    words: str  # in the language of the page
    subject_id: UUID
    at: datetime


def for_post(actor: Actor, *, now: datetime) -> list[PostNotice]:
    """What the actor's post has not read yet, the latest first. Nothing of a file the actor is walled off from."""
    if actor.post_id is None:
        return []
    mine = Notice.objects.filter(to_post=actor.post_id, to_person=None, seen_at=None)
    rows = access.unwalled(actor, mine.filter(created_at__gt=now - SHOWN_FOR))
    return [
        PostNotice(row.pk, row.kind, _words(row.kind), row.subject_id, row.created_at)
        for row in rows.order_by("-created_at", "id")[:SHOWN]
    ]


def chosen(actor: Actor, subject_id: UUID, *, now: datetime) -> dict[UUID, tuple[str, str]]:
    """The channel and address each person of a file chose last. Whoever was not asked yet is not among them.

    Opens addresses, and says so in the record, only where somebody chose another way than SMS.
    """
    rows = access.visible(actor, Chosen.objects.filter(subject_id=subject_id), now=now)
    latest = {row.person_id: row for row in rows.order_by("recorded_at", "id")}
    if all(row.way == Way.SMS for row in latest.values()):
        return {person: (row.way, "") for person, row in latest.items()}
    keys = access.unlock(actor, [subject_id], what="notices.way", now=now, klasses=(Klass.CONTACT,))
    return {person: (row.way, str(keys.get(row, "address") or "")) for person, row in latest.items()}


def last_chosen(actor: Actor, person_id: UUID, *, now: datetime) -> str:
    """Which choice of somebody's holds: an id, empty while there is none."""
    rows = access.visible(actor, Chosen.objects.filter(person=person_id), now=now)
    last = rows.order_by("-recorded_at", "-id").values_list("pk", flat=True).first()
    return str(last or "")


def way_of(actor: Actor, person_id: UUID, *, now: datetime) -> str:
    """By what somebody chose to be told; empty while nobody asked."""
    rows = access.visible(actor, Chosen.objects.filter(person=person_id), now=now)
    return rows.order_by("-recorded_at", "-id").values_list("way", flat=True).first() or ""


def last_told(actor: Actor, person_id: UUID, *, now: datetime) -> Notice | None:
    """What became of the last message to somebody."""
    rows = access.visible(actor, Notice.objects.filter(to_person=person_id), now=now)
    return rows.order_by("-created_at", "-pk").first()


def is_stopped(actor: Actor, way: str, address: str) -> bool:
    """Whether whoever reads there asked for no more by this way."""
    return Stopped.objects.filter(way=way, mac=reached(way, address), lifted_at=None).exists()


def any_due(actor: Actor, *, now: datetime) -> bool:
    """For the delivery alone, so that nothing is written down where nothing is to do."""
    if not actor.may(Permission.SYSTEM):
        raise AccessDenied("core.not_permitted")
    return Notice.objects.due(now).exists()


def _words(kind: str) -> str:
    lang = (get_language() or LANGUAGES[0])[:2]
    found = texts.kinds().get(kind)
    return found.inside.get(lang if lang in LANGUAGES else LANGUAGES[0], "") if found else ""
