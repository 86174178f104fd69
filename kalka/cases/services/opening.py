"""From a report, or from a worry about a family, to a case."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from kalka.access import selectors as sight
from kalka.access import services as access
from kalka.access.rules import Scope
from kalka.cases import effects
from kalka.cases.models import Case
from kalka.cases.rules import OVERSEERS, Kind, NewIncident, Part, Stage
from kalka.cases.services.incidents import record_incident
from kalka.cases.services.people import add_participant
from kalka.core import clock
from kalka.core.actors import Actor, post_holder
from kalka.core.commands import command
from kalka.core.errors import DomainError, Stale
from kalka.core.permissions import Permission
from kalka.core.refs import derived, new_id
from kalka.duties import services as duties
from kalka.history import services as history
from kalka.intake import selectors as intake
from kalka.intake import services as triage
from kalka.intake.rules import happened_between
from kalka.people.rules import NewPerson
from kalka.vault import keys
from kalka.vault.classes import Klass
from kalka.vault.rows import repeated, written

KLASSES = (Klass.IDENTITY, Klass.NARRATIVE, Klass.CONTACT, Klass.NOTE, Klass.EVIDENCE)


@command("cases.open", needs=Permission.CASE_OPEN)
def open_case(actor: Actor, *, id: UUID, report_id: UUID, protected: NewPerson | None = None, now: datetime) -> Case:
    """Take a report into a case of its own, with what was told as its first incident and each child present.

    Refuses with `cases.report_has_case` a report that has one, and as unknown a report the actor may not triage.
    """
    report = intake.get_report(actor, report_id, now=now)
    content = [report_id, asdict(protected) if protected else None]
    if again := repeated(Case, actor, id=id, content=content):
        return again
    if Case.objects.filter(report=report_id).exists():
        raise Stale("cases.report_has_case")
    triage.triage_report(actor, id=derived(id, "triage"), report_id=report_id, outcome="case", reason="", now=now)
    case = _new_case(
        actor, id=id, kind=Kind.VIOLENCE, place=report.place, report_id=report_id, content=content, now=now
    )
    _let_know(actor, case, also=report.subject_id, now=now)
    if protected:
        _protect(actor, case, protected, now=now)
    told = sight.keys_for(actor, report.subject_id, now=now, klasses=[Klass.NARRATIVE]).get(report, "told") or {}
    record_incident(
        actor,
        id=derived(id, "incident"),
        case_ref=case.ref,
        told=_as_told(report.told_on, report.place, report.children, told),
        now=now,
    )
    return case


@command("cases.open_at_risk", needs=Permission.CASE_OPEN)
def open_at_risk(
    actor: Actor,
    *,
    id: UUID,
    place: str,
    protected: NewPerson | None = None,
    asked: Collection[int] | None = None,
    now: datetime,
) -> Case:
    """A family at risk without a report: the same file, of kind `at_risk`, and no duty to assess.

    `asked`: the posts that are asked to work on it with whoever opens it; they know its code until they take it up, and
    nobody else is let know of it. None: whoever answers for the place knows, as of every case.
    """
    content = [place, asdict(protected) if protected else None, *([sorted(asked)] if asked is not None else [])]
    if again := repeated(Case, actor, id=id, content=content):
        return again
    case = _new_case(actor, id=id, kind=Kind.AT_RISK, place=place, report_id=None, content=content, now=now)
    if asked is None:
        _let_know(actor, case, also=None, now=now)
    else:
        _ask_in(actor, case, asked, now=now)
    if protected:
        _protect(actor, case, protected, now=now)
    return case


def _new_case(
    actor: Actor, *, id: UUID, kind: Kind, place: str, report_id: UUID | None, content: object, now: datetime
) -> Case:
    place = place or actor.place
    if not place:
        raise DomainError("cases.place_missing", field="place")
    subject_id, today = new_id(), clock.day_of(now)
    case = Case(
        **written(actor, id=id, subject_id=subject_id, content=content, now=now),
        kind=kind,
        place=place,
        opened_on=today,
        report_id=report_id,
    )
    effects.save_case(case)
    keys.new_keys(subject_id, KLASSES)
    effects.move(actor, case, Stage.OPEN, id=derived(id, "stage"), why="opened", now=now)
    history.append(actor, subject_id=subject_id, kind="case_opened", at=today, now=now)
    return case


def _let_know(actor: Actor, case: Case, *, also: UUID | None, now: datetime) -> None:
    """The opening post and the inspector of the place see the file; who coordinates and supervises, its duties."""
    today = clock.day_of(now)
    inspector = effects.responsible("police_inspector", case, today, otherwise=actor.post_id)
    knowing = [(actor.post_id, "opened", Scope.FILE), (inspector, "responsible", Scope.FILE)]
    knowing += [(effects.responsible(role, case, today), "coordinates", Scope.DUTIES) for role in OVERSEERS]
    for post, why, scope in knowing:
        if post is None:
            continue
        effects.join(actor, case, post, id=derived(case.pk, f"member {post} {scope}"), why=why, now=now, scope=scope)
        if also and scope is Scope.FILE:
            access.grant(also, post_holder(post), why=effects.WITH_CASE, now=now, of_report=True)
    if case.kind == Kind.VIOLENCE and inspector is not None:
        _assess(case, inspector, now=now)


def _ask_in(actor: Actor, case: Case, asked: Collection[int], *, now: datetime) -> None:
    if actor.post_id is None:
        raise DomainError("cases.nobody_responsible")
    for post, why, scope in ((actor.post_id, "opened", Scope.FILE), *((one, "works", Scope.DUTIES) for one in asked)):
        effects.join(actor, case, post, id=derived(case.pk, f"member {post} {scope}"), why=why, now=now, scope=scope)


def _assess(case: Case, inspector: int, *, now: datetime) -> None:
    """Risk is assessed for every report (Law No. 214); the term is that of the methodology, where it sets one."""
    due_at, _term = effects.due("risk.assess_within_hours", now=now)
    _moment, basis = effects.due("risk.assess_every_report", now=now)
    duties.assign(
        "risk.assess",
        subject_id=case.subject_id,
        post_id=inspector,
        due_at=due_at,
        basis=basis,
        now=now,
        about=case.ref,
    )


def _protect(actor: Actor, case: Case, protected: NewPerson, *, now: datetime) -> None:
    add_participant(
        actor, id=derived(case.pk, "protected"), case_ref=case.ref, person=protected, part=Part.PROTECTED, now=now
    )


def _as_told(told_on: date, place: str, children: str, told: dict[str, object]) -> NewIncident:
    """The words of the report, copied. Forms and type are for whoever looks into it."""
    happened = str(told.get("happened") or "")
    on, precision = told_on, "reported"
    if happened:
        on, precision = happened_between(happened)[0], {4: "year", 7: "month", 10: "day"}[len(happened)]
    count = told.get("children_count") or (1 if children == "yes" else 0)  # there were some: at least one
    return NewIncident(
        on=on,
        precision=precision,
        place=place,
        what=str(told.get("what") or ""),
        where=str(told.get("where") or ""),
        when_words=str(told.get("when") or ""),
        unnamed_children=count if isinstance(count, int) else 0,
        first=True,
    )
