"""Proceedings that others opened are written down here, with how far they are and how they ended."""

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.errors import DomainError, Stale
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.orders import selectors as orders
from kalka.people import selectors as people
from kalka.proceedings import bans, documents, effects, rules, selectors
from kalka.proceedings.grounds import CODES, Ground, grounds
from kalka.proceedings.holding import hold
from kalka.proceedings.models import Proceeding, ProceedingEnd, ProceedingNumber, ProceedingStep
from kalka.proceedings.numbers import number_key
from kalka.proceedings.rules import How, NewCustody, NewEnd, NewProceeding, NewStep
from kalka.risk import services as risk
from kalka.vault.rows import Row, repeated, written

if TYPE_CHECKING:
    from kalka.cases.models import Case


@command("proceedings.open", needs=Permission.PROCEEDING_KEEP)
def open_proceeding(actor: Actor, *, id: UUID, case_ref: str, told: NewProceeding, now: datetime) -> Proceeding:
    """Write down proceedings against somebody said to have done it, by the law of the day they began.

    Refuses a ground that law does not know, evasion or refusal without what they rest on, and words for a report he
    may read that say where the people he hurt are.
    """
    case = selectors.open_case(actor, case_ref, now=now)
    content = asdict(told)
    if again := repeated(Proceeding, actor, id=id, content=content):
        return again
    ground = _checked(actor, case, told, now)
    row = Proceeding(
        **written(actor, id=id, subject_id=case.subject_id, content=content, now=now),
        case_ref=case.ref,
        person_id=told.person,
        order_id=told.order,
        course=ground.course,
        ground=told.ground,
        on=told.on,
        bans=",".join(sorted(set(told.bans))),
        sessions_set=told.sessions_set,
        sessions_missed=told.sessions_missed,
        warned_on=told.warned_on,
        **_cited(ground, told),
    )
    _seal(actor, row, told.told, now)
    row.save(force_insert=True)
    _numbered(actor, row, told.register, told.number, id=id, now=now)
    effects.note("proceeding_opened", actor, row.subject_id, row.person_id, row.on, now=now)
    effects.let_oversee(row.subject_id, case.place, now=now)
    effects.answered(actor, row, now=now)
    effects.to_tell_the_outcome(actor, row, now=now)
    return row


def _checked(actor: Actor, case: "Case", told: NewProceeding, now: datetime) -> Ground:
    ground = grounds().get(told.ground)
    if ground is None:
        raise DomainError("proceedings.not_an_answer", field="ground")
    alleged = selectors.alleged(actor, case.subject_id, now=now)
    rules.check_proceeding(told, ground, alleged=alleged, today=day_of(now))
    rules.among("bans", set(told.bans) <= set(bans.listed()), (True,), "proceedings.not_an_answer")
    if told.order is not None:
        orders.get_order(actor, case.ref, told.order, now=now)
    if told.ground in documents.PACKS and told.told.strip():
        _nothing_of_hers(actor, case.subject_id, told.told, alleged, now)
    return ground


def _nothing_of_hers(actor: Actor, subject_id: UUID, words: str, alleged: frozenset[UUID], now: datetime) -> None:
    keys = access.keys_for(actor, subject_id, now=now)
    others = [one.contact for one in people.persons(actor, subject_id, keys) if one.id not in alleged and one.contact]
    known = [told for one in others for told in (one.phone, one.address, one.school, one.workplace)]
    if rules.gives_away(words, known):
        raise DomainError("proceedings.where_she_is", field="told")


def _cited(ground: Ground, told: NewProceeding) -> dict[str, object]:
    """The provision as it stood; the article alone where no parameter names it."""
    basis = ground.basis(told.on)
    if basis is None:
        return {"act": CODES[ground.course], "article": told.article}
    article = str(basis.value) if ground.is_article and basis.is_set else basis.article or ""
    return {"act": basis.act or "", "article": article, "basis": basis.as_json()}


@command("proceedings.step", needs=Permission.PROCEEDING_KEEP)
def note_step(
    actor: Actor, *, id: UUID, case_ref: str, proceeding_id: UUID, told: NewStep, now: datetime
) -> ProceedingStep:
    """How far it is. Refuses a stage its course does not have, and a day before it began."""
    row = _held(selectors.get_proceeding(actor, case_ref, proceeding_id, now=now))
    content = [proceeding_id, asdict(told)]
    if again := repeated(ProceedingStep, actor, id=id, content=content):
        return again
    rules.check_step(told, row.course, begun=row.on, today=day_of(now))
    step = ProceedingStep(
        **written(actor, id=id, subject_id=row.subject_id, content=content, now=now),
        proceeding=row,
        stage=told.stage,
        on=told.on,
    )
    _seal(actor, step, told.told, now)
    step.save(force_insert=True)
    _numbered(actor, row, told.register, told.number, id=id, now=now)
    return step


@command("proceedings.end", needs=Permission.PROCEEDING_KEEP)
def end_proceeding(
    actor: Actor,
    *,
    id: UUID,
    case_ref: str,
    proceeding_id: UUID,
    told: NewEnd,
    seen: str | None = None,
    now: datetime,
) -> ProceedingEnd:
    """How it was decided. Told again, it is a later decision, and that one holds; `seen` is how many were told before.

    What a court said stands as it is; an amount the law of that day does not allow is marked. An arrest that has begun
    is custody from that moment, and its end is known from now on.
    """
    row = _held(selectors.get_proceeding(actor, case_ref, proceeding_id, now=now))
    content = [proceeding_id, asdict(told)]
    if again := repeated(ProceedingEnd, actor, id=id, content=content):
        return again
    before = ProceedingEnd.objects.filter(proceeding=row).count()
    if seen is not None and seen != str(before):
        raise Stale("proceedings.ended_meanwhile")
    rules.check_end(told, begun=row.on, now=now)
    end = ProceedingEnd(
        **written(actor, id=id, subject_id=row.subject_id, content=content, now=now),
        proceeding=row,
        number=before + 1,
        how=told.how,
        on=told.on,
        reason=told.reason if told.how in rules.WITHOUT_JUDGEMENT else "",
        **_sentenced(row, told),
    )
    _seal(actor, end, told.told, now)
    end.save(force_insert=True)
    _after(actor, row, end, told, now)
    return end


def _sentenced(row: Proceeding, told: NewEnd) -> dict[str, object]:
    if told.how != How.GUILTY:
        return {}
    amount = told.amount if told.sentence != rules.Sentence.OTHER else None
    least, most, provisions = grounds()[row.ground].limits(told.sentence, told.on)
    return {
        "sentence": told.sentence,
        "amount": amount,
        "measured": rules.measured(amount, least, most) if amount and provisions else rules.Measured.UNSET,
        "limits": [one.as_json() for one in provisions],
    }


def _after(actor: Actor, row: Proceeding, end: ProceedingEnd, told: NewEnd, now: datetime) -> None:
    happened = {How.GUILTY: "found_guilty"} | dict.fromkeys(rules.WITHOUT_JUDGEMENT, "proceeding_refused")
    if kind := happened.get(How(told.how)):
        effects.note(kind, actor, row.subject_id, row.person_id, told.on, now=now)
    if told.how == How.GUILTY:
        risk.require_reassessment(actor, "found_guilty", subject_id=row.subject_id, now=now)
    effects.outcome_told(actor, row, now=now)
    if told.how in rules.WITHOUT_JUDGEMENT:
        effects.alert("proceeding_refused", actor, row.subject_id, effects.PROSECUTOR, now=now)
    if told.sentence == rules.Sentence.ARREST and told.how == How.GUILTY and told.arrested_at and told.amount:
        until = rules.ends_of_arrest(told.arrested_at, told.amount)
        new = NewCustody(row.person_id, rules.Custody.ARREST, rules.Keeper.POLICE, told.arrested_at, until)
        hold(actor, row.subject_id, row.case_ref, new, id=derived(end.pk, "custody"), end=end, now=now)


def _numbered(actor: Actor, row: Proceeding, register: str, number: str, *, id: UUID, now: datetime) -> None:
    """Refuses a second number of one register, and one this person has already in the case."""
    if not register:
        return
    key = number_key(register, number)
    same = ProceedingNumber.objects.filter(subject_id=row.subject_id, proceeding__person=row.person_id)
    if same.filter(number_key=key).exists() or row.numbers.filter(register=register).exists():
        raise Stale("proceedings.has_a_number", field="number")
    new = ProceedingNumber(
        **written(actor, id=derived(id, "number"), subject_id=row.subject_id, content=[id], now=now),
        proceeding=row,
        register=register,
        number_key=key,
    )
    access.keys_for(actor, row.subject_id, now=now).put(new, "number", number.strip())
    new.save(force_insert=True)


def _held(row: Proceeding) -> Proceeding:
    """Two steps of one proceeding wait for each other."""
    return Proceeding.objects.select_for_update().get(pk=row.pk)


def _seal(actor: Actor, row: Row, words: str, now: datetime) -> None:
    if words.strip():
        access.keys_for(actor, row.subject_id, now=now).put(row, "told", words.strip())
