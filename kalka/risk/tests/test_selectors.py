"""What is shown of the risk, to whom, and what never is."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from kalka.access import selectors as access
from kalka.cases import services as case_services
from kalka.cases.rules import Part
from kalka.cases.tests import factories as cases
from kalka.core.blockers import Blocker
from kalka.core.errors import AccessDenied
from kalka.core.extract import Extract
from kalka.core.models import AuditEntry
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.history import services as history
from kalka.people.facts import pseudonym
from kalka.risk import facts, selectors, services
from kalka.risk.tests.factories import FORM, HOUR, NOW, WHY, all_no, assessed, call, judged, world

pytestmark = [pytest.mark.django_db, pytest.mark.both]
DAY = timedelta(days=1)


@pytest.fixture
def at():
    return world()


def reads():
    return AuditEntry.objects.filter(kind="read").values_list("command", flat=True)


def test_a_case_that_was_never_assessed_has_no_level_and_says_so(at):
    panel = selectors.panel(at.inspector, at.case, now=NOW)
    assert (panel.level, panel.waiting, panel.not_alone_at, panel.may_assess) == (None, None, None, True)
    found = selectors.open_work(at.inspector, at.case.subject_id, now=NOW)
    assert found == (Blocker("risk.never_assessed"),)


def test_a_family_at_risk_need_not_be_assessed(at):
    case = case_services.open_at_risk(at.worker, id=new_id(), place=cases.AIMAK, now=NOW)
    assert selectors.open_work(at.worker, case.subject_id, now=NOW) == ()


def test_a_level_says_its_place_its_words_and_its_form(at):
    made = assessed(at.inspector, at.case, "high", judged="high")
    found = selectors.current(at.inspector, at.case.subject_id, now=NOW)
    assert (found.assessment_id, found.position, found.place, found.is_high) == (made.pk, "3/4", (3, 4), True)
    assert [found.title(lang) for lang in ("ky", "ru", "en")] == ["жогору", "высокий", "high"]
    assert (found.edition, found.assessed_at, found.expired) == ("KG-DEMO, 1", NOW, False)
    assert "417" in found.banner["ru"]
    with override("ru"):
        assert found.title() == "высокий"


def test_an_expired_level_is_shown_as_expired_and_goes_on_standing(at):
    made = assessed(at.inspector, at.case, "high", judged="high")
    just, after = made.expires_at - timedelta(seconds=1), made.expires_at
    assert selectors.current(at.inspector, at.case.subject_id, now=just).expired is False
    found = selectors.current(at.inspector, at.case.subject_id, now=after)
    assert (found.expired, found.position) == (True, "3/4")
    assert selectors.open_work(at.inspector, at.case.subject_id, now=after) == (
        Blocker("risk.expired", {"since": made.expires_at}),
    )


def test_what_waits_or_was_called_for_keeps_a_case_open(at):
    assessed(at.inspector, at.case, "high", judged="high")
    later = NOW + DAY
    assessed(at.inspector, at.case, "low", now=later)
    subject = at.case.subject_id
    assert selectors.open_work(at.inspector, subject, now=later) == (Blocker("risk.waiting"),)
    cases.in_a_command(
        lambda: services.require_reassessment(at.inspector, "unplanned_release", subject_id=subject, now=later)
    )
    with override("en"):
        found = selectors.open_work(at.inspector, subject, now=later)
    assert found == (Blocker("risk.called", {"what": "The person was released"}), Blocker("risk.waiting"))


def test_a_panel_shows_who_may_agree(at):
    assessed(at.inspector, at.case, "high", judged="high")
    lower = assessed(at.inspector, at.case, "low", now=NOW + DAY)
    own, lead = (selectors.panel(actor, at.case, now=NOW + DAY) for actor in (at.inspector, at.lead))
    assert (own.waiting.assessment_id, own.waiting.own, own.may_countersign) == (lower.pk, True, False)
    assert (lead.waiting.own, lead.may_countersign) == (False, True)


def test_a_panel_shows_a_talk_that_was_not_private_until_there_is_a_level(at):
    services.note_not_alone(at.inspector, id=new_id(), case_ref=at.case.ref, now=NOW)
    assert selectors.panel(at.inspector, at.case, now=NOW).not_alone_at == NOW
    assessed(at.inspector, at.case, "low", now=NOW + HOUR)
    assert selectors.panel(at.inspector, at.case, now=NOW + HOUR).not_alone_at is None


def test_the_result_shows_three_levels_and_why(at):
    answers = all_no(KG03="yes", KG05="unknown", KG15="unknown")
    row = judged(at.inspector, at.case, judged="medium", answers=answers)
    with override("en"):
        page = selectors.result_page(at.inspector, at.case.ref, row.pk, now=NOW)
    told = page.explained
    shown = (told.judged.position, told.computed.position, told.worst.position)
    assert shown == ("2/4", "3/4", "4/4")
    assert told.reasons == (FORM.items["KG03"].text["en"],)
    assert told.would_change == (FORM.items["KG15"].text["en"],)
    assert told.unanswered == 2
    assert [(one.found, one.of) for one in told.outcomes] == [(0, 6), (1, 4), (1, 7)]
    assert [(one.id, one.kind) for one in told.alarms] == [("strangulation", "medical_referral")]
    assert [level.code for level in page.levels] == ["high", "extreme"]
    assert page.due_at == NOW + 72 * HOUR
    assert "risk.result" in reads()


def test_a_result_is_for_whoever_judged_in_that_case(at):
    row = judged(at.inspector, at.case)
    other = cases.opened(at)
    for actor, ref, id in (
        (at.inspector, at.case.ref, new_id()),
        (at.inspector, other.ref, row.pk),
        (at.lead, at.case.ref, row.pk),
    ):
        with pytest.raises(AccessDenied):
            selectors.result_page(actor, ref, id, now=NOW)


def test_an_assessment_shows_the_officers_words_to_who_sees_the_case(at):
    made = assessed(at.inspector, at.case, "extreme", "KG04", judged="medium", why="Кайра келди")
    page = selectors.assessment_page(at.worker, at.case.ref, made.pk, now=NOW)
    assert (page.level.position, page.judged_reason, page.raised_reason) == ("4/4", WHY, "Кайра келди")
    assert (page.standing, page.in_force, page.waits, page.may_countersign) == (True, True, False, False)
    with pytest.raises(AccessDenied):
        selectors.assessment_page(at.stranger, at.case.ref, made.pk, now=NOW)


def test_a_court_is_told_no_answer_and_nothing_of_her_own_state(at):
    made = assessed(at.inspector, at.case, "extreme", "KG01", "KG03", victim_suicidality="yes")
    with override("ru"):
        page = selectors.court_page(at.worker, at.case.ref, made.pk, now=NOW)
    assert (page.level.title, page.count, page.assessed_on) == ("крайне высокий", 4, cases.TODAY)
    assert [(one.found, one.of, one.signs) for one in page.outcomes] == [(0, 6, ()), (1, 4, ()), (2, 7, ())]
    assert page.basis.key == "risk.level_told_to_court"
    shown = repr(page)
    assert FORM.items["KG03"].text["ru"] not in shown.replace(repr(page.edition), "")
    assert not hasattr(page, "alarms")
    assert "risk.court" in reads()


def test_a_court_is_not_told_a_level_that_is_not_in_force(at):
    assessed(at.inspector, at.case, "high", judged="high")
    lower = assessed(at.inspector, at.case, "low", now=NOW + DAY)
    with pytest.raises(AccessDenied):
        selectors.court_page(at.inspector, at.case.ref, lower.pk, now=NOW + DAY)


def test_the_time_of_a_case_shows_levels_and_opens_reasons_with_keys_alone(at):
    made = assessed(at.inspector, at.case, "extreme", "KG04", why="Кайра келди")
    services.note_not_alone(at.inspector, id=new_id(), case_ref=at.case.ref, now=NOW + HOUR)
    subject = at.case.subject_id
    with override("en"):
        shut = selectors.timeline(at.inspector, subject, now=NOW + HOUR)
    assert [(item.what, item.alarm) for item in shut] == [("risk.not_alone", True), ("risk.assessed", True)]
    assert shut[1].facts["title"] == "extreme"
    assert shut[1].url == reverse("risk:show", args=[at.case.ref, made.pk])
    assert shut[1].lines == ()
    keys = case_keys(at, subject)
    assert selectors.timeline(at.inspector, subject, now=NOW, keys=keys)[-1].lines == (WHY, "Кайра келди")
    health = replace(at.inspector, permissions=at.inspector.permissions - {Permission.RISK_READ})
    assert selectors.timeline(health, subject, now=NOW, keys=keys)[-1].lines == ()
    assert selectors.timeline(at.stranger, subject, now=NOW) == []


def test_the_time_of_a_case_says_why_the_level_changed(at):
    """From what to what, what lifted it, also where only the history knows of it; the second person's as well."""
    subject = at.case.subject_id
    assessed(at.inspector, at.case, "low")
    cases.in_a_command(
        lambda: history.append(at.inspector, subject_id=subject, kind="incident", at=cases.TODAY, now=NOW + HOUR)
    )
    call(at, "order_breached", now=NOW + 2 * HOUR)
    call(at, "address_changed", now=NOW + 3 * HOUR)
    assessed(at.inspector, at.case, "extreme", judged="extreme", now=NOW + 4 * HOUR)
    lower = assessed(at.inspector, at.case, "high", judged="high", now=NOW + 5 * HOUR)
    services.countersign(at.lead, id=new_id(), assessment_id=lower.pk, agreed=True, reason="Тынч", now=NOW + 6 * HOUR)
    assessed(at.inspector, at.case, "high", judged="high", now=NOW + 7 * HOUR)
    with override("en"):
        items = selectors.timeline(at.inspector, subject, now=NOW + 8 * HOUR)
    assert [(one.what, one.facts.get("before"), one.facts.get("title")) for one in reversed(items)] == [
        ("risk.assessed", "", "low"),
        ("risk.lifted", None, "medium"),
        ("risk.lifted", None, "high"),
        ("risk.called", None, ""),
        ("risk.changed", "low", "extreme"),
        ("risk.proposed", "extreme", "high"),
        ("risk.countersigned", None, None),
        ("risk.assessed", "high", "high"),
    ]
    whys = [one.facts["why"] for one in reversed(items) if "why" in one.facts]
    assert whys == ["New violence", "The order was breached", "The address changed"]


def test_the_pages_say_that_what_happened_lifted_the_level(at):
    made = assessed(at.inspector, at.case, "low")
    call(at, "threat_heard", now=NOW + HOUR)
    with override("en"):
        page = selectors.assessment_page(at.inspector, at.case.ref, made.pk, now=NOW + HOUR)
        court = selectors.court_page(at.inspector, at.case.ref, made.pk, now=NOW + HOUR)
    assert (page.level.title, page.lifted.title) == ("low", "high")
    assert page.lifted_by == ("A threat was heard at the programme",)
    assert (court.level.title, court.lifted.title) == ("low", "high")
    assert not hasattr(court, "lifted_by"), "no court is told what he said and where"
    assessed(at.inspector, at.case, "high", judged="high", now=NOW + 2 * HOUR)
    page = selectors.assessment_page(at.inspector, at.case.ref, made.pk, now=NOW + 2 * HOUR)
    assert (page.standing, page.lifted, page.lifted_by) == (False, None, ())


def case_keys(at, subject):
    return access.unlock(at.inspector, [subject], what="test", now=NOW)


def test_facts_of_the_case_are_codes_and_what_is_not_known_is_none(at):
    found = selectors.facts(at.inspector, at.case.subject_id, FORM, now=NOW)
    assert found == {"relationship": None, "age": 35, "children_present": None, "reached_level": None}
    cases.add(at.inspector, at.case, relation="former_spouse")
    cases.add(at.inspector, at.case, cases.CHILD, Part.CHILD)
    assessed(at.inspector, at.case, "high", judged="high")
    found = selectors.facts(at.inspector, at.case.subject_id, FORM, now=NOW)
    assert found == {"relationship": "former_intimate", "age": 35, "children_present": True, "reached_level": "high"}


def test_the_register_counts_and_its_reading_is_recorded(at):
    subject = at.case.subject_id
    assert selectors.counted(at.inspector, subject, FORM, now=NOW) == {}
    cases.in_a_command(
        lambda: history.append(at.inspector, subject_id=subject, kind="order_breached", at=cases.TODAY, now=NOW)
    )
    found = selectors.counted(at.inspector, subject, FORM, now=NOW)
    assert found == {"KG15": {"order_breached": 1}, "KG16": {"order_breached": 1}}
    assert "history.counts" in reads()


def test_nothing_is_shown_behind_a_wall(at):
    made = assessed(at.inspector, at.case, "high", judged="high")
    cases.wall(at.case.subject_id, at.inspector.user_id)
    subject = at.case.subject_id
    assert selectors.current(at.inspector, subject, now=NOW) is None
    assert selectors.timeline(at.inspector, subject, now=NOW) == []
    with pytest.raises(AccessDenied):
        selectors.assessment_page(at.inspector, at.case.ref, made.pk, now=NOW)


def test_a_panel_asks_as_often_for_many_assessments_as_for_one(at, django_assert_num_queries):
    assessed(at.inspector, at.case, "high", judged="high")
    with django_assert_num_queries(5):
        selectors.panel(at.inspector, at.case, now=NOW + DAY)
    for hours in (1, 2, 3):
        assessed(at.inspector, at.case, "high", judged="high", now=NOW + hours * HOUR)
    with django_assert_num_queries(5):
        selectors.panel(at.inspector, at.case, now=NOW + DAY)


def test_statistics_are_given_places_among_levels_and_days(at):
    assessed(at.inspector, at.case, "high", judged="high")
    extract = Extract(before=NOW + DAY, until=cases.TODAY + DAY, salt=b"of one release")
    (batch,) = facts.assessed(extract)
    who = pseudonym(at.case.subject_id, b"of one release")
    assert batch.rows == (
        facts.Assessed(
            on=cases.TODAY,
            place=at.case.place,
            agency="police",
            instrument="KG-DEMO",
            edition="1",
            level="3/4",
            level_max="3/4",
            status="scored",
            in_force=True,
            who=who,
        ),
    )
    assert list(facts.assessed(replace(extract, until=cases.TODAY))) == []
    assert list(facts.assessed(replace(extract, before=NOW))) == []
