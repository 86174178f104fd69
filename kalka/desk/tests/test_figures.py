"""Exact figures of one's own cases: theirs alone, and nothing of what is walled off."""

import re

import pytest
from django.conf import settings
from django.test import Client

from kalka.cases.models import Case
from kalka.core import clock
from kalka.directory import selectors as directory
from kalka.statistics import selectors
from kalka.statistics.rules import State
from tests.matrix import world as worlds

NOW_YEAR = clock.day_of(clock.now()).year
pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture(scope="module")
def world(together):
    return worlds.build()


def page(world, role: str, path: str = "/figures/own/"):
    client = Client()
    client.cookies[settings.SESSION_COOKIE] = world.tokens[role]
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client.get(path)


def test_the_figures_are_exact_of_the_cases_one_may_open_and_of_no_other(world, monkeypatch):
    seen = {}

    def spy(actor, code, subjects, **given):
        seen[code] = (set(subjects), own(actor, code, subjects, **given))
        return seen[code][1]

    own = selectors.own
    monkeypatch.setattr(selectors, "own", spy)
    answer = page(world, "social_worker")
    subjects, table = seen["cases"]
    assert world.bundles["own"].subjects[0] in subjects
    assert not {world.bundles[one].subjects[0] for one in ("foreign", "walled")} & subjects
    violence = Case.objects.filter(subject_id__in=subjects, kind="violence")  # families at risk are another figure
    assert (table.total.state, table.total.n) == (State.SHOWN, violence.count()) and 0 < table.total.n < 5
    assert "They are never published" in answer.content.decode() and "reports" not in seen


def helped(world, role: str, path: str = "/figures/own/") -> dict[str, list[list[str]]]:
    """The rows of each table of help, as they are read."""
    sections = re.findall(
        r'<h2 id="help-(\w+)">.*?<tbody>(.*?)</tbody>', page(world, role, path).content.decode(), re.S
    )
    return {code: [_cells(row) for row in body.split("</tr>")[:-1]] for code, body in sections}


def _cells(row: str) -> list[str]:
    return [re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row, re.S)]


def test_help_stands_there_by_organisation_for_whoever_coordinates_and_folded_for_others(world):
    office, centre = (named(world, role) for role in ("social_worker", "crisis_worker"))
    asked = {"asked": [[centre, "Sent, not seen yet", "1"]], "waiting": [[centre, "The same day", "1"]]}
    assert helped(world, "social_worker") == {"given": [[office, "Psychological help", "1", "60"]], **asked}
    folded = {code: [["Other organisations", *cells] for (_, *cells) in lines] for code, lines in asked.items()}
    given = {"given": [["Other organisations", "Psychological help", "1", "60"]]}
    assert helped(world, "lawyer") == {**given, **folded}
    assert helped(world, "police_inspector") == folded
    assert helped(world, "social_worker", f"/figures/own/?period={NOW_YEAR - 1}") == {}


def named(world, role: str) -> str:
    of = {one.id: one.name("en") for one in directory.organisations()}
    return of[world.members[role].actor.organisation_id]


def test_a_year_that_is_not_offered_shows_this_one(world):
    assert page(world, "social_worker", "/figures/own/?period=1066").status_code == 200


def test_whoever_opens_no_case_has_no_such_page(world):
    assert page(world, "analyst").status_code == 404


def test_the_way_there_stands_among_the_parts(world):
    assert 'href="/figures/own/"' in page(world, "lawyer", "/").content.decode()
    assert 'href="/figures/"' in page(world, "prosecutor", "/").content.decode()
