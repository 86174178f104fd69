"""Decisions as they stand: what was decided, what an addendum says since, and what became of it."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.referrals import selectors as referrals
from kalka.sittings.lines import DecisionLine
from kalka.sittings.models import Addendum, Carried, CaseDecision, Item, OwnDecision
from kalka.sittings.rules import Sort, became
from kalka.sittings.selectors.rows import AnyDecision, decisions_of, items_of
from kalka.sittings.standing import standing
from kalka.vault.keys import Keys

NOBODY = "—"


def decision_lines(
    actor: Actor,
    items: Collection[UUID],
    *,
    titles: Mapping[int, str],
    now: datetime,
    keys: Keys | None = None,
) -> list[DecisionLine]:
    """Of these items. `titles`: the label of each holding; `keys`: for words about the committee's own work."""
    about, own = decisions_of(actor, items, now=now)
    rows: list[AnyDecision] = [*about, *own]
    changes, ended, to = _changes(actor, rows, now), _ended(actor, rows, now), _receivers(actor, about)
    lines = (_line(row, titles, changes.get(row.pk, []), ended.get(row.pk), keys, now) for row in rows)
    return [replace(one, to=to.get(one.id, {})) for one in lines]


def running_before(actor: Actor, organisation_id: int, before: datetime, *, now: datetime) -> list[UUID]:
    """Items of earlier sittings of a committee: what was decided there is looked at in the next one."""
    rows = Item.objects.filter(sitting__organisation=organisation_id, sitting__at__lt=before)
    return list(items_of(actor, rows, now=now).values_list("pk", flat=True))


def changes_of(actor: Actor, row: AnyDecision, *, now: datetime) -> list[Addendum]:
    return _changes(actor, [row], now).get(row.pk, [])


def _changes(actor: Actor, rows: Collection[AnyDecision], now: datetime) -> dict[UUID, list[Addendum]]:
    found: dict[UUID, list[Addendum]] = {}
    addenda = Addendum.objects.filter(decision__in=[row.pk for row in rows]).order_by("number")
    for one in access.visible(actor, addenda, now=now):
        found.setdefault(one.decision, []).append(one)
    return found


def _ended(actor: Actor, rows: Collection[AnyDecision], now: datetime) -> dict[UUID, tuple[str, date]]:
    carried = Carried.objects.filter(decision__in=[row.pk for row in rows])
    rows_ = access.visible(actor, carried, now=now).values_list("decision", "how", "on")
    return {id: (how, on) for id, how, on in rows_}


def _receivers(actor: Actor, rows: Collection[CaseDecision]) -> dict[UUID, dict[str, str]]:
    """By decision: to whom it refers; not while she is still to be asked."""
    made = {row.record: row.pk for row in rows if row.record and row.sort == Sort.REFERRAL}
    return {made[record]: names for record, names in referrals.receivers(actor, made).items()} if made else {}


def _line(
    row: AnyDecision,
    titles: Mapping[int, str],
    changes: list[Addendum],
    ended: tuple[str, date] | None,
    keys: Keys | None,
    now: datetime,
) -> DecisionLine:
    by, responsible, withdrawn = standing(row, changes)
    how, on = ended or ("", None)
    words = str(keys.get(row, "words") or "") if keys is not None and isinstance(row, OwnDecision) else ""
    about = row if isinstance(row, CaseDecision) else None
    return DecisionLine(
        id=row.pk,
        item_id=row.item_id,
        sitting_id=row.item.sitting_id,
        taken_on=day_of(row.item.sitting.at),
        measure=row.measure,
        case_ref=about.case_ref if about else "",
        sort=about.sort if about else Sort.TASK,
        responsible=responsible,
        title=titles.get(responsible, NOBODY),
        by=by,
        som=about.som if about else 0,
        became=became(by, how, withdrawn, today=day_of(now)),
        how=how,
        ended_on=on,
        changed=bool(changes),
        words=words,
    )
