"""Help as it is counted: six families through the window, each row by its own command, and what a release says."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from kalka.core.actors import SYSTEM
from kalka.core.extract import Extract
from kalka.core.refs import new_id
from kalka.findings.rules import Mark, NewFinding, NewSchool
from kalka.findings.services import hand_over, report_child, write_finding
from kalka.legalaid import services as legalaid
from kalka.legalaid.rules import NewRequest, NewSession
from kalka.places import facts as places
from kalka.referrals.tests import factories as make
from kalka.referrals.tests.factories import DAY, HOUR, NOW, TODAY, cases
from kalka.shelters import services as shelters
from kalka.shelters.rules import NewChild, NewDeparture, NewStay, NewTurnAway, Wish
from kalka.statistics import indicators, tasks
from kalka.statistics.counting import Counted, count
from kalka.statistics.gathering import gather
from kalka.statistics.models import Published, Sheet
from kalka.support import services as support
from kalka.support.rules import NewAid, NewService, NewWord

pytestmark = [pytest.mark.django_db, pytest.mark.both]
NEXT_YEAR = datetime(2027, 1, 2, 3, tzinfo=NOW.tzinfo)
NARYN = "41704000000000"
FAMILIES = 6

# What stands behind the whole of 2026, in the country: each family once, but for what says more.
EXPECTED: dict[str, dict[str, int]] = {
    "needs": {"": 4, "need=psychological": 1, "need=health": 1, "need=legal": 1, "need=shelter": 1}
    | {"wish=wants": 3, "wish=refuses": 1},
    "needs_unasked": {"": 1, "need=legal": 1},
    "referrals": {"": 3, "need=psychological": 2, "need=health": 1}
    | {"stands=done": 1, "stands=declined": 1, "stands=sent": 1}
    | {"to=crisis_centre": 1, "to=health": 1, "to=outside": 1},
    "referrals_declined": {"": 1, "need=health": 1, "declined=full": 1},
    "referrals_waiting": {"": 1, "need=psychological": 1, "waits=31+": 1, "to=outside": 1},
    "help_given": {"": 1, "need=psychological": 1, "helped=2-3": 1},
    "help_psychological": {"": 2, "got=2-3": 1, "got=waiting": 1},
    "help_medical": {"": 1, "got=waiting": 1},
    "help_social": {},
    "help_legal": {},
    "services_given": {"": 2, "help=psychological": 1, "help=social": 1, "agency=crisis_centre": 1, "agency=police": 1},
    "aid_given": {"": 1, "budget=local": 1, "given=money": 1},
    "documents_restored": {"": 1, "document=id_card": 1},
    "words_on_safety": {"": 1, "feels=safer": 1},
    "legal_aid": {"": 1, "needed_for=civil": 1, "taken=2-3": 1, "ended=won": 1},
    "counsel_sessions": {"": 1, "session=first": 1, "agency=crisis_centre": 1},
    "shelter_stays": {
        "": 1,
        "sex=f": 1,
        "age=25-34": 1,
        "with_child=yes": 1,
        "lasted=nights_7": 1,
        "gone=rented": 1,
    },
    "shelter_nights": {"": 4, "child=yes": 2, "child=no": 2},
    "shelter_unmet": {"": 1, "turned=no_place": 1, "needed=woman": 1, "with_child=no": 1},
    "clinic_findings": {"": 1, "hours=day_1": 1, "read=no": 1},
    "school_reports": {"": 1, "sex=f": 1, "age=7-13": 1, "handed=yes": 1},
}


@pytest.fixture
def world() -> SimpleNamespace:
    made = make.world()
    office = cases.office("legal_aid", cases.RAION)
    made.advocate = cases.post("lawyer", place=cases.RAION, organisation=office)
    made.shelter_worker = cases.post("shelter_worker", place=cases.RAION, organisation=made.centre)
    made.teacher = cases.post("educator", place=cases.AIMAK)
    made.house = shelters.register_shelter(made.shelter_worker, id=new_id(), name="Бешик", region=NARYN, now=NOW)
    return made


def family(world: SimpleNamespace, number: int) -> None:
    """One of each: help asked for, given, declined, waited for; her word; an advocate; nights; a clinic, a school."""
    world.case = cases.opened(world) if number else world.case
    world.she = cases.protected_of(world.case)
    for member in (world.worker, world.crisis, world.psychologist):
        cases.join(world.inspector, world.case, member)
    window(world)
    given(world)
    advocate(world)
    nights(world, number)
    found(world)


def window(world: SimpleNamespace) -> None:
    needs = make.asked(world, "psychological", "health", "legal")
    make.services.note_needs(
        world.inspector,
        id=new_id(),
        case_ref=world.case.ref,
        told=make.NewIntake((make.NewNeed("shelter", wish="refuses"),)),
        now=NOW,
    )
    talk = make.referred(world, needs["psychological"])
    make.answered(world, talk, "accepted", now=NOW + HOUR)
    make.answered(world, talk, "done", now=NOW + 3 * DAY)
    doctor = make.referred(world, needs["health"], world.care)
    make.answered(world, doctor, "declined", "full", by=world.doctor, now=NOW + HOUR)
    make.referred(world, needs["psychological"], world.line)


def given(world: SimpleNamespace) -> None:
    told: dict[str, Any] = {"case_ref": world.case.ref, "now": NOW}
    support.give_service(world.crisis, id=new_id(), told=NewService("talk", 45, TODAY), **told)
    support.give_service(world.worker, id=new_id(), told=NewService("social_advice", 30, TODAY), **told)
    support.give_aid(world.worker, id=new_id(), told=NewAid("local", "money", 3_000, TODAY), **told)
    for state in ("missing", "applied", "restored"):
        support.note_document(world.worker, id=new_id(), kind="id_card", state=state, on=TODAY, **told)
    for feels, alone in (("same", False), ("safer", True)):
        support.record_word(world.worker, id=new_id(), told=NewWord(feels, alone), **told)
    legalaid.hold_session(world.psychologist, id=new_id(), told=NewSession("first", 50, TODAY), **told)


def advocate(world: SimpleNamespace) -> None:
    told: dict[str, Any] = {"case_ref": world.case.ref}
    agreed = make.NewConsent(world.advocate.organisation_id, "legal", world.she, TODAY + 90 * DAY, "file")
    cases.services.give_consent(world.worker, id=new_id(), told=agreed, now=NOW, **told)
    asking = NewRequest(world.she, "civil", "violence")
    row = legalaid.request_aid(world.worker, id=new_id(), told=asking, now=NOW, **told)
    post, then = world.advocate.post_id, NOW + 2 * DAY
    asked = legalaid.appoint(world.worker, id=new_id(), request_id=row.pk, advocate=post, now=NOW, **told)
    took: dict[str, Any] = {"appointment_id": asked.pk, "accepted": True, "until": TODAY + 30 * DAY, "now": then}
    legalaid.answer_appointment(world.advocate, id=new_id(), **took, **told)
    ended: dict[str, Any] = {"request_id": row.pk, "how": "won", "on": TODAY + 9 * DAY, "now": NOW + 9 * DAY}
    legalaid.record_result(world.advocate, id=new_id(), **ended, **told)


def nights(world: SimpleNamespace, number: int) -> None:
    """A mother with a child for two nights; and somebody for whom nobody had a place."""
    by = world.shelter_worker
    told: dict[str, Any] = {"shelter_id": world.house.pk, "room": 1, "bed": number + 1, "suits": ("woman", "children")}
    bed = shelters.add_place(by, id=new_id(), **told, now=NOW)
    stay = shelters.take_in(by, id=new_id(), told=NewStay(bed.pk, "f", "25-34", TODAY + 14 * DAY), now=NOW)
    shelters.add_child(by, id=new_id(), stay_id=stay.pk, told=NewChild("f", "0-6"), now=NOW)
    left = NewDeparture(TODAY + 2 * DAY, "rented")
    shelters.depart(by, id=new_id(), stay_id=stay.pk, told=left, now=NOW + 2 * DAY)
    shelters.turn_away(world.worker, id=new_id(), told=NewTurnAway(NARYN, "no_place", Wish("woman")), now=NOW)


def found(world: SimpleNamespace) -> None:
    seen = NewFinding(cases.VILLAGE, "no", NOW - 3 * HOUR, world.case.ref, marks=(Mark("neck", "bruise"),))
    write_finding(world.doctor, id=new_id(), told=seen, now=NOW)
    noticed = NewSchool(cases.VILLAGE, "f", "7-13", ("fear",), "no")
    report = report_child(world.teacher, id=new_id(), told=noticed, now=NOW)
    hand_over(world.children, id=new_id(), file=report.subject_id, on=TODAY, now=NOW + HOUR)


def named(figures: dict[tuple[str, str], int]) -> dict[str, int]:
    return {f"{by}={code}" if by else "": n for (by, code), n in figures.items() if n}


def test_every_fact_of_help_is_counted_once_for_each_family(world: SimpleNamespace) -> None:
    family(world, 0)
    assert {code: counted(code, NEXT_YEAR) for code in EXPECTED} == EXPECTED


@pytest.mark.deep
def test_a_release_says_the_figures_of_six_families(world: SimpleNamespace) -> None:
    for number in range(FAMILIES):
        family(world, number)
    tasks.release_now(SYSTEM, now=NEXT_YEAR)
    for code, expected in EXPECTED.items():
        sheet = Sheet.objects.get(indicator=code, year=2026)
        rows = Published.objects.filter(release=sheet.source, indicator=code, period="2026", place="")
        shown = {f"{row.by}={row.code}" if row.by else "": row.n for row in rows if row.state == "shown"}
        assert (code, shown[""]) == (code, FAMILIES * expected.get("", 0))
        assert (code, shown) == (code, {cell: FAMILIES * expected.get(cell, 0) for cell in shown})


def test_who_waits_is_asked_of_the_day_of_counting(world: SimpleNamespace) -> None:
    """Of an answer that came later an earlier count knows nothing."""
    talk = make.sent(world)
    make.answered(world, talk, "accepted", now=NOW + 5 * DAY)
    assert counted("referrals_waiting", NOW + 2 * DAY) == {
        "": 1,
        "need=psychological": 1,
        "waits=2-3": 1,
        "to=crisis_centre": 1,
    }
    assert counted("referrals_waiting", NOW + 6 * DAY) == {}


def counted(code: str, before: datetime) -> dict[str, int]:
    """Of the whole year and country, as it stood at a moment."""
    indicator = indicators.get(code)
    extract = Extract(before=before, until=before.date() + timedelta(days=1), salt=b"of one release")
    lines = sorted(
        Counted(one.who, one.on.month, one.oblast, one.raion, one.agency, one.codes)
        for batch in gather(indicator.of, extract, places.tree())
        for one in batch.rows
    )
    tally = count(indicator, lines)
    return named({(key.by, key.code): n for key, n in tally.n.items() if (key.month, key.place) == (0, "")})
