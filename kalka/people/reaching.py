"""How a person may be reached without harm: asked at the moment of delivery, never before."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.people import relations
from kalka.people.models import Appearance, Person, PersonChange, Relation, Said
from kalka.people.rules import PARTS, Contact, next_safe, recipients, safe_now
from kalka.people.seen import contact_of
from kalka.vault.blind import dialled
from kalka.vault.classes import Klass
from kalka.vault.keys import Keys

TONGUES = ("ky", "ru", "en")
NOTHING = "none"  # what somebody chose who wants no message at all


@dataclass(frozen=True, slots=True, repr=False)
class SafeRoute:
    """Good for the moment it was asked for. Never stored, never logged: it shows nothing of itself."""

    person_id: UUID
    channel: str
    number: str
    language: str


@dataclass(frozen=True, slots=True)
class Reach:
    """`route` now, or else the next moment there may be one, or else why never: nobody, no_number, not_allowed."""

    route: SafeRoute | None = None
    again_at: datetime | None = None
    why_not: str = ""


def reach(
    actor: Actor,
    person_id: UUID,
    *,
    now: datetime,
    channel: str = "sms",
    chosen: Mapping[UUID, tuple[str, str]] | None = None,
) -> Reach:
    """Through the person, or for a child through whoever may be told in the child's place.

    `chosen`: by which other channel and address somebody chose to be told; a channel `none` is nothing at all.

    Raises AccessDenied when the actor does not see the person's file. One entry in the record.
    """
    person = access.visible(actor, Person.objects.filter(pk=person_id), now=now).first()
    if person is None:
        raise AccessDenied("people.not_visible")
    subject_id = person.subject_id
    keys = access.unlock(actor, [subject_id], what="people.reach", now=now, klasses=(Klass.CONTACT,))
    said, parts = _said(subject_id), _parts(subject_id)
    told = recipients(
        person_id,
        band=said[person_id][-1].age_band,
        is_child_here=person_id in parts["child"],
        representatives=[*_related(person_id, subject_id, clock.day_of(now)), *parts["guardian"]],
        alleged=parts["alleged"],
    )
    ways, his = chosen or {}, {_number(row, keys) for one in parts["alleged"] for row in said.get(one, ())}
    tried = [_try(other, said[other][-1], ways.get(other, (channel, "")), keys, now, his=his) for other in told]
    return _best(tried)


def _number(row: Said, keys: Keys) -> str:
    contact = contact_of(row, keys)
    return dialled(contact.phone) if contact else ""


def _best(tried: list[Reach]) -> Reach:
    for one in tried:
        if one.route:
            return one
    later = [one for one in tried if one.again_at]
    if later:
        return min(later, key=lambda one: one.again_at or datetime.max)
    return tried[0] if tried else Reach(why_not="nobody")


def _try(person_id: UUID, row: Said, way: tuple[str, str], keys: Keys, now: datetime, *, his: Collection[str]) -> Reach:
    """`his`: every number that was ever given for somebody who is said to have done it. It may ring in that hand."""
    contact, channel = contact_of(row, keys) or Contact(), way[0]
    number = way[1] or dialled(contact.phone)
    if not number:
        return Reach(why_not="no_number")
    if channel in (NOTHING, *contact.safe.never) or not contact.safe.when or number in his:
        return Reach(why_not="not_allowed")
    if not safe_now(contact.safe.when, now):
        return Reach(again_at=next_safe(contact.safe.when, now), why_not="not_now")
    language = contact.language if contact.language in TONGUES else TONGUES[0]
    return Reach(SafeRoute(person_id, channel, number, language))


def _said(subject_id: UUID) -> dict[UUID, list[Said]]:
    """What was said of each person of the file, the latest last."""
    found: dict[UUID, list[Said]] = {p.pk: [p] for p in Person.objects.filter(subject_id=subject_id)}
    for change in PersonChange.objects.filter(subject_id=subject_id).order_by("number"):
        found[change.person_id].append(change)
    return found


def _parts(subject_id: UUID) -> dict[str, list[UUID]]:
    rows = Appearance.objects.filter(subject_id=subject_id, ended_at=None).order_by("recorded_at", "id")
    found: dict[str, list[UUID]] = {part: [] for part in PARTS}
    for person_id, part in rows.values_list("person_id", "part"):
        found[part].append(person_id)
    return found


def _related(child_id: UUID, subject_id: UUID, on: date) -> list[UUID]:
    """Whoever stands to the child in a relation that represents."""
    kinds = relations.kinds()
    found: list[UUID] = []
    rows = Relation.objects.filter(subject_id=subject_id).exclude(until__lt=on)
    for row in rows.order_by("recorded_at", "id"):
        kind = kinds[row.kind]
        if row.other_id == child_id and kind.represents:
            found.append(row.person_id)
        elif row.person_id == child_id and kinds[kind.inverse].represents:
            found.append(row.other_id)
    return list(dict.fromkeys(found))
