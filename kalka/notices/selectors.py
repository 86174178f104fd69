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
from kalka.notices.models import Notice
from kalka.notices.rules import LANGUAGES, SHOWN_FOR

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


def any_due(actor: Actor, *, now: datetime) -> bool:
    """For the delivery alone, so that nothing is written down where nothing is to do."""
    if not actor.may(Permission.SYSTEM):
        raise AccessDenied("core.not_permitted")
    return Notice.objects.due(now).exists()


def _words(kind: str) -> str:
    lang = (get_language() or LANGUAGES[0])[:2]
    found = texts.kinds().get(kind)
    return found.inside.get(lang if lang in LANGUAGES else LANGUAGES[0], "") if found else ""
