"""What the browser finds when it comes: the demo's staff, and a file in every state that has a page of its own."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from kalka.access import services as access
from kalka.accounts.models import Session, User
from kalka.accounts.rules import Stage
from kalka.accounts.services import open_session
from kalka.cases import selectors as case_selectors
from kalka.cases import services as cases
from kalka.cases.models import Case
from kalka.cases.rules import NewConsent, NewIncident, NewNote, Part
from kalka.closure import services as closure
from kalka.core import chain, checkpoints
from kalka.core.actors import SYSTEM, Actor, post_holder
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.demo.staffing import staff
from kalka.directory.models import Post
from kalka.duties import selectors as duty_list
from kalka.duties import services as duties
from kalka.duties.kinds import BY_HAND
from kalka.followup import services as followup
from kalka.followup.rules import NewVisit
from kalka.instruments import editions
from kalka.intake import services as intake
from kalka.intake.rules import NewReport
from kalka.orders import services as orders
from kalka.orders.rules import NewOrder, NewService, Numbered
from kalka.people import services as people
from kalka.people.models import Pair, Person
from kalka.people.rules import Contact, Name, NewPerson, Safe, Window
from kalka.risk import services as risk
from kalka.risk.rules import NewAssessment
from kalka.statistics import services as statistics
from kalka.statistics.exports import NewExport
from kalka.statistics.tests import published
from kalka.strongroom import services as strongroom
from kalka.support import services as support
from kalka.support.rules import NewWord as SafetyWord
from kalka.vault import boxes
from kalka.vault.rows import written as written_by
from tests.browser import (
    asked_for,
    courses,
    helping,
    monitored,
    prevented,
    proceeded,
    programmed,
    registered,
    reported,
    sat,
    seated,
)
from tests.browser.waiting import waiting as waiting_days

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FORM = editions.latest("KG-DEMO")
TOLD = "Күйөөсү түн ичинде мас келип, эшикти сындырды. Балдары коңшунукуна качып чыгышты."
HER = NewPerson(
    sex="f",
    names=(Name("Токтогулова", "Айнагүл", "Жеңишбековна"),),
    birth_year=1994,
    contact=Contact(
        phone="+996555121234",
        address="Учкун, Мектеп көчөсү 4",
        safe=Safe(when=(Window((0, 1, 2, 3, 4), "09:00", "13:00"),), by_whom="woman", say="Дарыканадан"),
    ),
)


@dataclass(frozen=True, slots=True)
class Town:
    """Who works around a file, by sign-in, and the present."""

    who: dict[str, Actor]
    now: datetime

    def __getattr__(self, login: str) -> Actor:
        return self.who[login]


def fill(now: datetime) -> dict[str, Any]:
    members = staff(now - 30 * DAY)
    strongroom.set_recovery(SYSTEM, public=boxes.pair()[1], now=now - 30 * DAY)
    town = Town({login: member.actor for login, member in members.items()}, now)
    case = full(town)
    return {
        "tokens": {login: token(actor, now) for login, actor in town.who.items()},
        "roles": {login: actor.role for login, actor in town.who.items()},
        "posts": {login: actor.post_id for login, actor in town.who.items()},
        "place": town.sotsial.place,
        "full": case,
        "pair": pair(town, case),
        "search": str(people.search_in_emergency(town.ofitser, now=now - HOUR).pk),
        "waiting": waiting(town),
        "closed": closed(town),
        "reports": reports(town),
        "lines": lines(town),
        "help": (made := helping.help_around(town, opened)),
        "days": waiting_days(town, opened, made),
        "committee": seated.committee(town, case),
        "families": (families := registered.register(town)),
        "sittings": sat.sittings(town, families),
        "empty": sat.empty(now - 30 * DAY),
        "training": courses.held(town),
        "programmes": programmed.programmed(town, opened),
        "asked": asked_for.asked_for(town, opened),
        "monitoring": monitored.monitored(town, opened),
        "proceedings": proceeded.proceeded(town, opened),
        "prevention": prevented.prevented(town),
        "reported": reported.reported(town),
        "entries": checkpoint(now),
    }


def checkpoint(now: datetime) -> int:
    """Of the record so far: its sheet shows what one is kept as. How many entries it is of."""
    chain.seal()
    return checkpoints.make(now=now).size


def lines(town: Town) -> str:
    """Figures of six years, and a request for lines that waits for the second person."""
    published.release()
    told = NewExport("Мөөнөттүн өзгөрүшү тапшырууга кандай таасир эткенин изилдөө", "orders", "2025", cap=5_000)
    return str(statistics.ask_export(town.analitik, id=new_id(), told=told, now=town.now - HOUR).pk)


def token(actor: Actor, now: datetime) -> str:
    opened = open_session(User.objects.get(id=actor.user_id), stage=Stage.FULL, now=now)
    Session.objects.filter(user_id=actor.user_id).update(post_id=actor.post_id)
    return opened.token


def report(town: Town, by: str, at: datetime, **said: Any) -> Any:
    told = {"danger": "no", "told_on": day_of(at), "what": TOLD, "place": town.sotsial.place, "by_whom": "neighbour"}
    return intake.receive_report(town.who[by], id=new_id(), told=NewReport(**told | said), now=at).pk


def opened(town: Town, at: datetime, protected: NewPerson = HER, **said: Any) -> Any:
    """Danger is taken over by the inspector, all else by the social worker; the others join."""
    found = report(town, "katchy", at, **said)
    by, then = town.inspektor if said.get("danger") == "yes" else town.sotsial, at + HOUR
    case = cases.open_case(by, id=new_id(), report_id=found, protected=protected, now=then)
    for login in ("sotsial", "inspektor", "koordinator", "ofitser"):
        team = case_selectors.team(by, case.subject_id, now=then)
        if town.who[login].post_id not in {line.post.id for line in team if line.scope == "file"}:
            cases.add_member(by, id=new_id(), case_ref=case.ref, post_id=town.who[login].post_id, now=then)
    return case


def assessed(town: Town, case: Any, at: datetime, level: str, *marked: str) -> Any:
    told = NewAssessment(
        judged=level,
        reason="Эшик сынган, балдар коркуп жатат.",
        answers=dict.fromkeys(FORM.items, "no") | dict.fromkeys(marked, "yes"),
    )
    judged = risk.record_judgement(town.inspektor, id=new_id(), case_ref=case.ref, told=told, now=at)
    return risk.confirm(town.inspektor, id=new_id(), judgement_id=judged.pk, level=level, now=at)


def full(town: Town) -> dict[str, Any]:
    """A file with everything in it, its duties partly late."""
    begun, later = town.now - 4 * DAY, town.now - 3 * DAY
    case = opened(town, begun, children="yes", children_count=2, danger="yes", where="Дүкөндүн жанында")
    man = accused(town, case.ref, begun, later)
    she = case_selectors.protected_person(town.sotsial, case.subject_id, now=later)
    papers = written(town, case.ref, she, later)
    level = assessed(town, case, later, "high", "KG01", "KG08")
    order = ordered(town, case, later, man.person_id, she, "12/345")
    pending = ordered(town, case, later, man.person_id, she, "")
    seen = NewVisit(visited_at=later, found="both", kept="kept", told="Үйдө тынч.")
    visit = followup.log_visit(town.inspektor, id=new_id(), case_ref=case.ref, told=seen, now=later)
    team = case_selectors.team(town.sotsial, case.subject_id, now=later)
    due = duty_list.of_subject(town.inspektor, case.subject_id, now=town.now)
    return {
        "ref": case.ref,
        "report": str(case.report_id),
        "person": str(she),
        **{name: str(row.pk) for name, row in papers.items()},
        "assessment": str(level.pk),
        "order": str(order.pk),
        "pending": str(pending.pk),
        "visit_id": str(visit.pk),
        "member": str(team[-1].id),
        "duty_id": str(next(one.id for one in due if one.assignee_id == town.inspektor.post_id)),
    }


def accused(town: Town, ref: str, begun: datetime, at: datetime) -> Any:
    """Somebody of whom an incident is told."""
    him = NewPerson(sex="m", names=(Name("Токтогулов", "Эркин"),), band="35-44")
    named: dict[str, Any] = {"case_ref": ref, "now": at}
    man = cases.add_participant(town.sotsial, id=new_id(), person=him, part=Part.ALLEGED, relation="spouse", **named)
    told = NewIncident(on=day_of(begun), forms=("physical",), what="Урган, эшикти сындырган.", alleged=(man.pk,))
    cases.record_incident(town.sotsial, id=new_id(), told=told, **named)
    return man


def written(town: Town, ref: str, she: Any, at: datetime) -> dict[str, Any]:
    """A consent, a note and a file, by the names their addresses have."""
    named: dict[str, Any] = {"case_ref": ref, "now": at}
    given = NewConsent(town.kriziz.organisation_id or 0, "psychological", she, day_of(town.now) + 30 * DAY)
    content = "Травмпункт".encode()
    return {
        "consent": cases.give_consent(town.sotsial, id=new_id(), told=given, **named),
        "note": cases.write_note(town.sotsial, id=new_id(), told=NewNote("team", "Эртең дарыгерге барабыз."), **named),
        "file": cases.attach(town.sotsial, id=new_id(), name="Справка.txt", content=content, **named),
    }


def ordered(town: Town, case: Any, at: datetime, respondent: Any, she: Any, number: str) -> Any:
    authority = town.inspektor.organisation_id or 0
    told = NewOrder(
        issued_at=at - HOUR,
        numbered=Numbered(authority, number) if number else None,
        authority=authority,
        conditions=("no_violence", "no_contact"),
        respondent=respondent,
        protected=(she,),
    )
    row = orders.register_order(town.inspektor, id=new_id(), case_ref=case.ref, told=told, now=at)
    if number:
        served = NewService(at=at, how="handed")
        orders.serve_order(town.inspektor, id=new_id(), case_ref=case.ref, order_id=row.pk, told=served, now=at + HOUR)
    return row


def waiting(town: Town) -> dict[str, Any]:
    """A lower level that waits for a second person."""
    begun = town.now - 10 * DAY
    case = opened(town, begun, NewPerson(sex="f", band="35-44"))
    assessed(town, case, begun + 2 * HOUR, "high", "KG01", "KG08")
    lower = assessed(town, case, town.now - 2 * HOUR, "low")
    return {"ref": case.ref, "assessment": str(lower.pk)}


def closed(town: Town) -> dict[str, Any]:
    begun = town.now - 20 * DAY
    case = opened(town, begun, NewPerson(sex="f", band="60+"))
    assessed(town, case, begun + 2 * HOUR, "low")
    seen = NewVisit(visited_at=town.now - DAY, found="both", told="Тынч.")
    followup.log_visit(town.inspektor, id=new_id(), case_ref=case.ref, told=seen, now=town.now - DAY)
    settle(town, case.subject_id, town.now - HOUR)
    word = "Баары аткарылды, коркунуч жок."
    safe = SafetyWord("safe", alone=True)
    support.record_word(town.koordinator, id=new_id(), case_ref=case.ref, told=safe, now=town.now - HOUR)
    closure.close_case(town.koordinator, id=new_id(), case_ref=case.ref, reason="safe", word=word, now=town.now - HOUR)
    return {"ref": case.ref}


def pair(town: Town, case: dict[str, Any]) -> str:
    """Somebody of a file that nobody here sees may be the person of the full one."""
    row = written_by(town.kriziz, id=new_id(), subject_id=new_id(), content=[], now=town.now - DAY)
    other = Person.objects.create(**row, sex="f", age_band="unknown")
    she = Person.objects.get(pk=case["person"])
    files = {"first_file": she.subject_id, "second_file": other.subject_id}
    return str(Pair.objects.create(first=she, second=other, how="phone", at=town.now - DAY, **files).pk)


def settle(town: Town, subject_id: Any, at: datetime) -> None:
    """Whatever is ended by saying that it is done is done, each by whoever holds it."""
    for duty in duty_list.of_subject(town.koordinator, subject_id, now=at):
        holder = next((one for one in town.who.values() if one.post_id == duty.assignee_id), None)
        if holder and duty.kind in BY_HAND:
            duties.finish_duty(holder, id=new_id(), duty_id=duty.id, now=at)


def reports(town: Town) -> dict[str, str]:
    """Reports nobody has said yet what becomes of."""
    lately = town.now - 30 * timedelta(minutes=1)
    return {
        "screams": str(report(town, "operator", lately, danger="screams_now", by_whom="anonymous", way="call")),
        "unsure": str(report(town, "mugalim", lately - 3 * DAY, danger="unsure", way="school", interpreter=True)),
        "named": str(report(town, "sotsial", lately, reporter_name="Бегимай Асанова", reporter_phone="+996700000114")),
    }


def share(ref: str, now: datetime) -> None:
    """Everybody may open this file: what a page shows to whom is then a matter of the role alone."""
    case = Case.objects.get(ref=ref)
    for post_id in Post.objects.values_list("id", flat=True):
        for subject in {case.subject_id, case.report.subject_id}:
            _grant(SYSTEM, subject=subject, post_id=post_id, now=now)


@command("browser.grant", needs=Permission.SYSTEM)
def _grant(actor: Actor, *, subject: Any, post_id: int, now: datetime) -> None:
    access.grant(subject, post_holder(post_id), why="shown", now=now)
