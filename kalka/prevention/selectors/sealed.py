"""What is sealed of an event, for its own organisation: what was told, the roll, the photos."""

from base64 import b64decode
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.prevention.models import Event, EventNote, Photo, Roll
from kalka.prevention.rules import PhotoState
from kalka.vault.classes import Klass


@dataclass(frozen=True, slots=True)
class PhotoLine:
    id: UUID
    event_id: UUID
    state: str
    found: int
    marked: int

    @property
    def needs_word(self) -> bool:
        """Nobody's face was found or marked: she must say that nobody can be recognised."""
        return not (self.found or self.marked)


def told(actor: Actor, event: Event, *, now: datetime) -> str:
    note = access.visible(actor, EventNote.objects.filter(event=event), now=now).first()
    if note is None:
        return ""
    keys = access.unlock(actor, [event.file], what="prevention.event", now=now, klasses=(Klass.NARRATIVE,))
    return str(keys.get(note, "told") or "")


def roll(actor: Actor, event: Event, *, now: datetime) -> tuple[str, ...]:
    """The newest; empty where none was kept."""
    row = access.visible(actor, Roll.objects.filter(event=event), now=now).order_by("-recorded_at", "-pk").first()
    if row is None or not row.count:
        return ()
    keys = access.unlock(actor, [event.file], what="prevention.roll", now=now, klasses=(Klass.IDENTITY,))
    return tuple(keys.get(row, "names"))


def rolled(actor: Actor, event: Event, *, now: datetime) -> int:
    """How many stand on the newest roll, without opening it."""
    rows = access.visible(actor, Roll.objects.filter(event=event), now=now).order_by("-recorded_at", "-pk")
    return rows.values_list("count", flat=True).first() or 0


def photos(actor: Actor, event: Event, *, now: datetime) -> tuple[PhotoLine, ...]:
    """Those that are kept, and one's own that wait for a word."""
    rows = access.visible(actor, Photo.objects.filter(event=event), now=now).exclude(state=PhotoState.GONE)
    found = rows.order_by("recorded_at", "pk")
    return tuple(_line(row) for row in found if row.state == PhotoState.KEPT or row.author_id == actor.user_id)


def get_photo(actor: Actor, photo_id: UUID, *, now: datetime) -> PhotoLine:
    return _line(photo_row(actor, photo_id, now=now))


def picture(actor: Actor, photo_id: UUID, *, now: datetime) -> bytes:
    row = photo_row(actor, photo_id, now=now)
    keys = access.unlock(actor, [row.subject_id], what="prevention.photo", now=now, klasses=(Klass.EVIDENCE,))
    return b64decode(keys.get(row, "picture"))


def photo_row(actor: Actor, photo_id: UUID, *, now: datetime) -> Photo:
    """AccessDenied for one that is gone, another organisation's, or a colleague's that still waits, as for none."""
    rows = access.visible(actor, Photo.objects.filter(pk=photo_id), now=now)
    found = rows.exclude(state=PhotoState.GONE).first() if actor.may(Permission.EVENT_KEEP) else None
    if found is None or (found.state == PhotoState.WAITING and found.author_id != actor.user_id):
        raise AccessDenied("prevention.unknown")
    return found


def waiting_photo(actor: Actor, photo_id: UUID, *, now: datetime) -> Photo:
    """One's own that waits. AccessDenied for any other."""
    row = photo_row(actor, photo_id, now=now)
    if row.author_id != actor.user_id:
        raise AccessDenied("prevention.unknown")
    return row


def _line(row: Photo) -> PhotoLine:
    return PhotoLine(row.pk, row.event_id, row.state, row.found, row.marked)
