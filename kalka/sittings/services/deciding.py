"""Conflicts, decisions, and what became of them."""

from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.cases import services as cases
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError, Stale
from kalka.core.permissions import Permission
from kalka.sittings import effects, quorum, rules, selectors
from kalka.sittings.catalogue import OTHER, catalogue
from kalka.sittings.lines import MemberLine
from kalka.sittings.models import Carried, CaseDecision, Conflict, Item, OwnDecision, Passed, Roll, Sitting, SittingEnd
from kalka.sittings.rules import How, NewDecision, Quorum, Sort
from kalka.sittings.standing import standing
from kalka.vault.classes import Klass
from kalka.vault.rows import repeated, written

AnyDecision = CaseDecision | OwnDecision


@command("sittings.declare_conflict", needs=Permission.SITTING_ATTEND)
def declare_conflict(actor: Actor, *, id: UUID, item_id: UUID, holding_id: int, now: datetime) -> Conflict:
    """A member steps back from an item: from now on they see nothing of it and of the case, are not counted, and cannot
    be made responsible. By oneself, or written down by whoever keeps the sitting. Never taken back here.

    Refuses `sittings.answers_for_it` for whoever answers already for what was decided there.
    """
    content = [item_id, holding_id]
    if again := repeated(Conflict, actor, id=id, content=content):
        return again
    item = selectors.get_item(actor, item_id, now=now)
    row = item.sitting
    member = _member(actor, row, holding_id)
    if member.user_id != actor.user_id and not selectors.may_keep(actor, row):
        raise AccessDenied("sittings.unknown")
    if CaseDecision.objects.filter(item=item, responsible=holding_id).exists():
        raise DomainError("sittings.answers_for_it", field="holding")
    if Conflict.objects.filter(item=item, holding=holding_id).exists():
        raise Stale("sittings.conflict_is_there", field="holding")
    conflict = Conflict(
        **written(actor, id=id, subject_id=row.subject_id, content=content, now=now),
        item=item,
        holding_id=holding_id,
        user_id=member.user_id,
    )
    conflict.save(force_insert=True)
    if item.case_ref:
        cases.step_back(actor, typed_ref=item.case_ref, user_id=member.user_id, now=now)
    return conflict


@command("sittings.decide", needs=Permission.SITTING_KEEP)
def decide(actor: Actor, *, id: UUID, item_id: UUID, told: NewDecision, now: datetime) -> AnyDecision:
    """A measure, who answers for it, and by when: the duty of that member, and the record the measure asks for.

    Refuses before it was written down who came, without a quorum that an act sets, once she took her consent back, and
    whoever declared a conflict.
    """
    item = _spoken_of(actor, item_id, now)
    row, about_case = item.sitting, bool(item.case_ref)
    content = [item_id, asdict(told)]
    if again := _decided_before(actor, about_case, id, content):
        return again
    conflicted = set(Conflict.objects.filter(item=item).values_list("holding_id", flat=True))
    _there(actor, row, conflicted, now)
    members = {one.holding_id: one for one in selectors.members(actor, row.organisation_id, day_of(row.at))}
    sorts = catalogue().sorts(about_case=about_case)
    on = day_of(row.at)
    rules.check_decision(
        told, about_case=about_case, measures=sorts, members=list(members), conflicted=conflicted, on=on
    )
    if about_case and selectors.consent(actor, item.case_ref, now=now) is None:
        raise DomainError("sittings.consent_is_over", field="measure")
    shared = written(actor, id=id, subject_id=row.subject_id, content=content, now=now)
    number = (CaseDecision if about_case else OwnDecision)._default_manager.filter(item=item).count() + 1
    shared |= {"item": item, "number": number, "measure": told.measure, "by": told.by}
    post_id = members[told.responsible].post_id
    if about_case:
        return _about_a_case(actor, item, told, shared, post_id, now)
    return _of_its_own(actor, row, told, shared, post_id, now)


@command("sittings.pass_over", needs=Permission.SITTING_KEEP)
def pass_over(actor: Actor, *, id: UUID, item_id: UUID, now: datetime) -> Passed:
    """The item was spoken of and nothing was decided. Said twice, it is once."""
    item = _spoken_of(actor, item_id, now)
    if again := repeated(Passed, actor, id=id, content=[item_id]):
        return again
    if (there := Passed.objects.filter(item=item).first()) is not None:
        return there
    _there(actor, item.sitting, set(), now)
    shared = written(actor, id=id, subject_id=item.subject_id, content=[item_id], now=now)
    row = Passed(**shared, item=item)
    row.save(force_insert=True)
    return row


@command("sittings.carry_out", needs=Permission.DUTY_END)
def carry_out(
    actor: Actor, *, id: UUID, decision_id: UUID, how: str, on: date, budget: str = "", now: datetime
) -> Carried:
    """What became of a decision, once: by whoever answers for it, or written down by the secretary for them.

    Refuses a day to come or before it was decided, what was withdrawn, and aid whose source nobody named.
    """
    row = selectors.get_decision(actor, decision_id, now=now)
    content = [decision_id, how, on, budget]
    if again := repeated(Carried, actor, id=id, content=content):
        return again
    rules.known("how", how, list(How))
    Sitting.objects.select_for_update().get(pk=row.item.sitting_id)
    changes = selectors.changes_of(actor, row, now=now)
    _by, responsible, withdrawn = standing(row, changes)
    _mine(actor, row, responsible, now)
    if not day_of(row.item.sitting.at) <= on <= day_of(now):
        raise DomainError("sittings.day_unfit", field="on")
    if withdrawn or Carried.objects.filter(decision=row.pk).exists():
        raise Stale("sittings.decision_is_over")
    shared = written(actor, id=id, subject_id=row.subject_id, content=content, now=now)
    carried = Carried(**shared, decision=row.pk, how=how, on=on)
    carried.save(force_insert=True)
    effects.carried(actor, row, changes, how=how, on=on, budget=budget, now=now)
    return carried


def _decided_before(actor: Actor, about_case: bool, id: UUID, content: object) -> AnyDecision | None:
    if about_case:
        return repeated(CaseDecision, actor, id=id, content=content)
    return repeated(OwnDecision, actor, id=id, content=content)


def _spoken_of(actor: Actor, item_id: UUID, now: datetime) -> Item:
    """Of a sitting that is not over; nobody else decides there until the end of the command."""
    item = selectors.get_item(actor, item_id, now=now)
    Sitting.objects.select_for_update().get(pk=item.sitting_id)
    if SittingEnd.objects.filter(sitting=item.sitting_id).exists():
        raise Stale("sittings.is_over")
    return item


def _there(actor: Actor, row: Sitting, conflicted: set[int], now: datetime) -> Roll:
    roll = selectors.last_roll(actor, row, now=now)
    if roll is None:
        raise DomainError("sittings.nobody_came")
    found = rules.present(roll.came, roll.members, quorum.share(day_of(row.at)), conflicted)
    if found.quorum is Quorum.MISSED:
        raise DomainError("sittings.no_quorum", came=found.came, members=found.members)
    return roll


def _member(actor: Actor, row: Sitting, holding_id: int) -> MemberLine:
    seated = selectors.members(actor, row.organisation_id, day_of(row.at))
    found = next((one for one in seated if one.holding_id == holding_id), None)
    if found is None:
        raise DomainError("sittings.not_an_answer", field="holding")
    return found


def _mine(actor: Actor, row: AnyDecision, responsible: int, now: datetime) -> None:
    if selectors.may_keep(actor, row.item.sitting):
        return
    seated = selectors.members(actor, row.item.sitting.organisation_id, day_of(now))
    if actor.post_id not in {one.post_id for one in seated if one.holding_id == responsible}:
        raise AccessDenied("sittings.unknown")


def _about_a_case(
    actor: Actor, item: Item, told: NewDecision, shared: dict[str, object], post_id: int, now: datetime
) -> CaseDecision:
    assert item.about is not None  # kept by the database with the code
    measure = catalogue().measures[told.measure]
    row = CaseDecision(
        **shared,
        case_ref=item.case_ref,
        about=item.about,
        sort=measure.sort,
        responsible_id=told.responsible,
        som=told.som,
    )
    if measure.sort is not Sort.TASK:  # a task is its duty alone
        organisation = item.sitting.organisation_id
        row.record = effects.record(actor, measure, row, organisation=organisation, post_id=post_id, now=now)
    row.save(force_insert=True)
    effects.assign(row, post_id, told.by, now=now)
    return row


def _of_its_own(
    actor: Actor, sitting: Sitting, told: NewDecision, shared: dict[str, object], post_id: int, now: datetime
) -> OwnDecision:
    if told.measure == OTHER and not told.words.strip():
        raise DomainError("sittings.words_missing", field="words")
    row = OwnDecision(**shared, responsible_id=told.responsible)
    if told.words.strip():
        keys = access.keys_for(actor, sitting.subject_id, now=now, klasses=[Klass.NARRATIVE])
        keys.put(row, "words", told.words.strip())
    row.save(force_insert=True)
    effects.assign(row, post_id, told.by, now=now)
    return row
