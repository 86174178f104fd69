"""What is asked about an officer's own work stands on the case page of others, not on that officer's."""

import contextlib
import re
from dataclasses import replace

import pytest
from django.test import RequestFactory
from django.urls import resolve, reverse

from config.policy import POLICY
from kalka.cases.tests import factories as cases
from kalka.cases.tests.factories import NOW, in_a_command
from kalka.complaints import selectors as papers
from kalka.complaints import services as complaints
from kalka.complaints.models import Addressee
from kalka.complaints.rules import NewOutcome, NewPaper
from kalka.complaints.tests.factories import HOUR, MINUTE, WORDS, world
from kalka.core.actors import SYSTEM
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.desk import casefile
from kalka.directory.models import Holding
from kalka.duties import passing
from kalka.duties import selectors as duties
from kalka.duties.kinds import QUIET
from kalka.duties.models import Duty
from kalka.duties.performing import performance
from kalka.duties.rules import How
from kalka.duties.services import waive_duty
from kalka.followup import selectors as followup
from kalka.followup.rules import NewSaid
from kalka.followup.services import record_said
from kalka.followup.tests.factories import visit
from tests.security.installed import ADDRESSES

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LATER = NOW + 2 * HOUR
# Where it stands that a visit is due, and that whoever leads goes.
DUE = {"desk:case", "desk:today", "desk:search", "desk:openings", "obligations:matrix", "cases:note"}
APART = {"api", "accounts", "portal", "static"}  # nothing of a file


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


def quietly(at):
    """One of each, of others, by its kind."""
    first = visit(at.inspector, at.case, kept="kept")
    new = NewSaid(said="not_came", way="safe_contact", told=WORDS)
    record_said(at.worker, id=new_id(), case_ref=at.case.ref, visit_id=first.pk, told=new, now=NOW + MINUTE)
    visit(at.inspector, at.case, kept="kept", now=NOW + HOUR)
    answered(at, filed(at, against=at.inspector.post_id))
    return {one.kind: one.pk for one in Duty.objects.standing().filter(kind__in=QUIET)}


def test_an_officer_reads_no_duty_that_says_who_complains_of_him_or_whose_word_is_asked(at):
    quietly(at)
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


def test_nor_does_it_open_by_its_id_for_him(at):
    found = quietly(at)
    assert found.keys() == QUIET
    for kind, id in found.items():
        with pytest.raises(AccessDenied):
            duties.duty_page(at.inspector, id, now=LATER)
        with pytest.raises(AccessDenied):
            waive_duty(at.inspector, id=new_id(), duty_id=id, reason=WORDS, now=LATER)
        assert duties.duty_page(at.worker, id, now=LATER).line.kind == kind
    assert duties.duty_page(at.officer, found["visit.denied"], now=LATER).may_finish, "the own one"


def test_nor_is_it_a_figure_of_his_small_office_for_him(at):
    quietly(at)
    told = [performance(one, since=NOW, now=LATER).keys() & QUIET for one in (at.inspector, at.officer)]
    assert told == [set(), QUIET]


def test_what_is_asked_of_the_officer_stays_on_the_page(at):
    filed(at, kind="extension", ground="", order=at.order)
    page = casefile.case_file(at.inspector, at.case.ref, now=LATER)
    assert [one.assignee_id for one in page.next if one.kind == "paper.answer"] == [at.inspector.post_id], "the own one"


def both(at):
    """The one who is the inspector also holds the post that leads, and acts in it."""
    Holding.objects.filter(post_id=at.officer.post_id).update(user_id=at.inspector.user_id)
    return replace(at.officer, user_id=at.inspector.user_id)


def test_whoever_is_in_both_posts_is_told_nothing_of_themselves_in_either(at):
    first, actor = visit(at.inspector, at.case, kept="kept"), both(at)
    new = NewSaid(said="not_came", way="safe_contact", told=WORDS)
    record_said(at.worker, id=new_id(), case_ref=at.case.ref, visit_id=first.pk, told=new, now=NOW + MINUTE)
    paper = filed(at, against=at.inspector.post_id)
    asked = Addressee.objects.filter(paper=paper).values_list("part", flat=True)
    standing = Duty.objects.standing().filter(kind__in=QUIET).values_list("kind", "assignee_id")
    assert (list(asked), set(standing)) == (["prosecutor"], {("paper.answer", at.prosecutor.post_id)})
    cases.join(at.worker, at.case, at.officer)
    for shut in (
        lambda: papers.paper_page(actor, at.case.ref, paper.pk, now=LATER),
        lambda: followup.said_page(actor, at.case.ref, first.pk, now=LATER),
    ):
        with pytest.raises(AccessDenied):
            shut()
    subject = at.case.subject_id
    told = [*papers.timeline(actor, subject, now=LATER), *followup.timeline(actor, subject, now=LATER)]
    assert [one.what for one in told if "said" in one.what or "paper" in one.what] == []
    assert [one.said for one in followup.entries(actor, now=LATER).lines] == [""]


# What he reads


def pages(actor, at, visit_id):
    """Every page the officer opens with what he knows: its text, by its address, without what a page draws anew."""
    known = {"ref": at.case.ref, "order": at.order, "visit_id": visit_id}
    found = {}
    for name, wanted in ADDRESSES:
        rule = POLICY[name]
        needed = rule.methods.get("GET", Permission.SYSTEM)
        if set(wanted) <= known.keys() and name.split(":")[0] not in APART and needed and actor.may(needed):
            path = reverse(name, kwargs={part: known[part] for part in wanted})
            request = RequestFactory().get(path)
            request.actor, request.now, request.LANGUAGE_CODE = actor, LATER + HOUR, "en"
            where = resolve(path)
            with contextlib.suppress(AccessDenied):
                answer = where.func(request, **where.kwargs)
                text = "" if answer.streaming else answer.content.decode("utf-8", "replace")
                found[name] = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|name=.csrf[^>]*|\(\d+×\)", "", text)
    return found


def changed(before, after):
    return {name for name in before if before[name] != after[name]}


def test_a_complaint_changes_no_page_of_the_officer(at):
    first = visit(at.inspector, at.case, kept="kept")
    before = pages(at.inspector, at, first.pk)
    assert {"desk:case", "desk:today", "desk:openings", "referrals:conference_new", "cases:note"} <= before.keys()
    answered(at, filed(at, against=at.inspector.post_id))
    assert changed(before, pages(at.inspector, at, first.pk)) == set()


def test_a_denied_visit_changes_none_but_by_the_visit_that_is_due(at):
    first = visit(at.inspector, at.case, kept="kept")
    visit(at.inspector, at.case, kept="kept", now=NOW + HOUR)
    before = pages(at.inspector, at, first.pk)
    new = NewSaid(said="not_came", way="safe_contact", told=WORDS)
    record_said(at.worker, id=new_id(), case_ref=at.case.ref, visit_id=first.pk, told=new, now=LATER)
    after = pages(at.inspector, at, first.pk)
    assert changed(before, after) <= DUE
    assert not [name for name, text in after.items() if WORDS in text or "was not made" in text]
