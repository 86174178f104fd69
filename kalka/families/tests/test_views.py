import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id, show_ref
from kalka.families import selectors, views
from kalka.families.models import Crossing, FamilyAtRisk, FamilyContact, FamilyEnd, Seat, Work
from kalka.families.tests.factories import NOW, TODAY, WORDS, contact, noted, paired, work, world
from kalka.families.tests.test_later import decide
from kalka.support.models import AidGiven, AidReceipt
from tests.security import brought

pytestmark = pytest.mark.django_db
DAY = {"on_day": "23", "on_month": "11", "on_year": "2026"}


@pytest.fixture
def at():
    return world()


def ask(view, actor, *args, told=None, query=None):
    factory = RequestFactory()
    request = factory.post("/", told) if told is not None else factory.get("/", query or {})
    request.actor, request.now, request.LANGUAGE_CODE = actor, NOW, "ky"
    return view(request, *args)


def keyed(**told):
    return {"key": str(new_id()), **told}


def text(answer):
    return answer.content.decode()


def test_noting_a_family_asks_two_answers_and_no_name(at):
    page = text(ask(views.note, at.member))
    assert "Бурул Жээнбекова" in page
    told = keyed(how="round", signs=["alcohol"], setting="family", named="code")
    for _ in range(2):
        answer = ask(views.note, at.member, told=told)
        assert (answer.status_code, answer.url) == (302, "/families/")
    row = FamilyAtRisk.objects.get()
    assert (row.how, row.signs, row.named, row.organisation_id) == ("round", "alcohol", "code", at.committee.pk)


def test_a_name_typed_and_not_agreed_to_is_not_kept(at):
    told = keyed(how="round", signs=["alcohol"], setting="family", named="code", family="Асанова")
    assert ask(views.note, at.member, told=told).status_code == 302
    page = text(ask(views.family, at.member, FamilyAtRisk.objects.get().case_ref, query={"who": "1"}))
    assert "Асанова" not in page


def test_what_is_missing_is_said_beside_its_field(at):
    answer = ask(views.note, at.member, told=keyed(setting="family", named="code"))
    assert (answer.status_code, FamilyAtRisk.objects.count()) == (200, 0)
    assert text(answer).count("field--bad") == 2


def test_the_register_shows_the_own_families_by_code_and_what_is_asked(at):
    family = paired(at.secretary, at.member, next_on=TODAY)
    waiting = noted(at.third, at.secretary)
    page = text(ask(views.register, at.secretary))
    assert show_ref(family.case_ref) in page and show_ref(waiting.case_ref) in page
    assert WORDS not in page
    assert show_ref(family.case_ref) not in text(ask(views.register, at.third))


def test_the_paper_has_codes_and_days_and_no_names(at):
    family = paired(at.secretary, at.member, named="consent", family="Асанова", given="Бермет")
    paper = text(ask(views.register, at.secretary, query={"paper": "1"}))
    assert show_ref(family.case_ref) in paper
    for hidden in ("Асанова", "Бермет", WORDS, "Бурул"):
        assert hidden not in paper


def test_a_name_is_shown_when_it_is_asked_for(at):
    family = paired(at.secretary, at.member, named="consent", family="Асанова", given="Бермет")
    assert "Асанова" not in text(ask(views.family, at.member, family.case_ref))
    assert "Асанова Бермет" in text(ask(views.family, at.member, family.case_ref, query={"who": "1"}))


def test_the_second_says_yes_and_sees_it(at):
    family = noted(at.secretary, at.member)
    assert WORDS not in text(ask(views.seat, at.member, family.case_ref))
    answer = ask(views.seat, at.member, family.case_ref, told=keyed(says="yes"))
    assert (answer.status_code, answer.url) == (302, f"/families/{family.case_ref}/")
    assert WORDS in text(ask(views.family, at.member, family.case_ref))


def test_the_second_says_no(at):
    family = noted(at.secretary, at.member)
    assert ask(views.seat, at.member, family.case_ref, told=keyed(says="no")).url == "/families/"
    assert Seat.objects.get(holder=at.member.post_id).left_at == NOW


STEPS = {
    "contact": (keyed(met="spoke", way="visit", told="Сүйлөштүк", **DAY), FamilyContact),
    "work": (keyed(kind="talk", **DAY), Work),
    "violence": (keyed(danger="no", what="Кечээ урду."), Crossing),
    "end": (keyed(how="passed", **DAY), FamilyEnd),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_saved_once_and_leads_back_to_the_family(at, step):
    family = paired(at.secretary, at.member)
    told, model = STEPS[step]
    assert ask(views.step, at.member, family.case_ref, step).status_code == 200
    for _ in range(2):
        answer = ask(views.step, at.member, family.case_ref, step, told=told)
        assert (answer.status_code, answer.url) == (302, f"/families/{family.case_ref}/")
    assert model.objects.count() == 1


def test_help_is_kept_with_its_paper(at):
    family = paired(at.secretary, at.member)
    file = SimpleUploadedFile("акт.png", brought.screenshot(), "image/png")
    told = keyed(what="money", som="6500", budget="community", file=file, **DAY)
    assert ask(views.step, at.member, family.case_ref, "help", told=told).status_code == 302
    assert (AidGiven.objects.get().som, AidReceipt.objects.count()) == (6500, 1)


def test_what_was_asked_for_stands_on_the_page_with_where_it_stands(at):
    family = paired(at.secretary, at.member)
    work(at.secretary, family, "shelter", agreed=True)
    contact(at.member, family, told="Сүйлөштүк")
    page = text(ask(views.family, at.secretary, family.case_ref))
    assert "Сүйлөштүк" in page
    assert selectors.family_page(at.secretary, family.case_ref, now=NOW).works[0].help == ""


def test_stepping_back_leads_away(at):
    family = paired(at.secretary, at.member)
    answer = ask(views.step, at.member, family.case_ref, "back", told=keyed(why="kin", instead=""))
    assert (answer.status_code, answer.url) == (302, "/families/")
    with pytest.raises(AccessDenied):
        ask(views.family, at.member, family.case_ref)


def test_a_word_that_no_form_answers_leads_nowhere(at):
    family = paired(at.secretary, at.member)
    with pytest.raises(AccessDenied):
        ask(views.step, at.secretary, family.case_ref, "names")


def test_a_coordinator_sees_numbers_of_each_committee_and_no_code(at):
    family = paired(at.secretary, at.member)
    page = text(ask(views.register, at.region))
    assert show_ref(family.case_ref) not in page
    assert "committee" in page


def test_a_name_is_written_later_taken_back_and_her_word_is_asked_for_on_a_page(at):
    family = paired(at.secretary, at.member)
    ref = family.case_ref
    assert "Taken back" not in text(ask(views.step, at.member, ref, "name"))
    told = keyed(named="consent", family="Асанова", given="Бермет")
    assert ask(views.step, at.member, ref, "name", told=told).status_code == 302
    assert "Асанова Бермет" in text(ask(views.family, at.member, ref, query={"who": "1"}))
    refused = ask(views.step, at.member, ref, "name", told=keyed(named="consent", family="", given="Бермет " * 30))
    assert (refused.status_code, "Бермет Бермет" in text(refused)) == (200, True)
    assert ask(views.step, at.member, ref, "name", told=keyed(named="code", family="x")).status_code == 302
    assert "Асанова" not in text(ask(views.family, at.member, ref, query={"who": "1"}))

    need = decide(at.secretary, case_ref=ref, code="legal", now=NOW)
    assert "her-word" in text(ask(views.family, at.member, ref))
    for bad in ({"says": "wants"}, {"says": ""}, {"says": "wants", "agreed": "on", "need": "x"}):
        assert (
            ask(views.step, at.member, ref, "her-word", told=keyed(**({"need": str(need.pk)} | bad))).status_code == 200
        )
    told = keyed(need=str(need.pk), says="wants", agreed="on")
    assert ask(views.step, at.member, ref, "her-word", told=told).status_code == 302
    assert Work.objects.get().kind == "legal"
    narrowed = text(ask(views.register, at.member, query={"since": "2020-01-01", "until": "2020-12-31"}))
    assert show_ref(ref) not in narrowed
    assert show_ref(ref) in text(ask(views.register, at.member, query={"since": "x", "until": "2099-01-01"}))
