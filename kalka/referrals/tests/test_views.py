import pytest
from django.test import RequestFactory

from kalka.cases.tests.factories import NOW
from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.desk.views.case import case as case_view
from kalka.referrals import views
from kalka.referrals.models import (
    Carried,
    Choice,
    Conference,
    Decision,
    Minutes,
    Need,
    Referral,
    Seat,
    Track,
    TrackStep,
)
from kalka.referrals.rules.conferences import NewDecision
from kalka.referrals.tests import factories as make
from kalka.referrals.tests.factories import (
    HANDED,
    HER_WORDS,
    answered,
    asked,
    called,
    minutes,
    referred,
    sent,
    steps,
    track,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return make.world()


def ask(view, actor, *args, told=None):
    request = RequestFactory().post("/", told) if told is not None else RequestFactory().get("/")
    request.actor, request.now, request.LANGUAGE_CODE = actor, NOW, "ky"
    return view(request, *args)


def text(view, actor, *args, told=None, status=200) -> str:
    answer = ask(view, actor, *args, told=told)
    assert answer.status_code == status
    return answer.content.decode()


def key(**more):
    return {"key": str(new_id()), **more}


def day(name: str, number: int = 23, month: int = 12) -> dict[str, str]:
    return {f"{name}_day": str(number), f"{name}_month": str(month), f"{name}_year": "2026"}


def test_what_is_needed_is_asked_on_one_page_and_saved_once(at):
    page = text(views.needs, at.inspector, at.case.ref)
    assert page.count('name="needs"') == 11
    told = key(needs=["psychological", "postrape"], ago="h24", urgent=["postrape"], refused=["money"], told=HER_WORDS)
    for _ in range(2):
        answer = ask(views.needs, at.inspector, at.case.ref, told=told)
        assert (answer.status_code, answer.url) == (302, f"/cases/{at.case.ref}/")
    assert sorted(Need.objects.values_list("code", "urgency", "wish", "ago")) == [
        ("money", "later", "refuses", ""),
        ("postrape", "now", "wants", "h24"),
        ("psychological", "days", "wants", ""),
    ]
    assert text(views.needs, at.inspector, at.case.ref).count('name="needs"') == 8


@pytest.mark.parametrize(
    "wrong", [{"needs": ["postrape"]}, {"needs": ["legal"], "refused": ["legal"]}, {}, {"needs": ["magic"]}]
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(at, wrong):
    page = text(views.needs, at.inspector, at.case.ref, told=key(told=HER_WORDS, **wrong))
    assert Need.objects.count() == 0
    assert "field--bad" in page or 'class="errors' in page
    assert HER_WORDS in page


def test_whom_to_ask_stands_on_the_page_of_a_need_and_a_referral_is_sent_from_there(at):
    need = asked(at, "psychological")["psychological"]
    page = text(views.need, at.inspector, at.case.ref, need.pk)
    assert f"/ask/{at.help.pk}/" in page
    assert "psychological" not in page.replace("data-", "")  # a code in no address and no title
    form = text(views.refer, at.inspector, at.case.ref, need.pk, at.help.pk)
    assert "given_by" in form
    told = key(handed=HANDED, warm="call", given_by=str(at.she), **day("until"))
    for _ in range(2):
        answer = ask(views.refer, at.inspector, at.case.ref, need.pk, at.help.pk, told=told)
        assert (answer.status_code, Referral.objects.count()) == (302, 1)
    first = Referral.objects.get()
    told = key(handed=HANDED, warm="call", given_by=str(at.she), instead_of=str(first.pk))
    for _ in range(2):
        answer = ask(views.refer, at.inspector, at.case.ref, need.pk, at.line.pk, told=told)
        assert (answer.status_code, Referral.objects.count(), steps(first)[-1][0]) == (302, 2, "rerouted")
    again = text(views.refer, at.inspector, at.case.ref, need.pk, at.help.pk)
    assert 'name="given_by"' not in again  # she agreed already
    assert 'name="instead_of"' in again


def test_nobody_is_asked_without_saying_who_agrees(at):
    need = asked(at, "psychological")["psychological"]
    told = key(handed=HANDED, warm="call", **day("until"))
    page = text(views.refer, at.inspector, at.case.ref, need.pk, at.help.pk, told=told)
    assert (Referral.objects.count(), HANDED in page) == (0, True)


def test_her_choice_is_written_down(at):
    need = asked(at, "psychological")["psychological"]
    answer = ask(views.choose, at.inspector, at.case.ref, need.pk, told=key(wish="refuses", told=HER_WORDS, seen="0"))
    assert (answer.status_code, Choice.objects.get().wish) == (302, "refuses")
    page = text(views.need, at.inspector, at.case.ref, need.pk)
    assert (HER_WORDS in page, "/ask/" in page) == (True, False)


def test_whoever_is_asked_reads_what_was_handed_over_and_answers(at):
    referral = sent(at)
    assert f"/help/received/{referral.pk}/" in text(views.received, at.psychologist)
    page = text(views.answer, at.psychologist, referral.pk)
    assert (HANDED in page, HER_WORDS in page, f"/cases/{at.case.ref}/" in page) == (True, False, False)
    assert ask(views.reply, at.psychologist, referral.pk, "accepted", told=key(told="")).status_code == 302
    refused = text(views.reply, at.psychologist, referral.pk, "declined", told=key(why="full", told=""), status=409)
    assert "errors" in refused  # accepted already
    assert steps(referral)[-1] == ("accepted", "")


def test_whoever_sent_it_sees_how_it_went_and_takes_it_back(at):
    referral = sent(at)
    answered(at, referral, "declined", "full", told="Орун жок")
    page = text(views.referral, at.inspector, at.case.ref, referral.pk)
    assert "Орун жок" in page
    told = key(why="no_need", told="")
    assert ask(views.step, at.inspector, at.case.ref, referral.pk, "withdrawn", told=told).status_code == 302
    assert steps(referral)[-1] == ("withdrawn", "no_need")


def test_where_she_does_not_want_it_any_more_the_page_says_who_is_still_asked(at):
    referral = sent(at)
    need = referral.need
    make.chosen(at, need, "refuses")
    url = f"/cases/{at.case.ref}/referrals/{referral.pk}/"
    told = "Адам муну азыр каалабайт"
    page = text(views.need, at.inspector, at.case.ref, need.pk)
    assert told in page and url in page
    make.noted(at, referral, "withdrawn", "she_asked")
    assert told not in text(views.need, at.inspector, at.case.ref, need.pk)


def test_the_board_has_codes_and_no_names(at):
    referred(at, asked(at, "psychological", "legal")["psychological"])
    page = text(views.board, at.coordinator)
    assert page.count(f"{at.case.ref[:5]}-{at.case.ref[5:]}") == 2
    assert ("Гүлнара" in page, HANDED in page, f"/cases/{at.case.ref}/" in page) == (False, False, False)


def test_the_board_leads_whoever_works_on_the_case_to_what_waits(at):
    needs = asked(at, "psychological", "legal")
    referral = referred(at, needs["psychological"])
    page = text(views.board, make.with_board(at.inspector))
    assert f'href="/cases/{at.case.ref}/referrals/{referral.pk}/"' in page
    assert f'href="/cases/{at.case.ref}/needs/{needs["legal"].pk}/"' in page


def test_a_way_through_care_is_begun_and_gone_step_by_step(at):
    begun = key(kind="sexual_violence", by="stranger", ago="h24")
    for _ in range(2):
        answer = ask(views.track_new, at.inspector, at.case.ref, told=begun)
    way = Track.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/cases/{at.case.ref}/tracks/{way.pk}/")
    assert text(views.track, at.inspector, at.case.ref, way.pk).count(f"/tracks/{way.pk}/") == 8
    told = key(outcome="done", told="", seen="0", **day("on", 23, 11))
    assert ask(views.track_step, at.inspector, at.case.ref, way.pk, 2, told=told).status_code == 302
    assert TrackStep.objects.get().code == "care"


def test_a_conference_is_called_held_and_its_decisions_are_carried_out(at):
    posts = [str(at.coordinator.post_id)]
    told = key(posts=posts, where="", at_time="15:00", **day("at", 24, 11))
    answer = ask(views.conference_new, at.inspector, at.case.ref, told=told)
    row = Conference.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/cases/{at.case.ref}/conferences/{row.pk}/")
    seat = Seat.objects.get(seated=at.coordinator.post_id)
    assert text(views.invited, at.coordinator, seat.pk)
    decided = {"what0": "Документтерди сураштыруу", "owner0": posts[0], **day("by0", 30, 11)}
    half = text(views.minutes, at.inspector, at.case.ref, row.pk, told=key(said="Сүйлөштүк", what0="Бир иш"))
    assert (Minutes.objects.count(), "Бир иш" in half) == (0, True)
    told = key(came=posts, said="Сүйлөштүк", her_word=HER_WORDS, **decided)
    assert ask(views.minutes, at.inspector, at.case.ref, row.pk, told=told).status_code == 302
    page = text(views.conference, at.inspector, at.case.ref, row.pk)
    assert (HER_WORDS in page, "Документтерди" in page) == (True, True)
    decision = Decision.objects.get()
    assert "Документтерди" in text(views.decision, at.coordinator, decision.pk)
    assert ask(views.decision, at.coordinator, decision.pk, told=key(told="")).status_code == 302
    assert Carried.objects.count() == 1
    assert 'name="told"' not in text(views.decision, at.coordinator, decision.pk)


def test_the_page_of_the_case_shows_help(at):
    referred(at, asked(at, "psychological")["psychological"])
    track(at)
    called(at, at.coordinator)
    page = text(case_view, at.inspector, at.case.ref)
    assert f"/cases/{at.case.ref}/needs/" in page
    assert f"/cases/{at.case.ref}/tracks/{Track.objects.get().pk}/" in page


def test_what_may_not_be_seen_is_not_found(at):
    referral = sent(at)
    need, way = Need.objects.get(), track(at)
    row = called(at, at.coordinator)
    minutes(at, row, NewDecision(at.coordinator.post_id, make.TODAY + 9 * make.DAY, "Бир иш"))
    ref = at.case.ref
    for view, *args in (
        (views.needs, ref),
        (views.need, ref, need.pk),
        (views.choose, ref, need.pk),
        (views.refer, ref, need.pk, at.help.pk),
        (views.refer, ref, need.pk, new_id()),
        (views.referral, ref, referral.pk),
        (views.step, ref, referral.pk, "withdrawn"),
        (views.answer, referral.pk),
        (views.reply, referral.pk, "accepted"),
        (views.track_new, ref),
        (views.track, ref, way.pk),
        (views.track_step, ref, way.pk, 1),
        (views.conference_new, ref),
        (views.conference, ref, row.pk),
        (views.minutes, ref, row.pk),
        (views.invited, Seat.objects.get(seated=at.coordinator.post_id).pk),
        (views.decision, Decision.objects.get().pk),
    ):
        with pytest.raises(AccessDenied):
            ask(view, at.stranger, *args)


@pytest.mark.parametrize("word", ["sent", "rerouted", "anything"])
def test_a_word_no_form_answers_leads_nowhere(at, word):
    referral = sent(at)
    with pytest.raises(AccessDenied):
        ask(views.reply, at.psychologist, referral.pk, word)
    with pytest.raises(AccessDenied):
        ask(views.step, at.inspector, at.case.ref, referral.pk, word)


def test_a_step_of_a_way_that_is_not_there_is_not_found(at):
    with pytest.raises(AccessDenied):
        ask(views.track_step, at.inspector, at.case.ref, track(at).pk, 99)
