"""A sitting with its agenda, decisions and presence, for whoever of the committee looks at it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.directory import selectors as directory
from kalka.places import selectors as places
from kalka.sittings import quorum
from kalka.sittings.lines import AddendumLine, DecisionLine, ItemLine, SittingLine, SittingPage
from kalka.sittings.models import Addendum, Conflict, Item, Passed, Roll, Sitting
from kalka.sittings.rules import State, present
from kalka.sittings.selectors.calendar import sittings
from kalka.sittings.selectors.decisions import NOBODY, decision_lines, running_before
from kalka.sittings.selectors.members import members
from kalka.sittings.selectors.rows import get_decision, get_sitting, items_of, may_keep
from kalka.vault.classes import Klass
from kalka.vault.keys import Keys


def sitting(actor: Actor, sitting_id: UUID, *, now: datetime) -> SittingPage:
    """AccessDenied for another committee's. Leaves the read entry `sittings.page`."""
    row = get_sitting(actor, sitting_id, now=now)
    keys = access.unlock(actor, [row.subject_id], what="sittings.page", now=now, klasses=[Klass.NARRATIVE])
    lines = {one.id: one for one in sittings(actor, now=now)}
    roll = last_roll(actor, row, now=now)
    day = day_of(row.at)
    seated = members(actor, row.organisation_id, day, roll.came if roll else ())
    titles = {one.holding_id: one.title for one in seated}
    items = item_lines(actor, row, keys, titles=titles, now=now)
    organisation = directory.organisation(row.organisation_id)
    assert organisation is not None  # nothing is ever deleted
    counted = roll.members if roll else [one.holding_id for one in seated]
    return SittingPage(
        line=lines[row.pk],
        committee=organisation.names,
        place=places.name(organisation.place),
        items=items,
        members=seated,
        roll=roll is not None,
        present=present(roll.came if roll else (), counted, quorum.share(day)),
        quorum_words=quorum.words(day),
        before=_before(actor, row, lines.values(), titles, now),
        addenda=_addenda(actor, row, [one for item in items for one in item.decisions], titles, now),
        next=_next(lines.values(), row),
        may_keep=may_keep(actor, row),
    )


def item_lines(
    actor: Actor, row: Sitting, keys: Keys, *, titles: Mapping[int, str], now: datetime
) -> Sequence[ItemLine]:
    items = list(items_of(actor, Item.objects.filter(sitting=row), now=now).order_by("number"))
    ids = [item.pk for item in items]
    by_item: dict[UUID, list[DecisionLine]] = defaultdict(list)
    for line in decision_lines(actor, ids, titles=titles, keys=keys, now=now):
        by_item[line.item_id].append(line)
    passed = set(access.visible(actor, Passed.objects.filter(item__in=ids), now=now).values_list("item", flat=True))
    conflicts: dict[UUID, set[int]] = defaultdict(set)
    said = access.visible(actor, Conflict.objects.filter(item__in=ids), now=now)
    for item_id, holding in said.values_list("item", "holding"):
        conflicts[item_id].add(holding)
    asked = [(item.about, item.consent_id) for item in items if item.about and item.consent_id]
    agreed = cases.still_open(actor, asked, now=now)
    return [
        ItemLine(
            id=item.pk,
            number=place,
            topic=item.topic,
            why=item.why,
            case_ref=item.case_ref,
            about=item.about,
            agreed=item.consent_id is None or item.consent_id in agreed,
            passed=item.pk in passed,
            conflicts=frozenset(conflicts[item.pk]),
            decisions=by_item[item.pk],
            words=str(keys.get(item, "words") or ""),
        )
        for place, item in enumerate(items, start=1)
    ]


def last_roll(actor: Actor, row: Sitting, *, now: datetime) -> Roll | None:
    return access.visible(actor, Roll.objects.filter(sitting=row), now=now).order_by("-number").first()


def decision(actor: Actor, decision_id: UUID, *, now: datetime) -> DecisionLine:
    """One, for whoever answers for it or keeps the sittings; AccessDenied for any other. Its reading is recorded."""
    row = get_decision(actor, decision_id, now=now)
    sitting_row = row.item.sitting
    keys = access.unlock(actor, [row.subject_id], what="sittings.decision", now=now, klasses=[Klass.NARRATIVE])
    seated = members(actor, sitting_row.organisation_id, day_of(now))
    titles = {one.holding_id: one.title for one in seated}
    lines = decision_lines(actor, [row.item_id], titles=titles, keys=keys, now=now)
    return next(one for one in lines if one.id == decision_id)


def _before(
    actor: Actor, row: Sitting, lines: Iterable[SittingLine], titles: Mapping[int, str], now: datetime
) -> list[DecisionLine]:
    """What became of each decision of the sitting held before this one, of all that still run, and of what has ended
    since that sitting."""
    held = [one for one in lines if one.state is State.HELD and one.at < row.at]
    last = max(held, key=lambda one: one.at, default=None)
    if last is None:
        return []
    items = running_before(actor, row.organisation_id, row.at, now=now)
    found = decision_lines(actor, items, titles=titles, now=now)
    told = [
        one
        for one in found
        if one.runs or one.sitting_id == last.id or (one.ended_on is not None and one.ended_on >= last.on)
    ]
    return sorted(told, key=lambda one: (not one.runs, one.by, str(one.id)))


def _addenda(
    actor: Actor, row: Sitting, decisions: Sequence[DecisionLine], titles: Mapping[int, str], now: datetime
) -> list[AddendumLine]:
    known = {one.id: one for one in decisions}
    rows = access.visible(actor, Addendum.objects.filter(sitting=row, decision__in=known), now=now)
    return [
        AddendumLine(
            on=day_of(one.recorded_at),
            change=one.change,
            decision=known[one.decision],
            by=one.by,
            title=titles.get(one.responsible_id, NOBODY) if one.responsible_id else "",
        )
        for one in rows.order_by("recorded_at", "number")
    ]


def _next(lines: Iterable[SittingLine], row: Sitting) -> SittingLine | None:
    later = [one for one in lines if one.at > row.at and one.state is not State.CANCELLED]
    return min(later, key=lambda one: one.at, default=None)
