"""Three files with everything in them: one's own, a stranger's, and one a wall stands before."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from kalka.access import services as access
from kalka.accounts.models import Session, User
from kalka.accounts.rules import Stage
from kalka.accounts.services import open_session
from kalka.cases import selectors as case_selectors
from kalka.cases import services as cases
from kalka.cases.models import Case, GlassRequest
from kalka.cases.rules import Circle, NewConsent, NewNote
from kalka.core import clock
from kalka.core.actors import SYSTEM, Actor, post_holder
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.demo.staffing import Member, staff
from kalka.duties.models import Duty
from kalka.followup import services as followup
from kalka.followup.rules import NewVisit
from kalka.instruments import editions
from kalka.intake import services as intake
from kalka.intake.models import Report
from kalka.intake.rules import NewReport
from kalka.orders import services as orders
from kalka.orders.rules import NewOrder
from kalka.oversight.models import Alarm
from kalka.people.models import Pair, Person, SearchAsk, SearchMade
from kalka.people.rules import NewPerson
from kalka.risk import services as risk
from kalka.risk.rules import NewAssessment
from kalka.statistics.models import Export
from kalka.statistics.tests import published
from kalka.vault.classes import Klass
from kalka.vault.keys import new_keys
from kalka.vault.rows import written
from tests.matrix import families, helping, programmed, sat
from tests.matrix.asked_for import asked_for
from tests.matrix.helping import BATKEN, NARYN
from tests.matrix.monitored import monitored
from tests.matrix.proceeded import proceeded
from tests.standing import standing

RELATIONS = ("own", "foreign", "walled")
NOBODY_THERE = 10**9  # a user who never signs in
NAMES_NOBODY = {
    "ref": "ZZZZZZZZZZ",
    "post_id": 999_999,
}


@dataclass(slots=True)
class Bundle:
    """What the addresses of one file are made of: the name of an address's part → what stands there."""

    subjects: list[UUID] = field(default_factory=list)
    parts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class World:
    members: dict[str, Member]  # by role
    tokens: dict[str, str]
    bundles: dict[str, Bundle]


@command("matrix.step", needs=Permission.SYSTEM)
def step(actor: Actor, *, do: object) -> None:
    do()  # type: ignore[operator]  # any call without arguments


def build() -> World:
    """The same each time, in a database that holds nothing else; built once by a process."""
    return standing("world", _built)


def _built() -> World:
    now = clock.now() - timedelta(seconds=5)  # every step of it lies behind whoever asks
    everybody = staff(now)
    by_role: dict[str, Member] = {}
    for member in everybody.values():
        by_role.setdefault(member.actor.role, member)
    near = {
        name: everybody[name].actor
        for name in ("katchy", "sotsial", "inspektor", "kriziz", "probatsiya", *helping.HELPERS)
    }
    far = {name: everybody[f"{name}2"].actor for name in ("katchy", "sotsial", "inspektor")}
    far |= {"kriziz": near["kriziz"], **helping.elsewhere(now), "probatsiya": programmed.far_office(BATKEN, now)}
    published.release(first=2026, indicators=("reports",))
    bundles = files(everybody["ministrlik"].actor, near, far, now)
    for relation in ("own", "walled"):
        for member in by_role.values():
            _granted(bundles[relation], member.actor, now)
    for member in by_role.values():
        _walled(bundles["walled"], member.actor, now)
    return World(by_role, {role: token(member.actor) for role, member in by_role.items()}, bundles)


def token(actor: Actor) -> str:
    opened = open_session(User.objects.get(id=actor.user_id), stage=Stage.FULL, now=clock.now())
    Session.objects.filter(user_id=actor.user_id).update(post_id=actor.post_id)
    return opened.token


def files(ministry: Actor, near: dict[str, Actor], far: dict[str, Actor], now: datetime) -> dict[str, Bundle]:
    """An office keeps what is its own without a wall: what is walled in a file is another's there."""
    helping.ready(now)
    offers = {"near": helping.offered(ministry, near, NARYN, now), "far": helping.offered(ministry, far, BATKEN, now)}
    kept = {"near": helping.kept_here(near, offers["near"], now), "far": helping.kept_here(far, offers["far"], now)}
    made = {}
    for relation, who, office in (("own", near, "near"), ("foreign", far, "far"), ("walled", near, "far")):
        made[relation] = file(who, now)
        ref, person = str(made[relation].parts["ref"]), made[relation].parts["person"]
        offer = offers["far" if who is far else "near"]
        parts, subjects = helping.helped(who, offer, ref, person, now + timedelta(seconds=2))
        made[relation].parts |= parts | kept[office]
        made[relation].subjects += subjects
    return made


def file(who: dict[str, Actor], now: datetime) -> Bundle:
    """A report taken into a case, with a person, a consent, a note, a visit and whatever the steps caused."""
    report, case = opened(who, now)
    worker, later = who["sotsial"], now + timedelta(seconds=2)
    person = case_selectors.protected_person(worker, case.subject_id, now=later)
    papers = written_in(who, case.ref, person, later) | proceeded(who, case.ref, later)
    papers |= monitored(who, case.ref, later)
    lines, opening, alarm = asked_for_lines(worker, now), asked_to_see(worker, now), alarmed(now)
    search, ask = searched(worker, now), asked_for_more(worker, now)
    step(SYSTEM, do=lambda: access.wall(case.subject_id, NOBODY_THERE, why="matrix", now=now))
    duty = Duty.objects.filter(subject_id=case.subject_id, ended_at=None).order_by("recorded_at", "kind").first()
    parts = papers | {
        "ref": case.ref,
        "report": report.id,
        "person": person,
        "member": case_selectors.team(worker, case.subject_id, now=later)[-1].id,
        "duty_id": duty.id if duty else None,
        "indicator": "reports",
        "export": lines.pk,
        "opening": opening.pk,
        "alarm": alarm.pk,
        "user": NOBODY_THERE,
        "search_id": search.pk,
        "ask_id": ask.pk,
        "pair_id": paired(worker, person, case.subject_id, now).pk,
        "kind": "respondent",
        "lang": "ky",
        "ending": "xlsx",
    }
    subjects = [case.subject_id, report.subject_id, lines.subject_id, opening.subject_id, alarm.subject_id]
    known, of_families = families.noted(who["katchy"], now)
    held, of_sittings = sat.sat(who["katchy"], now)
    sent, of_programmes = programmed.enrolled(who, case.ref, later)
    beside = [search.file, ask.subject_id, *of_families, *of_sittings, *of_programmes]
    return Bundle([*subjects, *beside], parts | known | held | sent)


def opened(who: dict[str, Actor], now: datetime) -> tuple[Report, Case]:
    told = NewReport(
        danger="no", told_on=clock.day_of(now), what="Түнкүсүн кыйкырык угулду", place=who["sotsial"].place
    )
    report = intake.receive_report(who["katchy"], id=new_id(), told=told, now=now)
    soon = now + timedelta(seconds=1)
    return report, cases.open_case(
        who["sotsial"], id=new_id(), report_id=report.id, protected=NewPerson(sex="f"), now=soon
    )


def written_in(who: dict[str, Actor], ref: str, person: UUID | None, at: datetime) -> dict[str, object]:
    """What the file holds, by the names their addresses have."""
    worker, police = who["sotsial"], who["inspektor"]
    until = clock.day_of(at) + timedelta(days=30)
    given = NewConsent(
        organisation_id=who["kriziz"].organisation_id or 0, purpose="psychological", given_by=person, until=until
    )
    named = {"case_ref": ref, "now": at}
    rows = {
        "consent": cases.give_consent(worker, id=new_id(), told=given, **named),
        "note": cases.write_note(worker, id=new_id(), told=NewNote(Circle.TEAM, "Сүйлөштүк"), **named),
        "file": cases.attach(worker, id=new_id(), name="a.txt", content=b"plain words", **named),
        "visit_id": followup.log_visit(police, id=new_id(), told=NewVisit(visited_at=at, found="nobody"), **named),
        "order": orders.register_order(
            police, id=new_id(), told=NewOrder(issued_at=at - timedelta(seconds=2)), **named
        ),
    }
    confirmed, proposed, judgement = assessed(police, ref, at)
    for_court = dict.fromkeys(("risk:court assessment", "risk:paper assessment"), confirmed)
    risks = {"judgement": judgement, "assessment": proposed, **for_court}
    return {name: row.pk for name, row in rows.items()} | risks | asked_for(who, ref, at)


def asked_for_lines(who: Actor, now: datetime) -> Export:
    """A request as `ask_export` leaves it, but for its grants: who may know of it is the matrix's to say."""
    subject = new_id()
    keys = new_keys(subject, [Klass.NARRATIVE])
    asked = Export(
        **written(who, id=new_id(), subject_id=subject, content=[], now=now),
        indicator="reports",
        period="2026",
        cap=100,
    )
    keys.put(asked, "purpose", "Изилдөө үчүн")
    asked.save(force_insert=True)
    return asked


def asked_to_see(who: Actor, now: datetime) -> GlassRequest:
    """A request for break-glass as `ask_glass` leaves it, but for its grants."""
    subject = new_id()
    keys = new_keys(subject, [Klass.NARRATIVE])
    asked = GlassRequest(
        **written(who, id=new_id(), subject_id=subject, content=[], now=now),
        organisation_id=who.organisation_id or 0,
        ref="ZZZZZZZZZZ",
        hours=8,
    )
    keys.put(asked, "reason", "Ал азыр борбордо отурат")
    asked.save(force_insert=True)
    return asked


def searched(who: Actor, now: datetime) -> SearchMade:
    """A search in an emergency whose reason is owed, but for its grants."""
    subject = new_id()
    new_keys(subject, [Klass.NARRATIVE])
    return SearchMade.objects.create(user_id=who.user_id, post_id=who.post_id, at=now, why="emergency", file=subject)


def asked_for_more(who: Actor, now: datetime) -> SearchAsk:
    """A request for more searches, one a day, but for its grants."""
    on = clock.day_of(now) - timedelta(days=SearchAsk.objects.count())
    return SearchAsk.objects.create(**written(who, id=new_id(), subject_id=new_id(), content=[on], now=now), on=on)


def paired(who: Actor, person: UUID | None, file: UUID, now: datetime) -> Pair:
    """Somebody of the file and somebody of a file that nobody sees, who may be one."""
    subject = new_id()
    other = Person.objects.create(
        **written(who, id=new_id(), subject_id=subject, content=[], now=now), sex="f", age_band="unknown"
    )
    return Pair.objects.create(first_id=person, second=other, first_file=file, second_file=subject, how="pin", at=now)


def alarmed(now: datetime) -> Alarm:
    """An alarm about somebody who is not there, but for its grants."""
    subject, day = new_id(), clock.day_of(now)
    new_keys(subject, [Klass.NARRATIVE])
    told = {"pattern": "night", "user_id": NOBODY_THERE, "day": day, "about": new_id(), "count": 8}
    row = written(SYSTEM, id=new_id(), subject_id=subject, content=[], now=now)
    return Alarm.objects.create(**row, **told, first=now, last=now)


def assessed(inspector: Actor, ref: str, now: datetime) -> tuple[UUID, UUID, UUID]:
    """A high level, then a lower one that waits for a second person, then a judgement not confirmed yet."""
    high = risk.record_judgement(
        inspector, id=new_id(), case_ref=ref, told=NewAssessment(judged="high", reason="Коркутуп жатат"), now=now
    )
    confirmed = risk.confirm(inspector, id=new_id(), judgement_id=high.id, level="high", now=now)
    answers = dict.fromkeys(editions.latest("KG-DEMO").items, "no")
    calm = NewAssessment(judged="low", reason="Тынч болуп калды", answers=answers)
    low = risk.record_judgement(inspector, id=new_id(), case_ref=ref, told=calm, now=now)
    proposed = risk.confirm(inspector, id=new_id(), judgement_id=low.id, level="low", now=now)
    open_ = risk.record_judgement(inspector, id=new_id(), case_ref=ref, told=calm, now=now)
    return confirmed.id, proposed.id, open_.id


def _granted(bundle: Bundle, actor: Actor, now: datetime) -> None:
    for subject in bundle.subjects:
        step(SYSTEM, do=lambda s=subject: access.grant(s, post_holder(actor.post_id or 0), why="matrix", now=now))


def _walled(bundle: Bundle, actor: Actor, now: datetime) -> None:
    for subject in bundle.subjects:
        step(SYSTEM, do=lambda s=subject: access.wall(s, actor.user_id, why="matrix", now=now))


def case_of(bundle: Bundle) -> Case:
    return Case.objects.get(ref=bundle.parts["ref"])
