import pytest

from kalka.access.selectors import sees
from kalka.cases.services import mark_closed, reopen
from kalka.cases.tests.factories import join, opened, wall
from kalka.core.errors import AccessDenied
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.support import labels, rules, selectors, services
from kalka.support.models import Opinion
from kalka.support.rules import NewAid, NewOutcome, NewService
from kalka.support.tests.factories import (
    DAY,
    HOUR,
    NOW,
    PLAN,
    TODAY,
    WORDS,
    action,
    goal,
    tried,
    without,
    word,
    world,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def at():
    return world()


def blockers(at, now=NOW):
    return [one.code for one in selectors.open_work(at.worker, at.case.subject_id, now=now)]


def filled(at):
    """One of everything."""
    one = goal(at)
    action(at, one)
    told = {"case_ref": at.case.ref, "now": NOW}
    services.give_service(at.crisis, id=new_id(), told=NewService("psychologist", 45, TODAY), **told)
    services.give_service(at.worker, id=new_id(), told=NewService("talk", 30, TODAY), **told)
    services.give_aid(at.worker, id=new_id(), told=NewAid("local", "money", 13_000, TODAY), **told)
    services.note_document(at.worker, id=new_id(), kind="id_card", state="missing", on=TODAY - DAY, **told)
    services.note_document(at.worker, id=new_id(), kind="id_card", state="restored", on=TODAY, **told)
    services.measure(at.worker, id=new_id(), told=NewOutcome("before", safe=1), **told)
    services.measure(at.worker, id=new_id(), told=NewOutcome("after", safe=3), **told)
    services.write_safety_plan(at.worker, id=new_id(), told=PLAN, corrects=0, **told)
    tried(at, TODAY, "spoke", told="Жакшы экен")
    word(at, "safer", told="Тынчмын")


def test_the_page_lays_all_of_it_side_by_side(at):
    filled(at)
    page = selectors.help_page(at.worker, at.case.ref, now=NOW)
    (line,) = page.goals
    assert (line.words, line.area, line.how, line.may_end) == (WORDS, "home", "", False)
    assert [(one.what, one.late) for one in line.actions] == [("Квартира издейбиз", False)]
    assert page.minutes == {"psychological": 75}
    assert [(one.kind, one.minutes, one.own) for one in page.services if one.own] == [("talk", 30, True)]
    assert [(one.what, one.som, one.receipts) for one in page.aid] == [("money", 13_000, ())]
    assert page.documents == (("id_card", "restored", TODAY),)
    assert page.outcomes[0] == ("safe", 1, 3)
    assert (page.word[:2], page.safety, page.may_work) == (("safer", True), 1, True)
    assert [one.told for one in page.contacts] == ["Жакшы экен"]
    assert AuditEntry.objects.filter(kind="read", command="support.help").count() == 1
    for secret in (WORDS, "Жакшы экен", "Квартира издейбиз"):
        assert secret not in repr(page)


def test_whoever_gives_the_help_of_one_profession_sees_her_goals_and_the_services(at):
    join(at.inspector, at.case, at.psychologist)
    filled(at)
    page = selectors.help_page(at.psychologist, at.case.ref, now=NOW)
    assert (page.goals[0].words, len(page.services), page.whole) == (WORDS, 2, False)
    assert (page.aid, page.documents, page.contacts, page.outcomes, page.word) == ((), (), (), (), None)
    assert (page.safety, page.waiting, page.may_work, page.may_give) == (0, None, False, True)
    items = selectors.timeline(at.psychologist, at.case.subject_id, now=NOW)
    assert {one.what for one in items} == {"support.service", "support.goal"}


def test_the_time_of_a_case_shows_what_was_done_in_one_statement(at, django_assert_num_queries):
    filled(at)
    with django_assert_num_queries(1):
        items = selectors.timeline(at.worker, at.case.subject_id, now=NOW)
    assert {one.what for one in items} == set(labels.TIMELINE)
    assert [one.facts["title"] for one in items if one.what == "support.word"] == [labels.FEELS["safer"]]
    assert all(one.at <= NOW for one in items)
    assert selectors.timeline(at.inspector, at.case.subject_id, now=NOW) == []


def test_a_case_stays_open_until_she_has_said_alone_that_she_is_safe(at):
    assert blockers(at) == ["support.no_word"]
    word(at, "safe", alone=False)
    assert blockers(at) == ["support.no_word"], "what was said before others does not count"
    word(at, "worse", now=NOW + HOUR)
    assert blockers(at, NOW + HOUR) == ["support.not_safe"]
    word(at, "safer", now=NOW + 2 * HOUR)
    assert blockers(at, NOW + 2 * HOUR) == []


def test_a_word_of_before_the_case_was_opened_again_does_not_count(at):
    word(at)
    mark_closed(at.worker, id=new_id(), case_ref=at.case.ref, now=NOW + HOUR)
    reopen(at.worker, id=new_id(), case_ref=at.case.ref, why="asked", now=NOW + 2 * HOUR)
    assert blockers(at, NOW + 2 * HOUR) == ["support.no_word"]


def test_without_her_word_a_second_person_opens_the_way(at):
    row = without(at, "moved")
    assert blockers(at) == ["support.no_word"]
    told = {"case_ref": at.case.ref, "without_id": row.pk, "now": NOW}
    page = selectors.without_page(at.crisis, at.case.ref, row.pk, now=NOW)
    assert (page.reason, page.own, page.decided) == ("moved", False, False)
    services.decide_without(at.crisis, id=new_id(), agreed=True, **told)
    assert blockers(at) == []
    word(at, "worse", now=NOW + HOUR)
    assert blockers(at, NOW + HOUR) == ["support.not_safe"], "what she says afterwards counts more"


def test_whoever_could_not_be_reached_and_was_spoken_with_since_is_asked_herself(at):
    for n in (1, 2, 3):
        tried(at, TODAY - n * DAY)
    told = {"case_ref": at.case.ref, "without_id": without(at).pk, "now": NOW}
    services.decide_without(at.crisis, id=new_id(), agreed=True, **told)
    assert blockers(at) == []
    tried(at, TODAY, "no_answer", now=NOW + HOUR)
    assert blockers(at, NOW + HOUR) == []
    tried(at, TODAY, "spoke", now=NOW + 2 * HOUR)
    assert blockers(at, NOW + 2 * HOUR) == ["support.no_word"]


def test_a_second_person_who_does_not_agree_leaves_the_case_open(at):
    row = without(at, "moved")
    told = {"case_ref": at.case.ref, "without_id": row.pk, "now": NOW}
    services.decide_without(at.crisis, id=new_id(), agreed=False, **told)
    assert blockers(at) == ["support.no_word"]


def test_the_safe_hours_are_hers(at):
    morning = selectors.safe_hours(at.worker, at.case.ref, now=NOW + HOUR)
    assert (morning.now, morning.why_not) == (True, "")
    night = selectors.safe_hours(at.worker, at.case.ref, now=NOW + 12 * HOUR)
    assert (night.now, night.again_at > NOW + 12 * HOUR) == (False, True)


def test_opinions_are_shown_for_the_own_organisation_from_five_on(at):
    quarter = TODAY.replace(month=8, day=3)

    def said(number, organisation, **answers):
        rows = [Opinion(organisation_id=organisation, on=quarter, **answers) for _ in range(number)]
        Opinion.objects.bulk_create(rows)

    said(4, at.crisis.organisation_id, heard="yes")
    said(5, at.worker.organisation_id, heard="no")
    assert selectors.sums(at.crisis, now=NOW)[2] is None
    said(1, at.crisis.organisation_id, heard="yes", safe="no")
    start, last, sums = selectors.sums(at.crisis, now=NOW)
    assert (start.isoformat(), last.isoformat(), sums.number) == ("2026-07-01", "2026-09-30", 5)
    assert sums.answers["heard"] == {"yes": 5}
    assert "safe" not in sums.answers, "one answer alone would tell whose it is"
    with pytest.raises(AccessDenied):
        selectors.sums(at.inspector, now=NOW)


def test_a_stranger_and_whoever_is_walled_off_see_nothing(at):
    one, other = goal(at), opened(at)
    wall(at.case.subject_id, at.crisis.user_id)
    for actor in (at.stranger, at.crisis):
        assert not sees(actor, at.case.subject_id, now=NOW)
        assert selectors.timeline(actor, at.case.subject_id, now=NOW) == []
        for do in (
            lambda actor=actor: selectors.help_page(actor, at.case.ref, now=NOW),
            lambda actor=actor: selectors.safety_page(actor, at.case.ref, now=NOW),
            lambda actor=actor: selectors.get_goal(actor, at.case.ref, one.pk, now=NOW),
            lambda actor=actor: selectors.safe_hours(actor, at.case.ref, now=NOW),
        ):
            with pytest.raises(AccessDenied):
                do()
    with pytest.raises(AccessDenied):
        selectors.get_goal(at.inspector, other.ref, one.pk, now=NOW)


def test_every_code_has_words():
    assert set(labels.AREAS) == set(rules.Area)
    assert set(labels.SERVICES) == set(rules.HELP)
    assert set(labels.HELP) == set(rules.Help)
    assert set(labels.BUDGETS) == set(rules.Budget) and set(labels.AID) == set(rules.Aid)
    assert set(labels.DOCUMENTS) == set(rules.Document) and set(labels.STATES) == set(rules.DocumentState)
    assert set(labels.FEELS) == set(rules.Feels) and set(labels.REASONS) == set(rules.Reason)
    assert set(labels.SECTIONS) == set(rules.SECTIONS) and set(labels.SCALES) == set(rules.SCALES)
    assert set(labels.QUESTIONS) == set(rules.QUESTIONS) and set(labels.CHANNELS) == set(rules.Channel)
    assert set(labels.REACHED) == set(rules.Reached) and set(labels.MET) == set(rules.Met)
