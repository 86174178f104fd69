"""Everything that can be done to a report: take it in, correct it, say what becomes of it, learn who told."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from kalka.access import selectors as access
from kalka.access import services as grants
from kalka.accounts import drafts
from kalka.core.actors import Actor, post_holder
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.errors import DomainError, Stale
from kalka.core.inserting import insert_all
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.directory import selectors as directory
from kalka.duties import services as duties
from kalka.history import services as history
from kalka.intake import hers, receipts, rules, selectors
from kalka.intake.models import Correction, Receipt, Report, ReporterOpened, ReporterRead, Triage
from kalka.intake.rules import NewReport
from kalka.lawbook.book import Law
from kalka.vault.classes import Klass
from kalka.vault.keys import Keys, new_keys
from kalka.vault.rows import repeated, written

KLASSES = (Klass.NARRATIVE, Klass.CONTACT, Klass.REPORTER)
TRIAGE = "intake.triage"
RESPOND_WITHIN = "intake.respond_within_hours"


@dataclass(frozen=True, slots=True, repr=False)
class Reporter:
    """Who told. Shown once, kept nowhere."""

    by_whom: str
    name: str
    phone: str
    note: str


@command("intake.receive", needs=Permission.REPORT_RECEIVE)
def receive_report(actor: Actor, *, id: UUID, told: NewReport, now: datetime) -> Report:
    """Take a report in, as it was told. The same words by the same author under the same id are one report.

    Refuses at its field what `rules.check` refuses, a place that is not listed, and a territory where nobody looks at
    reports; another's id like one nobody may use. Its draft is dropped. Causes the duty of triage. A file that protects
    whoever has the telephone that was told learns that there is a report; whoever writes it down learns nothing.
    """
    content = asdict(told)
    if again := repeated(Report, actor, id=id, content=content, insert_tells=True):
        return again
    rules.check(told, today=day_of(now))
    aimak = selectors.aimak(actor, told.place)
    subject_id = new_id()
    keys = new_keys(subject_id, KLASSES)
    report = Report(
        **written(actor, id=id, subject_id=subject_id, content=content, now=now),
        way=told.way,
        told_on=told.told_on,
        late=rules.late(told.told_on, now),
        place=aimak,
        danger=told.danger,
        firsthand=told.firsthand,
        by_whom=told.by_whom,
        children=told.children,
    )
    _seal(keys, report, told)
    looking = _ask_for_triage(actor, report, told.place or actor.place, now=now)
    posts = {"intake": actor.post_id, "triage": looking}
    seeing = [(post_holder(post), why) for why, post in posts.items() if post is not None]
    seen = grants.first_grants(subject_id, seeing, now=now, of_report=True)
    told_of = history.event(
        actor, subject_id=subject_id, kind="report_received", at=told.told_on, now=now, source="intake"
    )
    insert_all([report, *seen, told_of])
    hers.note(actor, report, told, now=now)
    drafts.drop_draft(actor, id=id)
    return report


@command("intake.import", needs=Permission.REPORT_IMPORT)
def import_report(actor: Actor, *, id: UUID, told: NewReport, now: datetime) -> Report:
    """Take in one row of a file. As `receive_report`."""
    return receive_report(actor, id=id, told=told, now=now)


@command("intake.correct", needs=Permission.REPORT_RECEIVE)
def correct_report(actor: Actor, *, id: UUID, report_id: UUID, text: str, now: datetime) -> Correction:
    """Add what was wrong or missing. The report itself stays as it was told."""
    report = selectors.get_report(actor, report_id, now=now)
    content = [str(report_id), text]
    if again := repeated(Correction, actor, id=id, content=content):
        return again
    if not text.strip():
        raise DomainError("intake.nothing_told", field="text")
    rules.check_text(text, field="text", limit=rules.LONG)
    keys = access.keys_for(actor, report.subject_id, now=now)
    row = Correction(**written(actor, id=id, subject_id=report.subject_id, content=content, now=now), report=report)
    keys.put(row, "text", text)
    row.save(force_insert=True)
    return row


@command("intake.triage", needs=Permission.REPORT_TRIAGE)
def triage_report(
    actor: Actor,
    *,
    id: UUID,
    report_id: UUID,
    outcome: str,
    now: datetime,
    reason: str = "",
    to_role: str = "",
    to_place: str = "",
) -> Triage:
    """Say what becomes of a report: a case, no case (with a reason), or passed on to another post.

    Refuses when a case or no case was said before, without a reason where one is due, and for a post that does not
    exist there or has the report already. Passing on moves the duty and the sight of the report.
    """
    content = [str(report_id), outcome, reason, to_role, to_place]
    if again := repeated(Triage, actor, id=id, content=content):
        return again  # whoever passed a report on may not see it any more
    report = selectors.get_report(actor, report_id, now=now, lock=True)
    _ensure_open(report, outcome)
    reason = rules.check_reason(reason, least=0 if outcome == "case" else 1)
    to_post = _receiver(actor, report, to_role, to_place, now) if outcome == "passed_on" else None
    row = Triage(
        **written(actor, id=id, subject_id=report.subject_id, content=content, now=now),
        report=report,
        outcome=outcome,
        to_post=to_post,
    )
    if reason:
        access.keys_for(actor, report.subject_id, now=now).put(row, "reason", reason)
    row.save(force_insert=True)
    duties.end_for(TRIAGE, subject_id=report.subject_id, about=str(report.pk), now=now, actor=actor)
    if to_post is not None:
        _pass_on(actor, report, to_post, now=now)
    return row


@command("intake.give_receipt", needs=Permission.REPORT_RECEIVE)
def give_receipt(actor: Actor, *, id: UUID, report_id: UUID, now: datetime) -> tuple[Receipt, str]:
    """A number for whoever told, and what is kept of it. The one before ends. Sent again, there is no number: it is
    returned this once."""
    report = selectors.get_report(actor, report_id, now=now, lock=True)
    content = [str(report_id)]
    if again := repeated(Receipt, actor, id=id, content=content):
        return again, ""
    row = Receipt(
        **written(actor, id=id, subject_id=report.subject_id, content=content, now=now),
        report=report,
        replaces=Receipt.objects.filter(report=report, replaced_by=None).first(),
    )
    code = receipts.fill(row, today=day_of(now))
    row.save(force_insert=True)
    return row, code


@command("intake.open_reporter", needs=Permission.REPORTER_OPEN)
def open_reporter(actor: Actor, *, id: UUID, report_id: UUID, reason: str, now: datetime) -> ReporterOpened:
    """Give a reason of at least 20 letters to learn who told. Each opening is a row; nothing is shown yet.

    Refuses a shorter reason, and a report whose teller nobody wrote down.
    """
    report = selectors.get_report(actor, report_id, now=now)
    content = [str(report_id), reason]
    if again := repeated(ReporterOpened, actor, id=id, content=content):
        return again
    reason = rules.check_reason(reason, least=rules.LEAST_REASON)
    if not report.reporter:
        raise DomainError("intake.reporter_unknown")
    keys = access.keys_for(actor, report.subject_id, now=now, klasses=[Klass.REPORTER])
    row = ReporterOpened(**written(actor, id=id, subject_id=report.subject_id, content=content, now=now), report=report)
    keys.put(row, "reason", reason)
    row.save(force_insert=True)
    return row


@command("intake.read_reporter", needs=Permission.REPORTER_OPEN)
def read_reporter(actor: Actor, *, opened_id: UUID, now: datetime) -> tuple[ReporterRead, Reporter]:
    """Who told, once, within ten minutes, to whoever gave the reason. Refuses everything else as already shown."""
    opened = selectors.get_opened(actor, opened_id, now=now)
    if now - opened.recorded_at > rules.READ_WITHIN or ReporterRead.objects.filter(opened=opened).exists():
        raise DomainError("intake.reporter_shown")
    keys = access.keys_for(actor, opened.subject_id, now=now, klasses=[Klass.REPORTER])
    reading = ReporterRead(opened=opened, subject_id=opened.subject_id, read_at=now)
    reading.save(force_insert=True)
    told = keys.get(opened.report, "reporter") or {}
    return reading, Reporter(by_whom=opened.report.by_whom, **told)


def _seal(keys: Keys, report: Report, told: NewReport) -> None:
    keys.put(
        report,
        "told",
        {
            "what": told.what,
            "when": told.when_words,
            "happened": told.happened,
            "where": told.where,
            "place": told.place,
            "children_count": told.children_count,
        },
    )
    if told.language or told.interpreter or told.sign_language or told.escort or told.other_needs:
        keys.put(
            report,
            "needs",
            {
                "language": told.language,
                "interpreter": told.interpreter,
                "sign_language": told.sign_language,
                "escort": told.escort,
                "other": told.other_needs,
            },
        )
    if told.phone or told.safe:
        keys.put(report, "contact", {"phone": told.phone, "safe": told.safe})
    if told.names_reporter:
        named = {"name": told.reporter_name, "phone": told.reporter_phone, "note": told.reporter_note}
        keys.put(report, "reporter", named)


def _ask_for_triage(actor: Actor, report: Report, place: str, *, now: datetime) -> int:
    """To the post responsible for the place; where there is none, to the author's own, and upwards from there."""
    roles, today = rules.TRIAGE[report.danger].roles, day_of(now)
    found = directory.first_responsible(roles, place, today)
    responsible = found.id if found else _own_or_lead(actor, today)
    if responsible is None:
        raise DomainError("intake.nobody_to_look")
    # Nobody is shut out of a subject that was made a moment ago.
    return _give(report, responsible, now=now, answered=found is not None and found.held > 0)


def _own_or_lead(actor: Actor, today: date) -> int | None:
    """Whoever writes reports down and may not decide on them has a lead who does."""
    if actor.post_id is None or actor.may(Permission.REPORT_TRIAGE):
        return actor.post_id
    above = directory.lead_of(actor.post_id, today)
    return above.id if above else actor.post_id


def _hand_to(report: Report, post_id: int, *, now: datetime) -> None:
    holder = post_holder(_give(report, post_id, now=now))
    grants.grant(report.subject_id, holder, why="triage", now=now, of_report=True)


def _give(report: Report, post_id: int, *, now: datetime, answered: bool = False) -> int:
    """Returns the post that has it now."""
    term = Law(day_of(now)).get(RESPOND_WITHIN)
    law = term if term is not None and term.is_set else None
    duty = duties.assign(
        TRIAGE,
        subject_id=report.subject_id,
        post_id=post_id,
        due_at=now + (timedelta(hours=law.whole()) if law else rules.TRIAGE[report.danger].within),
        basis=law,
        now=now,
        about=str(report.pk),
        answered=answered,
        at_once=rules.at_once(report.danger, report.children),
    )
    return duty.assignee_id


def _ensure_open(report: Report, outcome: str) -> None:
    if outcome not in rules.OUTCOMES:
        raise DomainError("intake.unknown_code", field="outcome")
    if Triage.objects.filter(report=report, outcome__in=rules.FINAL).exists():
        raise Stale("intake.already_decided", field="outcome")


def _pass_on(actor: Actor, report: Report, to_post: int, *, now: datetime) -> None:
    if actor.post_id is not None:
        grants.end_grant(report.subject_id, post_holder(actor.post_id), why="triage", now=now)
    _hand_to(report, to_post, now=now)


def _receiver(actor: Actor, report: Report, role: str, place: str, now: datetime) -> int:
    selectors.aimak(actor, place)
    post = directory.responsible(role, place or report.place, on=day_of(now)) if role else None
    if post is None:
        raise DomainError("intake.nobody_there", field="to_role")
    if post.id == actor.post_id:
        raise DomainError("intake.passed_to_itself", field="to_role")
    return post.id
