from dataclasses import replace
from datetime import timedelta

import pytest

from kalka.cases.services import give_consent
from kalka.cases.tests.factories import DAY, NOW, TODAY, join, wall
from kalka.core.actors import post_holder
from kalka.core.errors import AccessDenied
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.duties import selectors as duty_list
from kalka.referrals import selectors, services
from kalka.referrals.models import Minutes, Seat
from kalka.referrals.rules.conferences import NewDecision
from kalka.referrals.tests import factories as make
from kalka.referrals.tests.factories import (
    HANDED,
    HOUR,
    answered,
    asked,
    called,
    chosen,
    consent_for,
    duties,
    minutes,
    noted,
    referred,
    refusal,
    sent,
    statements,
    track,
    track_step,
    unagreed,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def at():
    return make.world()


def test_a_consent_shows_an_organisation_its_own_part_and_not_the_board(at):
    needs = asked(at, "psychological", "health")
    referred(at, needs["psychological"])
    referred(at, needs["health"], at.care)
    assert selectors.board(at.crisis, now=NOW).empty
    assert [line.code for line in selectors.inbox(at.crisis, now=NOW)] == ["psychological"]
    assert [line.code for line in selectors.inbox(at.doctor, now=NOW)] == ["health"]
    for see in (
        lambda: selectors.referral_page(at.crisis, at.case.ref, selectors.inbox(at.crisis, now=NOW)[0].id, now=NOW),
        lambda: selectors.received_page(at.crisis, selectors.inbox(at.doctor, now=NOW)[0].id, now=NOW),
        lambda: selectors.need_page(at.crisis, at.case.ref, needs["psychological"].pk, now=NOW),
        lambda: selectors.board(at.doctor, now=NOW),
    ):
        with pytest.raises(AccessDenied):
            see()


def test_a_wall_hides_what_was_asked_and_the_board(at):
    sent(at)
    for actor in (at.psychologist, at.coordinator):
        wall(at.case.subject_id, actor.user_id)
    assert selectors.inbox(at.psychologist, now=NOW) == ()
    assert selectors.board(at.coordinator, now=NOW).empty


def test_opening_what_was_handed_over_is_recorded_and_withdrawn_it_is_shut(at):
    referral = sent(at)
    assert selectors.received_page(at.psychologist, referral.pk, now=NOW).handed == HANDED
    assert AuditEntry.objects.latest("id").command == "referrals.received"
    noted(at, referral, "withdrawn", "no_need")
    page = selectors.received_page(at.psychologist, referral.pk, now=NOW)
    assert (page.handed, page.may) == ("", ())


def test_services_are_proposed_by_the_kind_of_help_the_place_and_whom_they_are_for(at):
    make.service("Алыстагы психолог", ("psychological",), None, area=make.cases.FAR)
    need = asked(at, "psychological")["psychological"]
    page = selectors.need_page(at.inspector, at.case.ref, need.pk, now=NOW)
    found = {near.offer.name["ky"]: (near.here, near.waiting, near.asked, near.open_now) for near in page.offers}
    assert found == {"Психолог": (True, 0, False, True), "Ыкчам линия": (False, 0, False, True)}
    referred(at, need)
    page = selectors.need_page(at.inspector, at.case.ref, need.pk, now=NOW)
    assert {near.offer.name["ky"]: (near.waiting, near.asked) for near in page.offers} == {
        "Психолог": (1, True),
        "Ыкчам линия": (0, False),
    }


def test_how_many_places_are_free_around_there_is_told_for_a_shelter_alone(at):
    needs = asked(at, "shelter", "legal")
    page = selectors.need_page(at.inspector, at.case.ref, needs["shelter"].pk, now=NOW)
    assert (page.free.free, page.free.none) == (0, True)
    assert selectors.need_page(at.inspector, at.case.ref, needs["legal"].pk, now=NOW).free is None


def test_the_hours_of_care_are_named_and_said_to_be_unset(at):
    need = asked(at, "postrape")["postrape"]
    page = selectors.need_page(at.inspector, at.case.ref, need.pk, now=NOW)
    assert [(one.term.is_set, one.window) for one in page.care] == [(False, "unset"), (False, "unset")]


def test_the_page_of_the_case_has_what_is_needed_and_where_it_stands(at):
    needs = asked(at, "psychological", "legal")
    referred(at, needs["psychological"])
    panel = selectors.panel(at.inspector, selectors.help_of(at.inspector, at.case.subject_id, now=NOW))
    assert [(one.need.code, one.referral.state if one.referral else None) for one in panel.help] == [
        ("legal", None),
        ("psychological", "sent"),
    ]
    assert (panel.may_ask, panel.may_begin_track) == (True, True)


def test_the_panel_asks_as_often_for_a_long_case_as_for_a_short_one(at):
    def panel():
        rows = selectors.help_of(at.inspector, at.case.subject_id, now=NOW)
        return selectors.panel(at.inspector, rows), selectors.timeline(at.inspector, rows)

    assert statements(panel) == 1
    needs = asked(at, "psychological", "shelter")
    referred(at, needs["psychological"])
    track_step(at, track(at), 1)
    minutes(at, called(at, at.coordinator))
    short = statements(panel)
    referred(at, needs["shelter"])
    track_step(at, track(at, "trafficking"), 2)
    minutes(at, called(at, at.coordinator))
    assert statements(panel) == short


def test_a_case_is_not_closed_while_help_is_asked_for_or_wanted_and_asked_of_nobody(at):
    def blockers():
        return [one.code for one in selectors.open_work(at.inspector, at.case.subject_id, now=NOW)]

    needs = asked(at, "psychological", "legal")
    assert blockers() == ["referrals.unmet", "referrals.unmet"]
    referral = referred(at, needs["psychological"])
    chosen(at, needs["legal"], "met")
    assert blockers() == ["referrals.open"]
    answered(at, referral, "accepted")
    answered(at, referral, "done")
    assert blockers() == []


def test_the_time_of_the_case_tells_it_in_its_order(at):
    needs = asked(at, "psychological")
    chosen(at, needs["psychological"], "refuses", now=NOW + HOUR)
    chosen(at, needs["psychological"], "wants", now=NOW + 2 * HOUR)
    referral = referred(at, needs["psychological"], now=NOW + 3 * HOUR)
    answered(at, referral, "declined", "full", now=NOW + 4 * HOUR)
    rows = selectors.help_of(at.inspector, at.case.subject_id, now=NOW + 5 * HOUR)
    items = sorted(selectors.timeline(at.inspector, rows), key=lambda one: one.at)
    assert [one.what for one in items] == [
        "referrals.intake",
        "referrals.refused",
        "referrals.chosen",
        "referrals.sent",
        "referrals.declined",
    ]


def test_the_way_after_sexual_violence_needs_nobody_named_and_asks_her_once(at):
    way = track(at, by="stranger", ago="h24")
    track_step(at, way, 5)
    again = refusal(lambda: track_step(at, way, 5))
    assert (again.code, again.facts["field"]) == ("referrals.once_is_enough", "told")
    track_step(at, way, 3, "refused")
    page = selectors.track_page(at.inspector, at.case.ref, way.pk, now=NOW)
    assert (page.by, page.line.done, page.line.steps, len(page.care)) == ("stranger", 2, 8, 2)
    assert [stage.code for stage in page.stages if stage.settled] == ["examination", "interview"]
    assert refusal(lambda: track(at)).code == "referrals.track_is_there"
    assert track(at, "trafficking").kind == "trafficking"


def test_a_conference_shows_each_what_is_theirs(at):
    give_consent(at.inspector, id=new_id(), case_ref=at.case.ref, told=consent_for(at, at.centre), now=NOW)
    row = called(at, at.crisis, at.coordinator)
    assert duties(at)["referral.minutes"] == at.inspector.post_id
    assert sorted(
        duty.assignee_id
        for duty in duty_list.of_subject(at.inspector, at.case.subject_id, now=NOW)
        if duty.kind == "referral.come"
    ) == sorted([at.crisis.post_id, at.coordinator.post_id])
    seat = Seat.objects.get(seated=at.crisis.post_id)
    assert selectors.invited_page(at.crisis, seat.pk, now=NOW).where == "Борбордо"
    mine = NewDecision(at.crisis.post_id, TODAY + 5 * DAY, "Психологго жазуу")
    theirs = NewDecision(at.coordinator.post_id, TODAY + 6 * DAY, "Документтерди сурап билүү")
    minutes(at, row, mine, theirs, came=(at.crisis, at.coordinator))
    later = NOW + 32 * HOUR
    page = selectors.invited_page(at.crisis, seat.pk, now=later)
    assert ([one.what for one in page.decisions], page.said, page.whole) == (["Психологго жазуу"], "", False)
    whole = selectors.conference_page(at.inspector, at.case.ref, row.pk, now=later)
    assert ([one.what for one in whole.decisions], whole.her_word) == (
        ["Психологго жазуу", "Документтерди сурап билүү"],
        "Макулмун, бирок шашпайлы",
    )
    assert set(duties(at)) == {"referral.decision"}
    decided = page.decisions[0].id
    services.carry_out(at.crisis, id=new_id(), decision_id=decided, told="Жазылды", now=later)
    assert duties(at) == {"referral.decision": at.coordinator.post_id}
    with pytest.raises(AccessDenied):
        selectors.decision_page(at.doctor, decided, now=later)
    assert refusal(lambda: minutes(at, row)).code == "referrals.minutes_are_there"
    assert Minutes.objects.count() == 1


def test_nobody_is_asked_to_a_table_who_may_not_know_of_the_case(at):
    assert refusal(lambda: called(at, at.doctor)).code == "referrals.may_not_know"
    join(at.inspector, at.case, at.doctor)
    assert called(at, at.doctor).case_ref == at.case.ref


def test_whoever_may_only_know_of_the_duties_makes_no_referral(at):
    asked(at, "psychological")
    holders = (post_holder(at.coordinator.post_id),)
    need = selectors.needs_of(at.inspector, at.case.subject_id, now=NOW)[0]
    with pytest.raises(AccessDenied):
        selectors.need_page(replace(at.coordinator, holders=holders), at.case.ref, need.id, now=NOW + timedelta(1))


def test_what_nobody_agreed_to_any_more_is_not_on_the_board(at):
    unagreed(at, sent(at))
    found = selectors.board(at.coordinator, now=NOW)
    assert (found.waiting, found.stuck, found.taken) == ((), (), ())
