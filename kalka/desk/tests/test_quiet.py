"""What is asked about an officer's own work stands on the case page of others, not on that officer's."""

import pytest

from kalka.cases.tests import factories as cases
from kalka.cases.tests.factories import NOW, in_a_command
from kalka.complaints import services as complaints
from kalka.complaints.models import Addressee
from kalka.complaints.rules import NewOutcome, NewPaper
from kalka.complaints.tests.factories import HOUR, MINUTE, WORDS, world
from kalka.core.actors import SYSTEM
from kalka.core.refs import new_id
from kalka.desk import casefile
from kalka.duties import passing
from kalka.duties import selectors as duties
from kalka.duties.kinds import QUIET
from kalka.duties.models import Duty
from kalka.duties.rules import How
from kalka.followup.rules import NewSaid
from kalka.followup.services import record_said
from kalka.followup.tests.factories import visit

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LATER = NOW + 2 * HOUR


@pytest.fixture
def at():
    made = world()
    made.prosecutor = cases.post("prosecutor", place=cases.RAION)
    return made


def filed(at, **told):
    new = NewPaper(**{"kind": "inaction", "ground": "visit", "on": NOW.date(), "told": WORDS, **told})
    return complaints.file_paper(at.worker, id=new_id(), case_ref=at.case.ref, told=new, now=NOW)


def answered(at, paper):
    asked = Addressee.objects.get(paper=paper, part="superior")
    new = NewOutcome(how="granted", on=NOW.date())
    ref = at.case.ref
    complaints.answer_paper(at.officer, id=new_id(), case_ref=ref, addressee_id=asked.pk, told=new, now=NOW + MINUTE)


def quiet(actor, at):
    page = casefile.case_file(actor, at.case.ref, now=LATER)
    return {one.kind for one in page.next} & QUIET


def passed_on(actor, at):
    return [one.what for one in duties.timeline(actor, at.case.subject_id, now=LATER)]


def test_an_officer_reads_no_duty_that_says_who_complains_of_him_or_whose_word_is_asked(at):
    first = visit(at.inspector, at.case, kept="kept")
    new = NewSaid(said="not_came", way="safe_contact", told=WORDS)
    record_said(at.worker, id=new_id(), case_ref=at.case.ref, visit_id=first.pk, told=new, now=NOW + MINUTE)
    visit(at.inspector, at.case, kept="kept", now=NOW + HOUR)
    answered(at, filed(at, against=at.inspector.post_id))
    assert quiet(at.worker, at) == QUIET == {"visit.ask", "visit.denied", "paper.answer", "paper.tell"}
    assert quiet(at.officer, at) == {"visit.denied"}, "the own one alone"
    assert quiet(at.inspector, at) == set()
    assert duties.next_for(at.inspector, at.case.subject_id, now=LATER).kind not in QUIET


def test_nor_that_one_went_on_in_other_hands(at):
    visit(at.inspector, at.case, kept="kept")
    asked = Duty.objects.get(kind="visit.ask")
    in_a_command(lambda: passing.move(SYSTEM, asked, at.coordinator.post_id, How.MOVED, now=NOW))
    moved = Duty.objects.standing().get(kind="visit.ask")
    in_a_command(lambda: passing.end(SYSTEM, moved, How.WAIVED, now=NOW))
    told = [sorted(passed_on(one, at)) for one in (at.worker, at.inspector)]
    assert told == [["duties.moved", "duties.waived"], []]


def test_what_is_asked_of_the_officer_stays_on_the_page(at):
    filed(at, kind="extension", ground="", order=at.order)
    page = casefile.case_file(at.inspector, at.case.ref, now=LATER)
    assert [one.assignee_id for one in page.next if one.kind == "paper.answer"] == [at.inspector.post_id], "the own one"
