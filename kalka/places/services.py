"""Loading the territory: a list somebody gives, or what every installation begins with."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from kalka.core import clock, datafile
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.places import listing, rules
from kalka.places.models import Place, Succession
from kalka.places.rules import Plan, Unit
from kalka.sheets import reading
from kalka.sheets.table import RowError

BUILTIN = Path(__file__).parent / "builtin.yaml"
_BATCH = 250
_FIELDS = ["level", "parent", "names", "name_status", "iso", "note", "valid_from", "valid_to", "vintage"]
Progress = Callable[[int, int], None]  # done, of how many


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What was written, or in a dry run would be. With errors nothing was: it is all or nothing."""

    vintage: str
    rows: int
    created: int = 0
    changed: int = 0
    ended: int = 0
    same: int = 0
    errors: tuple[RowError, ...] = ()
    ignored: tuple[str, ...] = ()  # headings nobody knows
    drafts: int = 0  # Kyrgyz names that wait for a speaker
    written: bool = False


@command("places.import", needs=Permission.PLACES_IMPORT)
def import_places(
    actor: Actor,
    *,
    data: bytes,
    filename: str,
    vintage: str = "",
    dry_run: bool = False,
    now: datetime,
    progress: Progress | None = None,
) -> ImportReport:
    """Refuses a file that cannot be read, a month missing, mixed or to come, and a list older than the loaded one.

    Loading twice is loading once. What a later list of the same territory no longer names ends, it is not deleted.
    """
    read = reading.read(data, filename, listing.COLUMNS)
    total = len(read.rows) + len({error.row for error in read.errors})
    if read.errors:
        return ImportReport(vintage, total, errors=read.errors, ignored=read.ignored)
    month = _month(listing.vintage_of(read.rows, vintage), now)
    rows = [listing.listed(row) for row in read.rows]
    plan = rules.plan(rows, _stored(), vintage=month)
    if plan.faults:
        errors = tuple(RowError(fault.row, fault.column, fault.code, fault.facts) for fault in plan.faults)
        return ImportReport(month, total, errors=errors, ignored=read.ignored)
    if not dry_run:
        _write(actor, plan=plan, progress=progress)
    return ImportReport(
        vintage=month,
        rows=total,
        created=len(plan.create),
        changed=len(plan.change),
        ended=len(plan.end),
        same=plan.same,
        ignored=read.ignored,
        drafts=sum(rules.is_draft(row.status) for row in rows),
        written=not dry_run,
    )


@command("places.install_builtin", needs=Permission.SYSTEM)
def install_builtin(actor: Actor, *, now: datetime, demo: bool = False) -> int:
    """The country and its nine ISO 3166-2 units; with `demo` also the first of the demo's territory. Returns how many.

    Adds what is missing and changes nothing: what a list said stands.
    """
    return _add(_units_of(BUILTIN, "units", "demo") if demo else _units_of(BUILTIN, "units"))


@command("places.install_file", needs=Permission.SYSTEM)
def install_file(actor: Actor, *, file: Path, now: datetime) -> int:
    """More territory out of a data file: what is real under `units`, then what is `invented`. As `install_builtin`."""
    return _add(_units_of(file, "units", "invented"))


def _add(units: Iterable[Unit]) -> int:
    known = set(Place.objects.values_list("code", flat=True))
    missing = [unit for unit in units if unit.code not in known]
    _save(missing, None)
    return len(missing)


def _month(vintage: str, now: datetime) -> str:
    begun = rules.first_day(vintage)
    if begun and begun > clock.day_of(now):
        raise DomainError("places.vintage_to_come", field="vintage")
    return vintage


@command("places.write_list", needs=Permission.PLACES_IMPORT)
def _write(actor: Actor, *, plan: Plan, progress: Progress | None) -> None:
    """A step of its own, so that the record tells a list that was loaded from one that was only looked at."""
    _save((*plan.create, *plan.change, *plan.end), progress)
    pairs = [Succession(before_id=before, after_id=after, on=on) for before, after, on in plan.successions]
    Succession.objects.bulk_create(pairs, ignore_conflicts=True)


def _save(units: Iterable[Unit], progress: Progress | None) -> None:
    rows = [_row(unit) for unit in units]
    for at in range(0, len(rows), _BATCH):
        Place.objects.bulk_create(
            rows[at : at + _BATCH], update_conflicts=True, unique_fields=["code"], update_fields=_FIELDS
        )
        if progress:
            progress(min(at + _BATCH, len(rows)), len(rows))


def _row(unit: Unit) -> Place:
    return Place(
        code=unit.code,
        level=unit.level,
        parent_id=unit.parent or None,
        names={"ky": unit.ky, "ru": unit.ru, "en": unit.en},
        name_status=unit.status,
        iso=unit.iso,
        note=unit.note,
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
        vintage=unit.vintage,
    )


def _stored() -> list[Unit]:
    return [
        Unit(
            code=place.code,
            level=place.level,
            parent=place.parent_id or "",
            ky=place.names["ky"],
            ru=place.names["ru"],
            en=place.names["en"],
            iso=place.iso,
            note=place.note,
            status=place.name_status,
            valid_from=place.valid_from,
            valid_to=place.valid_to,
            vintage=place.vintage,
        )
        for place in Place.objects.order_by("code")
    ]


@cache
def _units_of(file: Path, *parts: str) -> tuple[Unit, ...]:
    """Parents stand before children in the file."""
    body = datafile.Fields(datafile.read(file), file.name)
    return tuple(_unit(row, file.name) for part in parts for row in body.take(part, list))


def _unit(row: object, where: str) -> Unit:
    fields = datafile.Fields(row, where)
    names, code = fields.words("name"), fields.take("code", str)
    unit = Unit(
        code=code,
        level=fields.one_of("level", rules.LEVELS),
        parent=fields.maybe("in", str) or "",
        ky=names["ky"],
        ru=names["ru"],
        en=names["en"],
        iso=fields.maybe("iso", str) or "",
        note="",
        status=rules.GIVEN,
        valid_from=None,
        valid_to=None,
        vintage=rules.INVENTED if rules.is_invented(code) else rules.BUILT_IN,
    )
    fields.close()
    return unit
