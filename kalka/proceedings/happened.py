"""Proceedings, custody and weapons as entries of a case's time."""

from collections.abc import Sequence
from datetime import date, datetime, time

from kalka.core import clock
from kalka.core.timeline import TimelineItem
from kalka.proceedings import grounds, labels
from kalka.proceedings.lines import CustodyLine
from kalka.proceedings.models import Proceeding, ProceedingEnd, ProceedingStep, WeaponCheck
from kalka.proceedings.rules import Weapon
from kalka.vault.keys import Keys
from kalka.vault.rows import Row

DANGER = (Weapon.FOUND, Weapon.RETURNED)


def of_file(
    rows: Sequence[Proceeding], custody: Sequence[CustodyLine], weapons: Sequence[WeaponCheck], keys: Keys | None
) -> list[TimelineItem]:
    """Unordered: whoever shows it merges. As many statements for many as for one."""
    items = of_proceedings(rows, keys)
    for line in custody:
        items += _custody(line)
    return items + [_weapon(row, keys) for row in weapons]


def of_proceedings(rows: Sequence[Proceeding], keys: Keys | None) -> list[TimelineItem]:
    if not rows:
        return []
    ids = [row.pk for row in rows]
    items = [_item(row, row.on, "begun", keys, {"title": grounds.title(row.ground)}, key=True) for row in rows]
    steps = ProceedingStep.objects.filter(proceeding__in=ids)
    items += [_item(row, row.on, "step", keys, {"title": labels.STAGES[row.stage]}) for row in steps]
    for end in ProceedingEnd.objects.filter(proceeding__in=ids):
        items.append(_item(end, end.on, "ended", keys, {"title": labels.HOWS[end.how]}, key=True))
    return items


def _custody(line: CustodyLine) -> list[TimelineItem]:
    facts: dict[str, object] = {"title": labels.CUSTODY[line.kind]}
    begun = TimelineItem(line.begun_at, "proceedings.held", "lock", facts, line.post_id, key=True)
    if line.freed_at is None:
        return [begun]
    how: dict[str, object] = {"title": labels.FREED[line.freed_how]}
    freed = TimelineItem(line.freed_at, "proceedings.freed", "warn", how, key=True, alarm=line.unforeseen)
    return [begun, freed]


def _weapon(row: WeaponCheck, keys: Keys | None) -> TimelineItem:
    facts: dict[str, object] = {"title": labels.WEAPONS[row.what]}
    return _item(row, row.on, "weapon", keys, facts, icon="warn" if row.what in DANGER else "note")


def _item(
    row: Row,
    on: date,
    what: str,
    keys: Keys | None,
    facts: dict[str, object],
    *,
    key: bool = False,
    icon: str = "scale",
) -> TimelineItem:
    text = keys.get(row, "told") if keys else None
    late = clock.day_of(row.recorded_at) > on
    at = datetime.combine(on, time(23, 59), tzinfo=clock.BISHKEK) if late else row.recorded_at
    return TimelineItem(
        at,
        f"proceedings.{what}",
        icon,
        facts,
        row.post_id,
        (str(text),) if text else (),
        key=key,
        recorded_at=row.recorded_at if late else None,
        whole_day=late,
    )
