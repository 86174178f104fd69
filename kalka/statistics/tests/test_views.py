"""The pages of figures: what they show, what they never show, how much they weigh and how often they ask."""

import csv
import gzip
import io
import re
from collections.abc import Mapping
from html import unescape

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from kalka.core import clock
from kalka.core.refs import new_id
from kalka.demo.staffing import staff
from kalka.jobs.models import Job
from kalka.places.models import Place
from kalka.statistics.models import Export, Published, Release, Sheet
from kalka.statistics.rules import State
from kalka.statistics.tests import published
from kalka.ui.mapping import _tiles
from tests.matrix.world import token

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LIMIT = 8 * 1024
NARYN, REPORTS = "41704000000000", "/figures/of/reports/"


@pytest.fixture(scope="module")
def people(together):
    return {login: member.actor for login, member in staff(clock.now()).items()}


@pytest.fixture(scope="module")
def figures(people):
    return published.release(indicators=("reports", "persons_protected", "orders"))


@pytest.fixture(autouse=True)
def published_or_not(request, db):
    """Who does not ask for figures begins before the first release."""
    if "figures" not in request.fixturenames:
        for model in (Published, Sheet, Release):
            model.objects.all().delete()


def client(actor, lang: str = "en") -> Client:
    made = Client()
    made.cookies[settings.SESSION_COOKIE] = token(actor)
    made.cookies[settings.LANGUAGE_COOKIE_NAME] = lang
    return made


def page(people, path: str, login: str = "analitik", lang: str = "en") -> str:
    answer = client(people[login], lang).get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return " ".join(unescape(answer.content.decode()).split())


def file(people, path: str) -> list[Mapping[str, str]]:
    answer = client(people["analitik"]).get(path)
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def every_raion() -> None:
    """As many as the republic has, under the nine units that are there anyway."""
    for code in _tiles():
        if not Place.objects.filter(pk=code).exists():
            names = dict.fromkeys(("ky", "ru", "en"), f"Айыл-Аймак {code[5:8]}")
            Place.objects.create(code=code, level="raion", parent_id=f"{code[:5]}000000000", names=names)


# Before there is anything


@pytest.mark.parametrize("path", ["/figures/", REPORTS])
def test_before_the_first_release_it_says_what_to_do(people, path):
    said = page(people, path)
    assert "No figures have been published yet" in said and "Make the first release" in said
    assert "Make the first release" not in page(people, path, "prokuror")


@pytest.mark.parametrize("path", [f"{REPORTS}table.csv", f"{REPORTS}table.xlsx", "/figures/all.csv"])
def test_before_the_first_release_a_file_leads_back(people, path):
    assert client(people["analitik"]).get(path)["Location"] == "/figures/"


# The pages


def test_the_list_shows_each_figure_with_what_it_counts(people, figures):
    said = page(people, "/figures/")
    assert "Reports received" in said and "Unit: report. Stage: the report was received." in said
    assert "Taken on 1 November 2026" in said and "no data" in said  # of indicators this release does not hold
    assert "?place=" + NARYN in page(people, f"/figures/?place={NARYN}")


def test_a_figure_stands_with_its_passport_its_caution_and_the_year_before(people, figures):
    said = page(people, REPORTS)
    n = {year: Published.objects.get(period=year, place="", by="", indicator="reports").n for year in ("2025", "2024")}
    for words in ("Unit", "Stage", "Agency", "Period", "Territory", "Taken on", "How was this counted?"):
        assert words in said
    assert (
        f"{n['2025']:,} <small>report" in said
        and f"A year earlier: {n['2024']:,}; {n['2025'] - n['2024']:,} more" in said
    )
    assert "not that there was more violence" in said


def test_a_year_that_is_not_over_is_not_compared(people, figures):
    said = page(people, f"{REPORTS}?period=2026")
    assert "This year is not over" in said and not re.search(r"\d[\d,]* (more|fewer)", said)


def test_every_chart_has_its_table(people, figures):
    said = page(people, REPORTS)
    assert said.count('class="units"') == 1 and said.count('class="chart chart--axis"') == 1
    assert said.count("<table") == 3  # by oblast, by month, each oblast by month


def test_a_breakdown_has_bars_and_a_table(people, figures):
    said = page(people, f"{REPORTS}?by=way&period=2025")
    assert said.count('class="bars"') == 1 and "All together" in said and 'class="units"' not in said


def test_by_raion_the_squares_and_the_table_by_oblast(people, figures):
    said = page(people, f"{REPORTS}?by=raion")
    assert said.count('class="tiles"') == 1 and "table__group" in said


def test_an_oblast_has_the_squares_of_its_own_raions(people, figures):
    said = page(people, f"{REPORTS}?place={NARYN}&by=raion")
    assert "tiles--few" in said and "Naryn" in said


def test_hidden_and_missing_are_words_and_never_nought(people, figures):
    raion = Place.objects.filter(parent_id=NARYN).first().pk
    where = Published.objects.filter(period="2025", place=raion, by="")
    where.update(state=State.HIDDEN, n=None)
    said = page(people, f"{REPORTS}?place={NARYN}&period=2025")
    assert '<span class="hid">hidden</span>' in said and "tile--hid" in said
    assert "no data" in page(people, f"{REPORTS}?period=2025")  # where nobody could say where it was


def test_a_day_of_the_law_is_marked(people, figures):
    assert 'class="chart__mark"' in page(people, "/figures/of/orders/")


def test_parts_that_overlap_say_why(people, figures):
    assert "One person may be in several lines and is counted once in all" in page(
        people, "/figures/of/persons_protected/"
    )


def test_a_month_that_is_not_over_shows_its_year(people, figures):
    assert '<option value="" selected>' in page(people, f"{REPORTS}?period=2026&month=12")
    assert '<option value="03" selected>' in page(people, f"{REPORTS}?period=2026&month=03")


@pytest.mark.parametrize(
    "path",
    [
        "/figures/of/dreams/",
        f"{REPORTS}?by=colour",
        f"{REPORTS}?period=2019",
        f"{REPORTS}?period=yesterday",
        f"{REPORTS}?place=41704245000000",
        f"{REPORTS}?place=%27--",
        "/figures/?place=nowhere",
        f"{REPORTS}table.csv?by=colour",
    ],
)
def test_an_address_made_by_hand_is_not_found(people, figures, path):
    assert client(people["analitik"]).get(path).status_code == 404


@pytest.mark.parametrize("lang", ["ky", "ru"])
def test_the_fullest_page_is_light(people, lang):
    every_raion()
    published.release(indicators=("reports",))
    for path in (REPORTS, f"{REPORTS}?by=raion", "/figures/"):
        answer = client(people["analitik"], lang).get(path)
        assert len(gzip.compress(answer.content, 6)) <= LIMIT, path


def test_a_page_asks_as_often_for_the_republic_as_for_three_raions(people, figures):
    def asked() -> int:
        seen = client(people["analitik"])
        seen.get(f"{REPORTS}?by=raion")
        with CaptureQueriesContext(connection) as statements:
            seen.get(f"{REPORTS}?by=raion")
        return len(statements)

    few = asked()
    every_raion()
    Published.objects.all().delete()
    Sheet.objects.all().delete()
    Release.objects.all().delete()
    published.release(indicators=("reports",))
    assert asked() == few <= 25


# Files


def test_each_row_of_a_file_carries_its_passport(people, figures):
    rows = file(people, f"{REPORTS}table.csv?period=2025")
    assert {(row["Unit"], row["Taken on"], row["Release"], row["Territories of"]) for row in rows} == {
        ("report", "2026-11-01", "2026-10", "2021-04")
    }
    assert {row["Period"] for row in rows} == {"2025", "2024"}
    whole = Published.objects.get(period="2025", place="", by="", indicator="reports")
    assert next(row["Figure"] for row in rows if row["Period"] == "2025" and not row["Code"]) == str(whole.n)
    assert {row["Figure"] for row in rows if row["State"] == "no data"} == {""}


def test_the_file_by_raion_holds_every_raion(people, figures):
    rows = file(people, f"{REPORTS}table.csv?by=raion&period=2025")
    raions = Published.objects.filter(period="2025", indicator="reports", by="").exclude(above="")
    assert {row["Code"] for row in rows if row["Code"]} == set(raions.values_list("place", flat=True))


def test_all_figures_are_all_figures(people, figures):
    answer = client(people["analitik"]).get("/figures/all.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="figures-2026-10.csv"'
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert len(lines) == Published.objects.count() + 1


def test_the_workbook_says_the_same(people, figures):
    answer = client(people["analitik"]).get(f"{REPORTS}table.xlsx?period=2025")
    assert answer["Content-Disposition"].startswith('attachment; filename="reports-2025-place-2026-10.xlsx"')
    grid = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert len(grid) == len(file(people, f"{REPORTS}table.csv?period=2025")) + 1


# Making a release


def test_an_analyst_begins_a_release_and_sees_how_far_it_is(people):
    seen = client(people["analitik"])
    assert "Make a release" in seen.get("/figures/release/").content.decode()
    sent = seen.post("/figures/release/", {"key": str(new_id())})
    assert (sent.status_code, Release.objects.count(), Job.objects.count()) == (302, 1, 1)
    said = seen.get("/figures/release/").content.decode()
    assert "is being made" in said and "<progress" in said and "You may leave this page" in said
    assert client(people["prokuror"]).get("/figures/release/").status_code == 404


# Single lines, through the pages


def test_lines_are_asked_for_decided_and_taken_through_the_pages(people):
    published.release(first=2026, indicators=("incidents",))
    asker, second = client(people["analitik"]), client(people["ministrlik"])
    sent = asker.post(
        "/figures/lines/ask/",
        {"key": str(new_id()), "purpose": "Research", "indicator": "incidents", "period": "2026", "cap": "5000"},
    )
    export = Export.objects.get()
    assert sent["Location"] == f"/figures/lines/{export.pk}/"
    assert "waits for a second person" in asker.get(sent["Location"]).content.decode()
    where = f"/figures/lines/{export.pk}/decide/"
    assert where in second.get("/").content.decode()
    assert "somebody else decides" in asker.get(where).content.decode()
    assert "Research" in second.get(where).content.decode()
    second.post(where, {"key": str(new_id()), "decision": "yes"})
    said = asker.get(sent["Location"]).content.decode()
    assert 'Who decided: <span class="code">ministrlik</span>' in said and "lines.csv" in said
    assert asker.get(f"/figures/lines/{export.pk}/lines.xlsx").content.startswith(b"PK")
    assert (
        "Only whoever asked may take the file." in second.get(f"/figures/lines/{export.pk}/lines.csv").content.decode()
    )


def test_a_slip_in_a_request_loses_nothing(people):
    published.release(first=2026, indicators=("incidents",))
    answer = client(people["analitik"]).post("/figures/lines/ask/", {"key": str(new_id()), "cap": "0"})
    said = answer.content.decode()
    assert "All that you wrote is still here." in said and not Export.objects.exists()
