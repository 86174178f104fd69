"""What is put into the library, and handed out of it."""

from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID, uuid5

from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError, Stale
from kalka.core.inserting import insert_unless_there
from kalka.core.permissions import Permission
from kalka.files import rules as files
from kalka.files.cleaning import cleaned
from kalka.library import rules, selectors
from kalka.library.models import Conference, Handing, HandingTakenBack, Material, Version, VersionFile, Written
from kalka.library.rules import NewHanding, NewVersion
from kalka.places import selectors as places

W = TypeVar("W", bound=Written)


@command("library.publish", needs=Permission.LIBRARY_KEEP)
def publish(
    actor: Actor,
    *,
    id: UUID,
    kind: str,
    audience: str,
    name: str,
    first: NewVersion,
    now: datetime,
    by: str = "",
    conference_id: UUID | None = None,
) -> Material:
    """A material with its first version. Sent twice it is one."""
    rules.known("kind", kind, list(rules.Kind))
    rules.known("audience", audience, list(rules.Audience))
    said = {"name": rules.line("name", name), "by": rules.line("by", by, needed=False)}
    rules.check_version(first, today=clock.day_of(now))
    if conference_id is not None:
        selectors.get_conference(actor, conference_id)
    row = Material(id=id, kind=kind, audience=audience, conference_id=conference_id, **said, **_written(actor, now))
    if not insert_unless_there(row):
        return _same(Material, actor, id)
    _version(actor, uuid5(id, "1"), row, first, now)
    return row


@command("library.add_version", needs=Permission.LIBRARY_KEEP)
def add_version(actor: Actor, *, id: UUID, material_id: UUID, told: NewVersion, now: datetime) -> Version:
    """What stood before stays, and who received it."""
    material = selectors.get_material(actor, material_id)
    rules.check_version(told, today=clock.day_of(now))
    if Version.objects.filter(pk=id).exists():
        return _same(Version, actor, id)
    return _version(actor, id, material, told, now)


@command("library.hand_over", needs=Permission.LIBRARY_KEEP)
def hand_over(actor: Actor, *, id: UUID, version_id: UUID, told: NewHanding, now: datetime) -> Handing:
    """Copies to an office or an organisation. Refuses at its field what tells of a person."""
    version = selectors.get_version(actor, version_id)
    rules.check_handing(told, today=clock.day_of(now))
    if told.place not in places.infos([told.place]):
        raise DomainError("library.not_an_answer", field="place")
    row = Handing(
        id=id,
        version=version,
        to=told.to,
        name=rules.line("name", told.name),
        place=told.place,
        copies=told.copies,
        on=told.on,
        **_written(actor, now),
    )
    return row if insert_unless_there(row) else _same(Handing, actor, id)


@command("library.take_back_handing", needs=Permission.LIBRARY_KEEP)
def take_back_handing(
    actor: Actor, *, id: UUID, material_id: UUID, handing_id: UUID, why: str, now: datetime
) -> HandingTakenBack:
    """It counts no more, and stays written down. What the own organisation wrote alone; twice is once."""
    handing = selectors.own_handing(actor, material_id, handing_id)
    rules.known("why", why, list(rules.Why))
    row = HandingTakenBack(id=id, handing=handing, why=why, **_written(actor, now))
    there = HandingTakenBack.objects.filter(handing=handing).first()
    if there is not None and there.pk != id:
        raise Stale("library.taken_back_already", field="handing")
    return row if insert_unless_there(row) else _same(HandingTakenBack, actor, id)


@command("library.hold_conference", needs=Permission.LIBRARY_KEEP)
def hold_conference(actor: Actor, *, id: UUID, name: str, on: date, place: str, now: datetime) -> Conference:
    """Its presentations are materials that name it."""
    name = rules.line("name", name)
    rules.day("on", on, clock.day_of(now))
    if place not in places.infos([place]):
        raise DomainError("library.not_an_answer", field="place")
    row = Conference(id=id, name=name, on=on, place=place, **_written(actor, now))
    return row if insert_unless_there(row) else _same(Conference, actor, id)


def _version(actor: Actor, id: UUID, material: Material, told: NewVersion, now: datetime) -> Version:
    media = files.check(told.content) if told.content else None
    content = cleaned(media, told.content) if media else b""
    before = Version.objects.filter(material=material, language=told.language).count()
    row = Version(
        id=id,
        material=material,
        number=before + 1,
        language=told.language,
        on=told.on,
        address=told.address,
        media=media or "",
        **_written(actor, now),
    )
    row.save(force_insert=True)
    if content:
        VersionFile.objects.create(version=row, content=content)
    return row


def _written(actor: Actor, now: datetime) -> dict[str, Any]:
    if actor.organisation_id is None:
        raise AccessDenied("library.unknown")
    return {"organisation_id": actor.organisation_id, "author_id": actor.user_id, "at": now}


def _same(model: type[W], actor: Actor, id: UUID) -> W:
    """What this very person made under the id before."""
    there = model._default_manager.filter(pk=id, author_id=actor.user_id).first()
    if there is None:
        raise AccessDenied("core.id_taken")
    return there
