"""The pages and files of results: who sees what, in three languages, and what is refused."""

import html
import io
import re
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlencode
from zipfile import ZipFile

import openpyxl
import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from kalka.committees.tests.factories import NOW, founded
from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.prevention import services as prevention
from kalka.prevention.rules import NewEvent
from kalka.prevention.views import listing
from kalka.results import indicators, services, views
from kalka.results.models import Acknowledged, QuarterReport
from kalka.results.rules import Quarter

pytestmark = pytest.mark.django_db
SPAN = {"since": "2026-01-01", "until": "2026-12-31"}
THIRD = Quarter(2026, 3)


@pytest.fixture
def world() -> SimpleNamespace:
    made = founded()
    for on, times, bound, people in ((date(2026, 9, 5), 1, "", 40), (date(2026, 9, 20), 19, "over", 960)):
        told = NewEvent("meeting", on, made.secretary.place, times, bound, people, bound)
        prevention.record_event(made.secretary, id=new_id(), told=told, now=NOW)
    return made


def ask(view, actor, *args: object, told=None, language: str = "ky", **given: str) -> HttpResponse:
    asked = RequestFactory().get("/", given) if told is None else RequestFactory().post("/", told)
    asked.actor, asked.now, asked.LANGUAGE_CODE = actor, NOW, language
    with translation.override(language):
        return view(asked, *args)


def body(view, actor, *args: object, **given: str) -> str:
    answer = ask(view, actor, *args, **given)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("language", "title", "bound"),
    [
        ("ky", "Жергиликтүү комитеттердин ишинин натыйжалары", "20<small>дан ашык</small>"),
        ("ru", "Результаты работы местных комитетов", "<small>более </small>20"),
        ("en", "What the local committees did", "20"),
    ],
)
def test_the_page_says_bounds_as_they_were_given_in_three_languages(world, language, title, bound):
    said = body(views.page, world.ministry, language=language, **SPAN)
    assert title in said and bound in said


def test_a_figure_opens_its_records_narrowed_to_the_span(world):
    said = body(views.page, world.ministry, **SPAN)
    assert f"{reverse('prevention:list')}?since=2026-01-01&amp;until=2026-12-31" in said
    for at in ("committees:list", "library:list", "training:list"):
        assert f"{reverse(at)}?since=2026-01-01&amp;until=2026-12-31" in said
    north = body(views.page, world.ministry, scope="region:north", **SPAN)
    span = "since=2026-01-01&amp;until=2026-12-31"
    assert f"{reverse('committees:list')}?{span}&amp;region=north" in north
    own = body(views.page, world.secretary, **SPAN)
    assert f"{reverse('sittings:list')}?since=2026-01-01&amp;until=2026-12-31" in own
    assert f"organisation={world.organisation}" in own  # one's own committee, where no scope is asked for


def opened(world, scope: str) -> int:
    """How many events the list has that the figure of meetings of a scope leads to."""
    page = body(views.page, world.ministry, scope=scope, **SPAN)
    query = re.findall(rf"{reverse('prevention:list')}\?([^\"]+)", page)[0]
    given = {name: of for name, of in parse_qsl(html.unescape(query)) if name != "kind"}
    return body(listing, world.ministry, **given).count("/prevention/")


def test_a_figure_of_a_region_or_a_project_opens_its_own_records_alone(world):
    told = NewEvent("meeting", date(2026, 9, 7), world.secretary.place, 1, "", 30, "")
    elsewhere = replace(world.secretary, organisation_id=world.stranger.organisation_id)
    prevention.record_event(elsewhere, id=new_id(), told=told, now=NOW)
    every = body(listing, world.ministry, **SPAN).count("/prevention/")
    for scope in ("region:north", f"project:{world.project}", f"network:{world.project}:north"):
        assert opened(world, scope) == every - 1, "what another organisation held is not of it"
    asked = html.unescape(body(views.page, world.ministry, scope=f"network:{world.project}:north", **SPAN))
    assert f"?{urlencode(SPAN)}&region=north&project=DatkAyim&project=%D0%94" in asked, "courses go by the names"
    assert f"?{urlencode(SPAN)}&organisation={world.organisation}" in asked


def test_every_figure_leads_to_a_page_that_is_there():
    for one in indicators.indicators().values():
        try:
            reverse(one.opens.at)
        except NoReverseMatch:
            pytest.fail(f"{one.code} opens {one.opens.at}")


def test_a_span_that_cannot_be_read_shows_this_year_and_says_so(world):
    said = body(views.page, world.ministry, since="эртең")
    assert "Мындай жазыңыз" in said and "2026-жыл" in said


@pytest.mark.parametrize("query", [{"scope": "village:7"}, {"scope": "committee:999999"}])
def test_committees_that_are_not_there_are_not_found(world, query):
    for view, actor in ((views.page, world.ministry), (views.open_page, None)):
        with pytest.raises(AccessDenied):
            ask(view, actor, **query)


def test_the_spreadsheet_holds_numbers_as_numbers_and_bounds_as_words(world):
    answer = ask(views.file, world.ministry, "xlsx", **SPAN)
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert answer["Content-Disposition"] == 'attachment; filename="results-20260101-20261231.xlsx"'
    by_title = {row[1]: row for row in rows[1:] if not row[2]}
    assert by_title["калк менен профилактикалык жолугушуу"][0] == "20дан ашык"
    assert by_title["жергиликтүү комитет түзүлгөн"][0] == 1
    assert all(len(row) == len(rows[0]) for row in rows)


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
@pytest.mark.parametrize(("ending", "begins"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_the_papers_are_made_in_three_languages(world, ending, begins, language):
    answer = ask(views.file, world.ministry, ending, language=language, **SPAN)
    assert (answer.status_code, answer.content[: len(begins)]) == (200, begins)
    if ending == "docx":
        said = ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
        assert "20" in said and "Каралама" not in said


def test_another_ending_is_not_found(world):
    with pytest.raises(AccessDenied):
        ask(views.file, world.ministry, "exe", **SPAN)


def test_everybody_may_read_the_open_page_in_three_languages_and_no_records(world):
    for language, said in (("ky", "20дан ашык"), ("ru", "более 20"), ("en", "20")):
        page = body(views.open_page, None, language, year="2026")
        assert said in page and reverse("prevention:list") not in page
    assert "2025" in body(views.open_page, None, year="x")
    with pytest.raises(AccessDenied):
        ask(views.open_page, None, "de")


def test_a_report_is_sent_and_read_with_one_tap_each(world):
    assert "2026-жыл, июль – сентябрь" in body(views.reports, world.secretary)
    sent = ask(views.reports, world.secretary, told={"key": str(new_id()), "quarter": THIRD.code})
    assert (sent.status_code, QuarterReport.objects.get().quarter) == (302, 3)
    assert "Окудум" in body(views.reports, world.raion)
    told = {"key": str(new_id()), "report": str(QuarterReport.objects.get().pk)}
    assert (ask(views.acknowledge, world.raion, told=told).status_code, Acknowledged.objects.count()) == (302, 1)
    assert "Жогору жакта" in body(views.reports, world.secretary)


@pytest.mark.parametrize("told", [{}, {"quarter": "2026-9"}, {"key": "x", "quarter": "2026-3"}])
def test_what_is_no_report_is_refused_and_nothing_is_written(world, told):
    assert ask(views.reports, world.secretary, told=told).status_code == 200  # the page again, with what is wrong
    assert not QuarterReport.objects.exists()


def test_what_is_not_there_or_elsewhere_is_acknowledged_by_nobody(world):
    services.send_report(world.secretary, id=new_id(), quarter=THIRD, now=NOW)
    assert ask(views.acknowledge, world.raion, told={"key": str(new_id())}).status_code == 200  # as above
    with pytest.raises(AccessDenied):
        ask(views.acknowledge, world.raion, told={"key": str(new_id()), "report": str(new_id())})
    assert "2026-жыл" not in body(views.reports, world.stranger).partition("</form>")[2]
    assert not Acknowledged.objects.exists()
