"""A photo: its faces are made unreadable before anything is kept; she looks at what is left, and says her word."""

from base64 import b64decode, b64encode
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from kalka.access import selectors as access
from kalka.core import sight
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import DomainError, Stale
from kalka.core.permissions import Permission
from kalka.prevention import faces, practice, rules, selectors
from kalka.prevention.models import EventWithdrawn, Photo
from kalka.prevention.rules import PhotoState
from kalka.prevention.selectors import sealed
from kalka.vault.classes import Klass
from kalka.vault.fields import Sealed
from kalka.vault.keys import Keys
from kalka.vault.rows import repeated, written


@command("prevention.offer_photo", needs=Permission.EVENT_KEEP)
def offer_photo(actor: Actor, *, id: UUID, event_id: UUID, minors: str, content: bytes, now: datetime) -> Photo:
    """Without metadata, every face that is found made unreadable. Waits for her word; nobody else sees it until then.

    Refuses a picture with anybody under 18 on it, and one of whom nobody knows: there is no way to keep it.
    """
    event = selectors.own_event(actor, event_id)
    rules.known("minors", minors, ("no", "yes"))
    rules.check_more_than_numbers(event.kind, "file")
    if minors != "no":
        raise DomainError("prevention.minors", field="minors")
    said = [str(event_id), content.hex()]
    if again := repeated(Photo, actor, id=id, content=said):
        return again
    if EventWithdrawn.objects.filter(event=event).exists():
        raise Stale("prevention.withdrawn_already")
    made = faces.without_faces(content)
    row = Photo(**written(actor, id=id, subject_id=event.file, content=said, now=now), event=event, found=made.found)
    _seal(_keys(actor, row, now), row, made.jpeg)
    row.save(force_insert=True)
    return row


@command("prevention.mark_faces", needs=Permission.EVENT_KEEP)
def mark_faces(actor: Actor, *, photo_id: UUID, marks: Collection[str], now: datetime) -> Photo:
    """Makes more places unreadable, for good. Refuses none at all, and a photo that was kept meanwhile."""
    row = _waiting(actor, photo_id, now)
    chosen = rules.places_marked(marks)
    if not chosen:
        raise DomainError("prevention.nothing_marked", field="marks")
    keys = _keys(actor, row, now)
    _seal(keys, row, faces.with_marks(b64decode(keys.get(row, "picture")), chosen))
    row.marked = min(row.marked + len(chosen), 999)
    row.save(update_fields=["marked", "picture"])
    return row


@command("prevention.answer_photo", needs=Permission.EVENT_KEEP)
def answer_photo(actor: Actor, *, photo_id: UUID, keep: bool, swears: bool, now: datetime) -> Photo:
    """Keep it as it is shown, or destroy it. Where no face was found or marked, she says that nobody can be
    recognised; without that it is refused with `prevention.word_needed`."""
    if not keep:
        row = sealed.photo_row(actor, photo_id, now=now)
        row.state, row.said_at, row.picture = PhotoState.GONE, now, Sealed(b"")
        row.save(update_fields=["state", "said_at", "picture"])
        return row
    row = _waiting(actor, photo_id, now)
    if not (row.found or row.marked or swears):
        raise DomainError("prevention.word_needed", field="swears")
    row.state, row.said_at, row.swore = PhotoState.KEPT, now, swears
    row.save(update_fields=["state", "said_at", "swore"])
    return row


@command("prevention.sweep_photos", needs=Permission.SYSTEM)
@sight.beyond()  # of every committee: nothing is opened
def sweep_photos(actor: Actor, *, now: datetime) -> int:
    """Photos nobody said a word of are destroyed after the days of `practice.yaml`. Returns how many."""
    before = now - timedelta(days=practice.photo_waits_days())
    rows = Photo.objects.filter(state=PhotoState.WAITING, recorded_at__lt=before)
    return rows.update(state=PhotoState.GONE, said_at=now, picture=Sealed(b""))


def _waiting(actor: Actor, photo_id: UUID, now: datetime) -> Photo:
    row = sealed.waiting_photo(actor, photo_id, now=now)
    if row.state != PhotoState.WAITING:
        raise Stale("prevention.photo_is_kept")
    return row


def _keys(actor: Actor, row: Photo, now: datetime) -> Keys:
    return access.keys_for(actor, row.subject_id, now=now, klasses=(Klass.EVIDENCE,))


def _seal(keys: Keys, row: Photo, jpeg: bytes) -> None:
    keys.put(row, "picture", b64encode(jpeg).decode())
