"""`kalka simulate`: into an empty installation that was named as one, and never twice."""

import pytest
from click.testing import CliRunner, Result
from django.apps import apps

from kalka.cli.simulating import simulate
from kalka.demo.simulate import running
from kalka.demo.simulate.shapes import shapes

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    short = ("no-case", "now-reported")
    monkeypatch.setattr(running, "shapes", lambda: tuple(one for one in shapes() if one.key in short))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(simulate, arguments)


def test_an_empty_installation_gets_people_and_cases_once():
    first = run("--cases", "12", "--into-empty")
    assert first.exit_code == 0, first.output
    assert first.output.count("12") == 2  # in all, and written now
    assert run("--cases", "12", "--into-empty").output.count("12") == 1  # none of them now
    assert apps.get_model("intake", "Report").objects.count() == 12


def test_without_the_word_that_it_is_for_trials_nothing_happens():
    refused = run("--cases", "12")
    assert refused.exit_code == 1
    assert apps.get_model("directory", "Post").objects.count() == 0


def test_a_number_that_is_none_is_not_understood():
    assert run("--cases", "0").exit_code == 2
    assert run("--cases", "2000000").exit_code == 2
