"""Corrections beside the minutes, and sittings of before, out of a journal."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, time
from uuid import UUID

from kalka.access import services as grants
from kalka.committees import services as committees
from kalka.core.actors import Actor, organisation_holder
from kalka.core.clock import BISHKEK, day_of
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError, Stale
from kalka.core.permissions import Permission
from kalka.core.refs import derived, new_id
from kalka.directory import selectors as directory
from kalka.sittings import effects, rules, selectors
from kalka.sittings.lines import MemberLine
from kalka.sittings.models import Addendum, Carried, Conflict, Sitting, SittingEnd, Summary
from kalka.sittings.rules import Change, NewPast, State
from kalka.sittings.standing import AnyDecision, standing
from kalka.vault.classes import Klass
from kalka.vault.keys import new_keys
from kalka.vault.rows import repeated, written


@command("sittings.add_addendum", needs=Permission.SITTING_KEEP)
def add_addendum(
    actor: Actor,
    *,
    id: UUID,
    decision_id: UUID,
    change: str,
    by: date | None = None,
    responsible: int | None = None,
    now: datetime,
) -> Addendum:
    """Another term, somebody else who answers for it, or that it is withdrawn. The decision stays as it was taken; its
    duty follows. Refuses what has ended, and whoever declared a conflict."""
    row = selectors.get_decision(actor, decision_id, now=now)
    sitting = row.item.sitting
    content = [decision_id, change, by, responsible]
    if again := repeated(Addendum, actor, id=id, content=content):
        return again
    rules.check_change(change, by=by, responsible=responsible, first=day_of(sitting.at))
    Sitting.objects.select_for_update().get(pk=sitting.pk)
    changes = selectors.changes_of(actor, row, now=now)
    if standing(row, changes)[2] or Carried.objects.filter(decision=row.pk).exists():
        raise Stale("sittings.decision_is_over")
    members = {one.holding_id: one for one in selectors.members(actor, sitting.organisation_id, day_of(now))}
    if change == Change.RESPONSIBLE:
        _may_answer(row.item_id, responsible, members)
    addendum = Addendum(
        **written(actor, id=id, subject_id=sitting.subject_id, content=content, now=now),
        sitting=sitting,
        decision=row.pk,
        number=len(changes) + 1,
        change=change,
        by=by if change == Change.TERM else None,
        responsible_id=responsible if change == Change.RESPONSIBLE else None,
    )
    addendum.save(force_insert=True)
    _follow(actor, row, [*changes, addendum], members, now)
    return addendum


def _follow(
    actor: Actor, row: AnyDecision, changes: Sequence[Addendum], members: Mapping[int, MemberLine], now: datetime
) -> None:
    """The duty, and what was to be given or done, go where the last of these says."""
    effects.let_go(actor, row, now=now)
    until, whose, withdrawn = standing(row, changes)
    post_id = members[whose].post_id if not withdrawn and whose in members else None
    if post_id is not None:
        effects.assign(row, post_id, until, now=now)
    effects.corrected(actor, row, changes, post_id=post_id, by=until, now=now)


def _may_answer(item_id: UUID, responsible: int | None, members: Collection[int]) -> None:
    conflicted = set(Conflict.objects.filter(item=item_id).values_list("holding_id", flat=True))
    if responsible in conflicted:
        raise DomainError("sittings.conflicted", field="responsible")
    if responsible not in members:
        raise DomainError("sittings.not_an_answer", field="responsible")


@command("sittings.note_past", needs=Permission.SITTING_KEEP)
def note_past(actor: Actor, *, id: UUID, told: NewPast, now: datetime) -> Sitting:
    """A sitting held before, out of the committee's own journal: that it was, and counts. Refuses a day to come, and
    more done than was decided."""
    content = asdict(told)
    if again := repeated(Sitting, actor, id=id, content=content):
        return again
    organisation = directory.organisation(actor.organisation_id or 0)
    if organisation is None or organisation.kind != "committee":
        raise AccessDenied("sittings.no_committee")
    rules.check_past(told, today=day_of(now))
    at = datetime.combine(told.on, time(10), tzinfo=BISHKEK)
    shared = written(actor, id=id, subject_id=new_id(), content=content, now=now)
    row = Sitting(**shared, organisation_id=organisation.id, kind=told.kind, at=at, venue=told.venue)
    new_keys(row.subject_id, [Klass.NARRATIVE])
    grants.grant(row.subject_id, organisation_holder(organisation.id), why="sitting", now=now)
    row.save(force_insert=True)
    ended = shared | {"id": derived(id, "end")}
    SittingEnd(**ended, sitting=row, how=State.HELD).save(force_insert=True)
    counts = {name: content[name] for name in ("came", "cases", "decisions", "done")}
    Summary(**(shared | {"id": derived(id, "summary")}), sitting=row, **counts).save(force_insert=True)
    committees.worked(organisation.id, "sitting", on=told.on)
    return row
