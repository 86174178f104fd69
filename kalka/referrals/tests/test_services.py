import pytest

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.cases.models import Consent
from kalka.cases.tests.factories import wall
from kalka.core.refs import new_id
from kalka.duties.models import Duty
from kalka.notices.models import Notice
from kalka.referrals import effects, selectors, services
from kalka.referrals.models import Choice, Intake, Need, Referral, ReferralStep
from kalka.referrals.rules.needs import NewChoice
from kalka.referrals.tests import factories as make
from kalka.referrals.tests.factories import (
    DAY,
    HANDED,
    HER_WORDS,
    HOUR,
    NOW,
    answered,
    asked,
    chosen,
    duties,
    noted,
    referred,
    refusal,
    sent,
    steps,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def at():
    return make.world()


def opened(at, row, column):
    keys = access.unlock(at.inspector, [row.subject_id], what="test.read", now=NOW)
    return keys.get(row, column)


def alerts(kind: str) -> list[int]:
    return list(Notice.objects.filter(kind=kind).order_by("created_at").values_list("to_post", flat=True))


def test_what_is_needed_is_asked_once_and_all_of_it_is_kept(at):
    id = new_id()
    for _ in range(2):
        asked(at, "psychological", "shelter", "postrape", id=id, urgency="now")
    needs = Need.objects.order_by("code")
    assert [(one.code, one.urgency, one.wish, one.ago, one.place) for one in needs] == [
        ("postrape", "now", "wants", "h24", at.case.place),
        ("psychological", "now", "wants", "", at.case.place),
        ("shelter", "now", "wants", "", at.case.place),
    ]
    assert Intake.objects.count() == 1
    assert opened(at, Intake.objects.get(), "told") == HER_WORDS


def test_urgent_care_is_a_duty_without_a_term_while_the_law_names_no_hours(at):
    asked(at, "postrape")
    duty = Duty.objects.standing().get(kind="referral.care")
    assert (duty.due_at, duty.basis["value"], duty.assignee_id) == (None, None, at.inspector.post_id)


def test_a_need_is_written_down_once_in_a_case(at):
    asked(at, "legal")
    assert refusal(lambda: asked(at, "legal")).code == "referrals.need_is_there"


def test_her_own_choice_is_kept_and_counts_from_then_on(at):
    need = asked(at, "psychological")["psychological"]
    choice = chosen(at, need, "refuses", told="Азыр эмес, өзүм айтам")
    assert opened(at, choice, "told") == "Азыр эмес, өзүм айтам"
    assert refusal(lambda: referred(at, need)).code == "referrals.she_did_not_ask"
    chosen(at, need, "wants")
    assert list(Choice.objects.order_by("number").values_list("number", "wish")) == [(1, "refuses"), (2, "wants")]
    assert referred(at, need).code == "psychological"


@pytest.mark.parametrize("wish", ["not_now", "refuses", "not_asked"])
def test_nobody_is_asked_for_what_she_did_not_say_she_wants(at, wish):
    need = asked(at, "psychological", wish=wish)["psychological"]
    assert refusal(lambda: referred(at, need)).code == "referrals.she_did_not_ask"


def test_a_need_nobody_asked_her_about_is_a_duty_until_she_is_asked(at):
    need = asked(at, "legal", wish="not_asked")["legal"]
    assert duties(at) == {"referral.ask_need": at.inspector.post_id}
    chosen(at, need, "not_now")
    assert duties(at) == {}


def test_a_referral_rests_on_a_consent_for_that_organisation_and_shows_it_what_was_handed_over_alone(at):
    referral = sent(at)
    consent = Consent.objects.get()
    assert (consent.organisation_id, consent.purpose, consent.scope) == (at.centre.pk, "psychological", "duties")
    assert (referral.consent_id, referral.agreed_by_id, referral.asked_id) == (
        consent.pk,
        at.she,
        at.psychologist.post_id,
    )
    assert (referral.answer_by, referral.basis["key"], referral.basis["value"]) == (None, effects.TERM, None)
    assert steps(referral) == [("sent", "")]
    page = selectors.received_page(at.psychologist, referral.pk, now=NOW)
    assert page.handed == HANDED
    assert not access.sees(at.psychologist, at.case.subject_id, now=NOW)
    assert access.sees(at.psychologist, at.case.subject_id, now=NOW, scope=Scope.DUTIES)
    assert [str(step) for step in page.may] == ["acknowledged", "accepted", "declined"]


def test_without_consent_nobody_is_told(at):
    need = asked(at, "psychological")["psychological"]
    assert refusal(lambda: referred(at, need, given_by=None)).facts == {"field": "given_by"}
    assert refusal(lambda: referred(at, need, until=None)).facts == {"field": "until"}
    assert refusal(lambda: referred(at, need, given_by=new_id())).code == "cases.may_not_consent"
    assert Consent.objects.count() == 0


def test_a_consent_that_runs_is_used_for_the_next_need(at):
    needs = asked(at, "psychological", "shelter")
    referred(at, needs["psychological"])
    again = referred(at, needs["shelter"])  # for another purpose: another consent
    assert Consent.objects.count() == 2
    noted(at, again, "withdrawn", "mistake")
    assert referred(at, needs["shelter"], given_by=None, until=None).consent_id == again.consent_id


def test_the_duty_to_answer_has_no_term_where_the_law_sets_none_and_says_so(at):
    sent(at)
    duty = Duty.objects.standing().get(kind="referral.answer")
    assert (duty.assignee_id, duty.due_at, duty.basis["value"]) == (at.psychologist.post_id, None, None)
    assert alerts("referral_new") == [at.psychologist.post_id]


def test_it_is_seen_accepted_and_done_each_by_whoever_was_asked(at):
    referral = sent(at)
    answered(at, referral, "acknowledged")
    assert duties(at) == {"referral.answer": at.psychologist.post_id}
    answered(at, referral, "accepted", now=NOW + HOUR, told="Бейшемби, 10:00")
    assert duties(at) == {"referral.result": at.psychologist.post_id}
    answered(at, referral, "done", now=NOW + 3 * DAY)
    assert duties(at) == {}
    assert steps(referral) == [("sent", ""), ("acknowledged", ""), ("accepted", ""), ("done", "")]
    assert alerts("referral_answered") == [at.inspector.post_id]


def test_declined_it_goes_back_to_whoever_sent_it_with_the_reason(at):
    referral = sent(at)
    assert refusal(lambda: answered(at, referral, "declined")).facts == {"field": "why"}
    answered(at, referral, "declined", "full", told="Орун жок")
    assert duties(at) == {"referral.choose_again": at.inspector.post_id}
    assert steps(referral) == [("sent", ""), ("declined", "full")]
    step = ReferralStep.objects.get(step="declined")
    assert opened(at, step, "told") == "Орун жок"


def test_whoever_did_not_come_may_come_another_day(at):
    referral = sent(at)
    answered(at, referral, "accepted")
    answered(at, referral, "no_show", now=NOW + DAY)
    assert duties(at) == {"referral.choose_again": at.inspector.post_id}
    answered(at, referral, "accepted", now=NOW + 2 * DAY)
    assert duties(at) == {"referral.result": at.psychologist.post_id}


def test_another_one_takes_its_place_and_it_is_closed_by_that(at):
    needs = asked(at, "psychological")
    first = referred(at, needs["psychological"])
    answered(at, first, "declined", "full")
    second = referred(at, needs["psychological"], at.line, instead_of=first.pk)
    assert (steps(first)[-1], second.instead_of_id) == (("rerouted", ""), first.pk)
    assert duties(at) == {"referral.ask": at.inspector.post_id}
    again = refusal(lambda: referred(at, needs["psychological"], instead_of=first.pk))
    assert again.code == "referrals.no_such_step"


def test_the_same_service_is_not_asked_twice_at_once(at):
    need = asked(at, "psychological")["psychological"]
    id = new_id()
    one = referred(at, need, id=id)
    assert referred(at, need, id=id).pk == one.pk  # sent twice is sent once
    assert refusal(lambda: referred(at, need)).code == "referrals.asked_already"
    answered(at, one, "accepted")
    answered(at, one, "done", now=NOW + DAY)
    assert referred(at, need, now=NOW + 2 * DAY).pk != one.pk


def test_a_service_that_is_not_for_it_is_not_asked(at):
    need = asked(at, "legal")["legal"]
    assert refusal(lambda: referred(at, need)).facts == {"field": "service_id"}
    assert refusal(lambda: referred(at, need, at.care)).code == "referrals.no_such_service"


def test_a_service_that_does_not_work_here_is_called_and_its_words_are_written_down_by_whoever_called(at):
    referral = referred(at, asked(at, "psychological")["psychological"], at.line, until=None)
    assert (referral.organisation_id, referral.asked_id, referral.consent_id) == (None, None, None)
    assert duties(at) == {"referral.ask": at.inspector.post_id}
    assert Consent.objects.count() == 0
    noted(at, referral, "accepted", told="Эртең 14:00дө күтөт")
    noted(at, referral, "done", now=NOW + DAY)
    assert steps(referral) == [("sent", ""), ("accepted", ""), ("done", "")]


def test_whoever_sent_it_answers_for_nobody_who_works_here(at):
    referral = sent(at)
    assert refusal(lambda: noted(at, referral, "accepted")).code == "referrals.no_such_step"
    noted(at, referral, "withdrawn", "she_asked")
    assert steps(referral)[-1] == ("withdrawn", "she_asked")
    assert alerts("referral_withdrawn") == [at.psychologist.post_id]


def test_strangers_do_none_of_it(at):
    referral = sent(at)
    need = Need.objects.get()
    for do in (
        lambda: asked(at, "legal", by=at.stranger),
        lambda: referred(at, need, by=at.stranger),
        lambda: noted(at, referral, "withdrawn", "mistake", by=at.stranger),
        lambda: answered(at, referral, "accepted", by=at.stranger),
        lambda: answered(at, referral, "accepted", by=at.doctor),
        lambda: services.follow_consents(at.inspector, now=NOW),
        lambda: services.chase(at.inspector, now=NOW),
    ):
        refusal(do)


def test_a_wall_keeps_out_whoever_is_asked(at):
    referral = sent(at)
    wall(at.case.subject_id, at.psychologist.user_id)
    refusal(lambda: answered(at, referral, "accepted"))
    answered(at, referral, "accepted", by=at.lead)


def test_a_post_whose_holder_is_shut_out_is_not_asked_first(at):
    wall(at.case.subject_id, at.psychologist.user_id)
    assert sent(at).asked_id == at.colleague.post_id


def test_a_choice_of_another_case_is_not_found(at):
    need = asked(at, "legal")["legal"]
    told = NewChoice("refuses")
    refusal(
        lambda: services.choose(at.inspector, id=new_id(), case_ref="0000000000", need_id=need.pk, told=told, now=NOW)
    )


def test_urgent_care_ends_as_a_duty_when_somebody_is_asked_for_it(at):
    need = asked(at, "postrape")["postrape"]
    referral = referred(at, need, at.care)
    assert (referral.asked_id, Referral.objects.count()) == (at.doctor.post_id, 1)
    assert duties(at) == {"referral.answer": at.doctor.post_id}
