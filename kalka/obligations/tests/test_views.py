"""The pages of the law."""

import re

import pytest
from django.test import RequestFactory
from django.utils import translation

from kalka.duties.tests.factories import NOW, acting, team
from kalka.lawbook import book
from kalka.obligations import views

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspector():
    return acting(team().inspector)


def shown(view, actor, **asked: str) -> str:
    request = RequestFactory().get("/", asked)
    request.actor, request.now, request.LANGUAGE_CODE = actor, NOW, "en"
    with translation.override("en"):
        response = view(request)
    assert response.status_code == 200
    return response.content.decode()


def test_the_law_of_a_day_is_shown_with_its_article_and_how_it_is_known(inspector):
    text = shown(views.law, inspector, on="2024-08-06")
    assert "<b>3 days</b>" in text and "Law No. 63, art. 27(1)" in text
    assert text.count("Longest electronic monitoring") == 1, "a row of the table alone, without a rule on that day"
    assert "ID5659" in text, "a draft is named, and as a draft"


def test_two_days_are_compared(inspector):
    text = shown(views.law, inspector, on="2024-08-01", **{"with": "2025-11-01"})
    assert "<b>30 days</b>" in text and "Probation bodies</b>: new" in text
    first, last = (text.index(f"{law}, {day}") for law, day in (("Law No. 161", "7"), ("Law No. 214", "15")))
    assert first < last, "what one act changed stands together, in the order of the days"
    assert "Runs the mandatory corrective programme<br>" in text
    assert "Nothing changed" in shown(views.law, inspector, on="2024-08-07", **{"with": "2024-08-07"})


@pytest.mark.parametrize("day", ["yesterday", "1850-01-01", "2200-01-01", "2024-13-01"])
def test_what_is_no_day_shows_the_law_of_today_and_says_so(inspector, day):
    assert "This is no day between 2003 and 2100" in shown(views.law, inspector, on=day)
    assert "This is no day between 2003 and 2100" in shown(views.matrix, inspector, on=day)


def test_each_subject_sees_what_it_owes(inspector):
    text = shown(views.matrix, inspector)
    assert "Issues the temporary protection order" in text
    assert "Figures of your own organisation" in text
    assert text.index("yours") < text.index("Courts")


def test_every_act_and_every_row_of_the_table_stand_on_the_page_with_how_they_are_known(inspector):
    text = shown(views.law, inspector)
    numbers = [int(found) for found in re.findall(r'<td data-label="No."[^>]*>(\d+)</td>', text)]
    assert list(dict.fromkeys(numbers)) == list(range(1, 41))
    assert [act.short["en"] for act in book.acts().values() if f"<span>{act.short['en']}<" not in text] == []
    assert "amends other acts" in text and "read as others quote it" in text
