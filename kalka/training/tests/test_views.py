from datetime import timedelta

import pytest
from django.test import RequestFactory

from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.directory.tests.factories import organisation
from kalka.papers.tests.factories import text as printed
from kalka.training import selectors, services, views
from kalka.training.models import Certificate, Course, Entry, FocalPoint, Learning, Measure, Participant, Programme
from kalka.training.rules import NewFocal
from kalka.training.tests.factories import (
    AIDA,
    KEEPER,
    NARYN,
    NAZGUL,
    NOW,
    OTHER,
    READER,
    TODAY,
    course,
    entry,
    programme,
    territory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def land():
    territory()


def ask(view, actor, *args, told=None, query="", **more):
    request = RequestFactory().post("/", told) if told is not None else RequestFactory().get(f"/?{query}")
    request.actor, request.now, request.LANGUAGE_CODE = actor, NOW, "ky"
    return view(request, *args, **more)


def sent(view, *args, **told):
    return ask(view, KEEPER, *args, told={"key": str(new_id()), **told})


def day(name, on):
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def test_a_programme_leads_to_its_first_course_and_a_course_to_its_page():
    made = sent(views.programme, series="training", ky="Жаңы окуу", partners="АСТ\nДанило Дольчи", hours="8")
    one = Programme.objects.get()
    assert (made.status_code, one.partners, one.hours) == (302, ["АСТ", "Данило Дольчи"], 8)
    assert made.url == f"/training/new/?programme={one.pk}"
    page = ask(views.new, KEEPER, query=f"programme={one.pk}").content.decode()
    assert f'value="{one.pk}" selected' in page
    made = sent(
        views.new, programme=str(one.pk), place=NARYN, days="2", meeting="on", access=["ramp"], **day("on", TODAY)
    )
    held = Course.objects.get()
    assert (made.url, held.days, held.meeting, held.access) == (f"/training/{held.pk}/", 2, True, ["ramp"])


def test_what_is_wrong_is_said_beside_its_field():
    for view, told in (
        (views.programme, {"series": "training", "ky": ""}),
        (views.new, {"programme": "x", "place": "y"}),
        (views.focal, {"part": "focal", "organisation": "5"}),
        (views.period, {"months": "0", "cite": ""}),
    ):
        page = sent(view, **told)
        assert page.status_code == 200 and "field--bad" in page.content.decode()
    assert not Programme.objects.exists() and not FocalPoint.objects.exists()


def test_participants_are_entered_on_one_screen_again_and_again():
    here = course()
    made = sent(views.enrol, here.pk, kind="municipal", sex="f", number="12", sector="education")
    assert made.url.startswith(f"/training/{here.pk}/participants/?kind=municipal&sector=education")
    page = ask(views.enrol, KEEPER, here.pk, query="kind=municipal&sector=education").content.decode()
    assert page.count(" checked") == 3 and 'value="education" selected' in page
    assert "<b>12</b>" in page
    sent(views.enrol, here.pk, kind="state", sex="f", names="Назгүл Асанова, 0700 12 34 56\n\nАида Токтосунова\n")
    assert (Entry.objects.count(), Participant.objects.count()) == (2, 2)
    for wrong in ({"names": "Аида, эшик"}, {"number": "7", "names": "Аида"}, {}, {"number": "3", "bound": "about"}):
        page = sent(views.enrol, here.pk, kind="state", sex="f", **wrong)
        assert page.status_code == 200 and "field--bad" in page.content.decode()
    assert Entry.objects.count() == 2


def test_the_page_of_a_course_shows_names_nowhere_and_others_only_figures():
    here = course(meeting=True)
    entry(here, names=(NAZGUL, AIDA), sex="f")
    for actor in (KEEPER, OTHER, READER):
        text = ask(views.course, actor, here.pk).content.decode()
        assert NAZGUL.name not in text and "<b>2</b>" in text
        assert (f"/training/{here.pk}/participants/" in text) is (actor is KEEPER)
    for view in (views.enrol, views.results, views.measure, views.certificates):
        with pytest.raises(AccessDenied):
            ask(view, OTHER, here.pk)


def test_results_are_written_as_numbers_and_shown_as_means():
    here = course()
    assert sent(views.results, here.pk, before="40, 50", after="80 90%").status_code == 302
    text = ask(views.course, READER, here.pk).content.decode()
    assert "45" in text and "85" in text
    for wrong in ("Аида 50", "101", "-5"):
        page = sent(views.results, here.pk, before=wrong)
        assert page.status_code == 200 and "field--bad" in page.content.decode()


def test_certificates_are_made_at_once_and_printed_in_both_languages_of_the_state():
    here = course(programme(hours=8, partners=("АСТ",)), days=2)
    entry(here, names=(NAZGUL,))
    assert sent(views.certificates, here.pk).status_code == 302
    made = Certificate.objects.get()
    page = ask(views.certificates, KEEPER, here.pk).content.decode()
    assert NAZGUL.name in page and f"/certificates/{made.pk}/ru/" in page
    code = selectors.paper_of(KEEPER, here.pk, made.pk, now=NOW).code
    for lang in ("ky", "ru"):
        answer = ask(views.paper, KEEPER, here.pk, made.pk, lang)
        paper = printed(answer.content)
        assert all(words in paper for words in (NAZGUL.name, code[:5], f"/certificate/{lang}/", "2026"))
        assert NAZGUL.name not in answer["Content-Disposition"]
    for lang, actor in (("en", KEEPER), ("ky", OTHER)):
        with pytest.raises(AccessDenied):
            ask(views.paper, actor, here.pk, made.pk, lang)


def test_the_names_are_destroyed_by_a_tick_and_a_tap():
    here = course()
    entry(here, names=(NAZGUL,))
    assert sent(views.certificates, here.pk, end="1").status_code == 200
    assert NAZGUL.name in ask(views.certificates, KEEPER, here.pk).content.decode()
    assert sent(views.certificates, here.pk, end="1", destroy="on").url == f"/training/{here.pk}/"
    assert NAZGUL.name not in ask(views.certificates, KEEPER, here.pk).content.decode()
    assert "жок кылынган" in ask(views.course, KEEPER, here.pk).content.decode()


def test_a_roll_without_names_says_what_comes_first():
    here = course()
    page = sent(views.certificates, here.pk)
    assert page.status_code == 200 and f"/training/{here.pk}/participants/" in page.content.decode()


def test_the_public_page_answers_for_a_code_and_never_with_a_name():
    here = course(days=2)
    entry(here, names=(NAZGUL,))
    (made,) = services.certify(KEEPER, id=new_id(), course_id=here.pk, now=NOW)
    code = selectors.paper_of(KEEPER, here.pk, made.pk, now=NOW).code
    plain = RequestFactory()
    for language, valid in (("ky", "Жергиликтүү комитеттер"), ("en", "Local committees")):
        page = views.check(plain.post("/", {"code": code}), language).content.decode()
        assert valid in page and NAZGUL.name not in page and "Асанова" not in page
    for wrong in ("1" * 20, "1" * 6_000):
        page = views.check(plain.post("/", {"code": wrong})).content.decode()
        assert "Жергиликтүү" not in page and 'aria-describedby="code_error"' in page
        assert f'value="{wrong}"' in page  # given back, whatever its length
    services.take_back(KEEPER, id=new_id(), of_id=made.pk, why="mistake", now=NOW)
    assert "Жергиликтүү" not in views.check(plain.post("/", {"code": code})).content.decode()
    typed = views.check(plain.get("/", {"code": code})).content.decode()
    assert code not in typed and "Жок, мындай" not in typed  # in an address it is not read at all
    assert views.check(plain.get("/"), "de").status_code == 404


def test_a_line_of_the_plan_is_added_and_taken_back():
    here = course(programme("interagency"))
    by = TODAY + timedelta(days=30)
    sent(views.measure, here.pk, words="Ай сайын жолугушуу", responsible="court", **day("by", by))
    made = Measure.objects.get()
    assert "Ай сайын жолугушуу" in ask(views.course, KEEPER, here.pk).content.decode()
    assert sent(views.take_back, made.pk, why="mistake").url == f"/training/{here.pk}/"
    assert "Ай сайын жолугушуу" not in ask(views.course, KEEPER, here.pk).content.decode()
    with pytest.raises(AccessDenied):
        ask(views.take_back, OTHER, made.pk)


def test_focal_points_are_listed_with_who_is_due():
    body = organisation(kind="ministry")
    assert sent(views.focal, part="focal", organisation=str(body.pk), name="Аида", **day("since", TODAY)).url == (
        "/training/focal/"
    )
    one = FocalPoint.objects.get()
    held = course()
    assert sent(views.learnt, one.pk, course=str(held.pk), **day("on", TODAY)).status_code == 302
    assert Learning.objects.get().course_id == held.pk
    assert sent(views.period, months="6", cite="Буйрук № 1").status_code == 302
    text = ask(views.focal, KEEPER).content.decode()
    assert "Аида" in text and "Буйрук № 1" in text
    assert "Аида" not in ask(views.focal, OTHER).content.decode()
    assert sent(views.take_back, one.pk, why="left").url == "/training/focal/"
    told = NewFocal("head", body.pk, TODAY)
    services.name_focal(KEEPER, id=new_id(), told=told, now=NOW)


def test_the_list_is_narrowed_by_region_programme_and_days():
    one = programme()
    entry(course(one), 5)
    entry(course(one, place="41705000000000"), 7)
    whole = ask(views.listing, READER).content.decode()
    assert whole.count('<th scope="row">') == 2
    for query, rows in (
        ("region=south", 1),
        ("region=other", 0),
        (f"programme={one.pk}", 2),
        ("year=2021", 0),
        (f"since={TODAY.year}-01-01&until={TODAY.year}-01-01", 0),
        ("region=west&programme=x&year=year&since=today", 2),
    ):
        assert ask(views.listing, READER, query=query).content.decode().count('<th scope="row">') == rows
