import pytest

from kalka.cases.tests.factories import VILLAGE, protected_of, wall
from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.legalaid import labels, rules, selectors, services
from kalka.legalaid.rules import NewSession
from kalka.legalaid.tests.factories import DAY, NOW, TODAY, agreed, appointed, asked, took, world
from kalka.legalaid.tests.test_counselling import group, session, waits

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def at():
    return world()


def test_a_request_says_where_it_stands(at):
    agreed(at, at.case, at.office.pk)
    request = asked(at, told="Үйдү бөлүштүрүү керек")

    def line(actor=at.worker):
        return selectors.request_line(actor, at.case.ref, request.pk, now=NOW)

    assert (line().state, line().advocate, line().told) == ("asked", "", "Үйдү бөлүштүрүү керек")
    row = appointed(at, request, at.advocate)
    assert (line(at.advocate).state, line(at.advocate).appointment) == ("appointed", row.pk)
    assert line().appointment is None, "only whoever was asked answers"
    took(row, at.advocate)
    assert (line(at.advocate).own, line().until) == (True, TODAY + 30 * DAY)
    assert "Үйдү бөлүштүрүү" not in repr(line())
    (listed,) = selectors.requests(at.worker, at.case.ref, now=NOW)
    assert (listed.state, listed.told) == ("accepted", "")


def test_only_advocates_of_offices_she_agreed_to_are_offered(at):
    assert selectors.advocate_choices(at.worker, at.case.ref, now=NOW) == []
    agreed(at, at.case, at.office.pk)
    offered = {int(code) for code, _label in selectors.advocate_choices(at.worker, at.case.ref, now=NOW)}
    assert offered == {at.advocate.post_id, at.partner.post_id}
    clients = [code for code, _label in selectors.client_choices(at.worker, at.case.ref, now=NOW)]
    assert clients == [str(protected_of(at.case))], "never somebody said to have done it"


def test_a_case_stays_open_while_an_advocate_works_on_it(at):
    def blockers():
        return [one.code for one in selectors.open_work(at.worker, at.case.subject_id, now=NOW)]

    assert blockers() == []
    agreed(at, at.case, at.office.pk)
    request = asked(at)
    assert blockers() == ["legalaid.open"]
    took(appointed(at, request, at.advocate), at.advocate)
    assert blockers() == ["legalaid.open"]
    told = {"case_ref": at.case.ref, "request_id": request.pk, "how": "withdrawn", "on": TODAY, "now": NOW}
    services.record_result(at.advocate, id=new_id(), **told)
    assert blockers() == []


def test_the_list_shows_who_waits_longest_and_most(at):
    waits(at)
    (line,) = selectors.waiting_list(at.psychologist, now=NOW + 3 * DAY)
    assert (line.urgency, line.days, line.case_ref) == ("week", 3, at.case.ref)
    assert selectors.waiting_list(at.colleague, now=NOW) == (), "a colleague sees only the cases shown to her"
    assert selectors.waiting_list(at.worker, now=NOW) == (), "the list of another office"
    session(at)
    session(at, 0, came=False)
    assert selectors.waiting_list(at.psychologist, now=NOW) == ()
    made = selectors.counselled(at.worker, at.case.ref, now=NOW)
    assert (made.sessions, made.minutes, made.missed, made.meetings, made.in_group) == (1, 50, 1, 0, 0)


def test_time_in_a_group_is_counted_for_whoever_was_there(at):
    made = group(at)
    add = {"group_id": made.pk, "now": NOW}
    member = services.add_member(at.psychologist, id=new_id(), case_ref=at.case.ref, **add)
    for minutes, present in ((90, [member.pk]), (60, [])):
        told = {"on": TODAY, "minutes": minutes, "present": present, **add}
        services.hold_meeting(at.psychologist, id=new_id(), **told)
    found = selectors.counselled(at.worker, at.case.ref, now=NOW)
    assert (found.sessions, found.minutes, found.meetings, found.in_group) == (0, 0, 1, 90)


def test_a_group_is_shown_by_codes_of_cases(at):
    made = group(at)
    services.add_member(at.psychologist, id=new_id(), case_ref=at.case.ref, group_id=made.pk, now=NOW)
    _group, members = selectors.get_group(at.psychologist, made.pk, now=NOW)
    assert [(one.case_ref, one.came) for one in members] == [(at.case.ref, 0)]
    assert selectors.get_group(at.colleague, made.pk, now=NOW)[1] == (), "whose case is not shown is not listed"
    assert [(one.taken, one.seats) for one in selectors.groups(at.colleague, now=NOW)] == [(1, 2)]


def test_days_to_come_are_known_and_past_ones_are_told_by_their_own_office(at):
    services.plan_day(at.advocate, id=new_id(), place=VILLAGE, on=TODAY, now=NOW)
    for actor, now, number in ((at.worker, NOW, 1), (at.worker, NOW + 2 * DAY, 0), (at.partner, NOW + 2 * DAY, 1)):
        assert len(selectors.days(actor, now=now)) == number


def test_the_time_of_a_case_shows_that_it_was_not_what_was_said(at):
    agreed(at, at.case, at.office.pk)
    asked(at)
    told = NewSession("crisis", 30, TODAY)
    services.hold_session(at.psychologist, id=new_id(), case_ref=at.case.ref, told=told, now=NOW)
    items = selectors.timeline(at.worker, at.case.subject_id, now=NOW)
    assert {one.what for one in items} == {"legalaid.request", "legalaid.session"}
    assert all(one.lines == () for one in items)
    assert selectors.timeline(at.inspector, at.case.subject_id, now=NOW) == []


def test_a_stranger_and_whoever_is_walled_off_see_nothing(at):
    request = asked(at)
    wall(at.case.subject_id, at.worker.user_id)
    for actor in (at.stranger, at.worker, at.advocate):
        assert selectors.open_work(actor, at.case.subject_id, now=NOW) == ()
        for do in (
            lambda actor=actor: selectors.requests(actor, at.case.ref, now=NOW),
            lambda actor=actor: selectors.request_line(actor, at.case.ref, request.pk, now=NOW),
            lambda actor=actor: selectors.counselled(actor, at.case.ref, now=NOW),
        ):
            with pytest.raises(AccessDenied):
                do()


def test_every_code_has_words():
    assert set(labels.CATEGORIES) == set(rules.Category) and set(labels.GROUNDS) == set(rules.Ground)
    assert set(labels.REFUSALS) == set(rules.Refusal) and set(labels.RESULTS) == set(rules.Result)
    assert set(labels.STATES) == set(rules.State) and set(labels.TOPICS) == set(rules.Topic)
    assert set(labels.URGENCIES) == set(rules.Urgency) and set(labels.SESSIONS) == set(rules.Session)
    assert set(labels.LEFT) == set(rules.Left) and set(labels.CIRCLES) == set(rules.Circle)
