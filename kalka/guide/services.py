"""Writing the directory: who helps, with what, where. All of it is public; what must not be public is not taken."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError, Stale
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.guide import importing, rules, selectors
from kalka.guide.models import Location, Provider, Revision, Service, ServiceAt
from kalka.guide.rules import NewLocation, NewService, Where
from kalka.places import selectors as places


@command("guide.add_provider", needs=Permission.GUIDE_EDIT_ALL)
def add_provider(
    actor: Actor,
    *,
    id: UUID,
    name: Mapping[str, str],
    now: datetime,
    about: Mapping[str, str] | None = None,
    organisation_id: int | None = None,
) -> Provider:
    """Somebody who helps. With an organisation of this installation, its posts keep the entries and can be asked."""
    if (again := Provider.objects.filter(id=id).first()) is not None:
        return again
    rules.check_provider(name, about or {})
    if organisation_id is not None:
        if organisation_id not in {one.id for one in directory.organisations()}:
            raise DomainError("guide.not_on_the_list", field="organisation")
        if Provider.objects.filter(organisation=organisation_id).exists():
            raise DomainError("guide.provider_is_there", field="organisation")
    return Provider.objects.create(
        id=id, name=_trimmed(name), about=_trimmed(about or {}), organisation_id=organisation_id
    )


@command("guide.add_location", needs=Permission.GUIDE_EDIT)
def add_location(actor: Actor, *, id: UUID, provider_id: UUID, told: NewLocation, now: datetime) -> Location:
    """Refuses an address of a place that must not be known."""
    _own(actor, provider_id)
    if (again := Location.objects.filter(id=id, provider=provider_id).first()) is not None:
        return again
    rules.check_location(told, places={told.place} if places.get(told.place) else ())
    return Location.objects.create(id=id, provider_id=provider_id, **_where(told))


@command("guide.add_service", needs=Permission.GUIDE_EDIT)
def add_service(actor: Actor, *, id: UUID, provider_id: UUID, told: NewService, now: datetime) -> Service:
    """A new entry counts as confirmed on its day."""
    _own(actor, provider_id)
    if (again := Service.objects.filter(id=id, provider=provider_id).first()) is not None:
        return again
    _check(provider_id, told)
    row = Service(id=id, provider_id=provider_id, **_body(told), **_confirmed(actor, now))
    row.save(force_insert=True)
    _settle(actor, row, told, now)
    return row


@command("guide.change_service", needs=Permission.GUIDE_EDIT)
def change_service(actor: Actor, *, service_id: UUID, version: int, told: NewService, now: datetime) -> Service:
    """Refuses with `guide.changed_meanwhile` when somebody else changed it after this version was read."""
    selectors.entry(actor, service_id, today=day_of(now))
    row = Service.objects.select_for_update().get(id=service_id)
    _check(row.provider_id, told)
    if row.version != version:
        if row.version == version + 1 and _last(row) == _as_kept(told):  # sent twice
            return row
        raise Stale("guide.changed_meanwhile")
    for name, value in {**_body(told), **_confirmed(actor, now), "version": version + 1}.items():
        setattr(row, name, value)
    row.save()
    ServiceAt.objects.filter(service=row).delete()
    _settle(actor, row, told, now)
    return row


@command("guide.confirm", needs=Permission.GUIDE_EDIT)
def confirm(actor: Actor, *, service_ids: Collection[UUID], now: datetime) -> list[Service]:
    """All is still so. Another's entry answers like one that is not there, and then none is confirmed."""
    own = {one.id for one in selectors.entries(actor, today=day_of(now))}
    if not service_ids or not set(service_ids) <= own:
        raise AccessDenied("guide.unknown")
    rows = Service.objects.filter(id__in=service_ids)
    rows.update(**_confirmed(actor, now))
    return list(rows.order_by("id"))


@command("guide.take", needs=Permission.GUIDE_EDIT_ALL)
def take(actor: Actor, *, data: bytes, now: datetime) -> list[Service]:
    """A document of the standard or its tables, whole or not at all; the same one twice changes nothing."""
    taken = []
    for one in importing.read(data):
        provider = add_provider(actor, id=one.provider_id, name=one.provider, about=one.about, now=now)
        _as_told(provider, {"name": _trimmed(one.provider), "about": _trimmed(one.about)})
        for id, told in one.locations:
            there = add_location(actor, id=id, provider_id=one.provider_id, told=told, now=now)
            if there.kind == Where.WITHHELD != told.kind:  # another service may be hidden there
                raise DomainError("guide.address_must_not_be_known", field="file")
            _as_told(there, _where(told))
        kept = Service.objects.filter(id=one.id, provider=one.provider_id).first()
        if kept is None:
            taken.append(add_service(actor, id=one.id, provider_id=one.provider_id, told=one.service, now=now))
        elif _last(kept) != _as_kept(one.service):
            taken.append(change_service(actor, service_id=one.id, version=kept.version, told=one.service, now=now))
    return taken


def _where(told: NewLocation) -> dict[str, object]:
    return {
        "kind": told.kind,
        "place": told.place,
        "address": _trimmed(told.address) if told.address is not None else None,
        "accessible": told.accessible,
    }


def _as_told(row: Provider | Location, told: Mapping[str, object]) -> None:
    """What a file says of an organisation or of a place counts from now on."""
    if any(getattr(row, name) != value for name, value in told.items()):
        for name, value in told.items():
            setattr(row, name, value)
        row.save(update_fields=[*told])


def _check(provider_id: UUID, told: NewService) -> None:
    rules.check_service(told, selectors.lists(told.areas))
    kinds = {str(spot.id): spot.kind for spot in selectors.locations(provider_id)}
    if not set(told.locations) <= kinds.keys():
        raise DomainError("guide.not_on_the_list", field="locations")
    rules.check_secret(told.needs, [kinds[one] for one in told.locations])


def _settle(actor: Actor, row: Service, told: NewService, now: datetime) -> None:
    ServiceAt.objects.bulk_create(ServiceAt(service=row, location_id=UUID(one)) for one in told.locations)
    Revision.objects.create(
        service=row, version=row.version, body=_as_kept(told), author_id=actor.user_id, recorded_at=now
    )


def _last(row: Service) -> object:
    return Revision.objects.filter(service=row, version=row.version).values_list("body", flat=True).first()


def _as_kept(told: NewService) -> dict[str, object]:
    return {**_body(told), "locations": sorted(told.locations)}  # in no order of its own


def _body(told: NewService) -> dict[str, object]:
    lists = ("needs", "serves", "languages", "areas", "phones")
    return {
        **{name: _trimmed(getattr(told, name)) for name in ("name", "about", "coming")},
        **{name: list(getattr(told, name)) for name in lists},
        "hours": [{**asdict(one), "days": list(one.days)} for one in told.hours],
        "always": told.always,
        "cost": told.cost,
        "room": told.room,
        "status": str(told.status),
    }


def _confirmed(actor: Actor, now: datetime) -> dict[str, object]:
    return {"confirmed_on": day_of(now), "confirmed_by": actor.user_id}


def _trimmed(words: Mapping[str, str]) -> dict[str, str]:
    return {lang: text.strip() for lang, text in words.items() if text.strip()}


def _own(actor: Actor, provider_id: UUID) -> None:
    if provider_id not in {id for id, _ in selectors.providers(actor)}:
        raise AccessDenied("guide.unknown")
