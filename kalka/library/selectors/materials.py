"""Materials are the same for everybody at work; who received them, for whoever hands them out in the territory."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Sum

from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.files.rules import Media
from kalka.files.selectors import Opened
from kalka.library.models import Conference, Handing, Material, Version, VersionFile
from kalka.library.rules import LANGUAGES, Audience, Kind
from kalka.places import selectors as places
from kalka.ui.between import Between

LISTED = 200
ANY_DAY = Between()


@dataclass(frozen=True, slots=True)
class MaterialLine:
    id: UUID
    kind: str
    audience: str
    name: str
    by: str
    languages: tuple[str, ...]
    copies: int | None = None  # handed out in the days that were asked for, where any were


@dataclass(frozen=True, slots=True)
class VersionLine:
    id: UUID
    number: int
    language: str
    on: date
    address: str
    media: str
    newest: bool


@dataclass(frozen=True, slots=True)
class HandingLine:
    """`why`: it was taken back, and does not count."""

    id: UUID
    to: str
    name: str
    place: str
    copies: int
    on: date
    language: str
    own: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class MaterialPage:
    line: MaterialLine
    conference: tuple[UUID, str] | None
    versions: tuple[VersionLine, ...]
    handings: tuple[HandingLine, ...]
    copies: dict[str, int]  # by kind of recipient, in the territory


@dataclass(frozen=True, slots=True)
class ConferencePage:
    id: UUID
    name: str
    on: date
    place: str
    materials: tuple[MaterialLine, ...]


def materials(
    actor: Actor,
    *,
    kind: str = "",
    audience: str = "",
    language: str = "",
    handed: Between = ANY_DAY,
    offices: Collection[int] = (),
) -> tuple[MaterialLine, ...]:
    """With days, those that were handed out then and how many copies, whoever did it; with offices, in their places."""
    _may_read(actor)
    rows = Material.objects.all()
    if kind in list(Kind):
        rows = rows.filter(kind=kind)
    if audience in list(Audience):
        rows = rows.filter(audience__in=(audience, Audience.EVERYBODY))
    if language in LANGUAGES:
        rows = rows.filter(pk__in=Version.objects.filter(language=language).values("material"))
    if not handed and not offices:
        return _lines(list(rows.order_by("-at", "pk")[:LISTED]))
    copies = _copies(handed, offices)
    return _lines(list(rows.filter(pk__in=copies).order_by("-at", "pk")[:LISTED]), copies)


def get_material(actor: Actor, material_id: UUID) -> Material:
    _may_read(actor)
    found = Material.objects.filter(pk=material_id).select_related("conference").first()
    if found is None:
        raise AccessDenied("library.unknown")
    return found


def get_version(actor: Actor, version_id: UUID) -> Version:
    _may_read(actor)
    found = Version.objects.filter(pk=version_id).first()
    if found is None:
        raise AccessDenied("library.unknown")
    return found


def material_page(actor: Actor, material_id: UUID) -> MaterialPage:
    row = get_material(actor, material_id)
    versions = list(row.versions.order_by("language", "-number"))
    newest = {one.language: one.pk for one in reversed(versions)}
    handed = Handing.objects.filter(version__material=row, place__in=places.within(actor.place))
    sums = handed.filter(taken_back=None).order_by("to").values_list("to").annotate(Sum("copies"))
    mine = handed.filter(organisation=actor.organisation_id) if not actor.may(Permission.STORY_REVIEW) else handed
    shown = (
        mine.select_related("version", "taken_back").order_by("-on", "pk")[:LISTED]
        if actor.may(Permission.LIBRARY_KEEP)
        else []
    )
    return MaterialPage(
        line=_lines([row])[0],
        conference=(row.conference.pk, row.conference.name) if row.conference else None,
        versions=tuple(
            VersionLine(v.pk, v.number, v.language, v.on, v.address, v.media, newest[v.language] == v.pk)
            for v in versions
        ),
        handings=tuple(
            HandingLine(
                id=one.pk,
                to=one.to,
                name=one.name,
                place=places.name(one.place),
                copies=one.copies,
                on=one.on,
                language=one.version.language,
                own=one.organisation_id == actor.organisation_id,
                why=one.taken_back.why if hasattr(one, "taken_back") else "",
            )
            for one in shown
        ),
        copies=dict(sums),
    )


def own_handing(actor: Actor, material_id: UUID, handing_id: UUID) -> Handing:
    """Of this material, by the own organisation. AccessDenied for any other."""
    material = get_material(actor, material_id)
    found = Handing.objects.filter(pk=handing_id, version__material=material, organisation=actor.organisation_id)
    row = found.first() if actor.may(Permission.LIBRARY_KEEP) else None
    if row is None:
        raise AccessDenied("library.unknown")
    return row


def file_of(actor: Actor, version_id: UUID) -> Opened:
    row = VersionFile.objects.filter(version=get_version(actor, version_id)).select_related("version").first()
    if row is None:
        raise AccessDenied("library.unknown")
    return Opened(Media(row.version.media), bytes(row.content))


def conferences(actor: Actor) -> list[tuple[UUID, str]]:
    _may_read(actor)
    return list(Conference.objects.order_by("-on", "pk").values_list("pk", "name")[:LISTED])


def get_conference(actor: Actor, conference_id: UUID) -> Conference:
    _may_read(actor)
    found = Conference.objects.filter(pk=conference_id).first()
    if found is None:
        raise AccessDenied("library.unknown")
    return found


def conference_page(actor: Actor, conference_id: UUID) -> ConferencePage:
    row = get_conference(actor, conference_id)
    shown = _lines(list(Material.objects.filter(conference=row).order_by("at", "pk")))
    return ConferencePage(row.pk, row.name, row.on, places.name(row.place), shown)


def _may_read(actor: Actor) -> None:
    if not actor.may(Permission.LIBRARY_READ):
        raise AccessDenied("library.unknown")


def _copies(handed: Between, offices: Collection[int]) -> dict[UUID, int]:
    """By material. Of offices: what reached their places."""
    rows = Handing.objects.filter(**handed.lookups("on"), taken_back=None)
    if offices:
        bodies = [body for one in offices if (body := directory.organisation(one))]
        rows = rows.filter(place__in=set().union(*(places.within(body.place) for body in bodies)))
    return dict(rows.order_by().values_list("version__material").annotate(Sum("copies")))


def _lines(rows: list[Material], copies: Mapping[UUID, int] | None = None) -> tuple[MaterialLine, ...]:
    there = Version.objects.filter(material__in=rows).order_by("language").values_list("material_id", "language")
    languages: dict[UUID, list[str]] = {}
    for material_id, language in there.distinct():
        languages.setdefault(material_id, []).append(language)
    return tuple(
        MaterialLine(
            id=row.pk,
            kind=row.kind,
            audience=row.audience,
            name=row.name,
            by=row.by,
            languages=tuple(languages.get(row.pk, ())),
            copies=copies[row.pk] if copies else None,
        )
        for row in rows
    )
