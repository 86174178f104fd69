"""A complaint against inaction, an application to extend an order, an appeal: to whom it goes, and what they answer."""

from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.cases import selectors as cases
from kalka.cases.rules import Stage
from kalka.complaints import effects, rules, selectors
from kalka.complaints.clocks import clocks
from kalka.complaints.effects import PAPER, TELL
from kalka.complaints.models import Addressee, Paper, PaperAnswer
from kalka.complaints.rules import ASKED, Kind, NewOutcome, NewPaper, To
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.errors import DomainError, Stale
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.duties import services as duties
from kalka.notices import services as notices
from kalka.orders import selectors as orders
from kalka.orders.rules import end_of
from kalka.vault.classes import Klass
from kalka.vault.rows import repeated, written

CAME, ANSWERED = "paper_came", "paper_answered"
TOLD_WITHIN = timedelta(hours=24)  # an internal rule


@command("complaints.file", needs=Permission.PAPER_FILE)
def file_paper(actor: Actor, *, id: UUID, case_ref: str, told: NewPaper, now: datetime) -> Paper:
    """Written with her. Each addressee is told, sees what it is about, and has a clock; a prosecutor sets the own one.

    Never goes to the post it is about. Refuses what does not say against what or which order, and a case in which
    nobody could answer.
    """
    case = cases.get_case(actor, case_ref, now=now)
    content = asdict(told)
    if again := repeated(Paper, actor, id=id, content=content):
        return again
    if case.stage == Stage.CLOSED:
        raise DomainError("complaints.case_closed")
    found = {one.id: one for one in orders.of_case(actor, case.subject_id, now=now)}
    posts = {int(code) for code, _title in selectors.against_choices(actor, case_ref, now=now)}
    rules.check_paper(told, orders=set(found), posts=posts, today=day_of(now))
    paper = Paper(
        **written(actor, id=id, subject_id=case.subject_id, content=content, now=now),
        case_ref=case.ref,
        kind=told.kind,
        ground=told.ground if told.kind == Kind.INACTION else "",
        order_id=told.order,
        against_id=told.against if told.kind == Kind.INACTION else None,
        on=told.on,
    )
    access.keys_for(actor, case.subject_id, now=now).put(paper, "told", told.told.strip())
    paper.save(force_insert=True)
    ends = end_of(found[told.order].last_day) if told.order else None
    _send(actor, paper, case.place, ends, now=now)
    return paper


def _send(actor: Actor, paper: Paper, place: str, ends: datetime | None, *, now: datetime) -> None:
    subject_id, due = paper.subject_id, clocks().paper_due(paper.kind, now, ends=ends)
    asked: dict[int, To] = {}
    for part in ASKED[Kind(paper.kind)]:
        post_id = effects.asked(part, actor, subject_id, place, paper.against_id, now=now)
        if post_id is not None and post_id != paper.against_id:
            asked.setdefault(post_id, part)
    if not asked:
        raise DomainError("complaints.nobody_responsible")
    for post_id, part in asked.items():
        shared = written(actor, id=derived(paper.pk, part), subject_id=subject_id, content=[paper.pk, part], now=now)
        row = Addressee(**shared, paper=paper, part=part, asked_id=post_id)
        row.save(force_insert=True)
        prosecutor = part is To.PROSECUTOR
        effects.let_see(subject_id, post_id, whole=not prosecutor, now=now)
        term = None if prosecutor else due  # whoever oversees is given no term by those overseen
        effects.give(PAPER, subject_id, post_id, term, part=effects.about(paper.case_ref, row.pk), now=now)
        notices.alert(post_id, CAME, subject_id=subject_id, now=now)


@command("complaints.answer", needs=Permission.PAPER_ANSWER)
def answer_paper(
    actor: Actor, *, id: UUID, case_ref: str, addressee_id: UUID, told: NewOutcome, now: datetime
) -> PaperAnswer:
    """What one of those asked answers, once, with a reason where it is not granted. Whoever wrote it tells her.

    An order is not extended by it: that is a step of its own, of whoever registers orders.
    """
    row = selectors.get_addressee(actor, case_ref, addressee_id, now=now)
    content = [addressee_id, asdict(told)]
    if again := repeated(PaperAnswer, actor, id=id, content=content):
        return again
    if not selectors.may_answer(actor, row):
        raise DomainError("complaints.not_asked")
    Addressee.objects.select_for_update().get(pk=row.pk)
    if PaperAnswer.objects.filter(addressee=row).exists():
        raise Stale("complaints.answered")
    rules.check_outcome(told, since=row.paper.on, today=day_of(now))
    answer = PaperAnswer(
        **written(actor, id=id, subject_id=row.subject_id, content=content, now=now),
        addressee=row,
        how=told.how,
        on=told.on,
    )
    if told.told.strip():
        keys = access.keys_for(actor, row.subject_id, now=now, klasses=[Klass.NARRATIVE], scope=Scope.ORDERS)
        keys.put(answer, "told", told.told.strip())
    answer.save(force_insert=True)
    part = effects.about(row.paper.case_ref, row.pk)
    duties.end_for(PAPER, subject_id=row.subject_id, now=now, actor=actor, about=part)
    if row.paper.post_id is not None:
        effects.give(TELL, row.subject_id, row.paper.post_id, now + TOLD_WITHIN, part=part, now=now)
        notices.alert(row.paper.post_id, ANSWERED, subject_id=row.subject_id, now=now)
    return answer
