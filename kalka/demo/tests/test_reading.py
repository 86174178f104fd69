"""Stories are read strictly, and tell their times from the present."""

from datetime import UTC, date, datetime

import pytest

from kalka.core.clock import BISHKEK
from kalka.core.errors import DomainError
from kalka.demo import reading
from kalka.demo.acts import LATER
from kalka.demo.helped import HELP
from kalka.demo.reading import day, moment, stories
from kalka.demo.staffing import sign_ins
from kalka.demo.steps import STEPS
from kalka.directory.roles import ROLES

NOW = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)  # half past two at night of the 23rd in Bishkek


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("-12 09:30", datetime(2026, 11, 11, 9, 30, tzinfo=BISHKEK)),
        ("-1", datetime(2026, 11, 22, 12, 0, tzinfo=BISHKEK)),
        ("-3h", datetime(2026, 11, 22, 17, 30, tzinfo=UTC)),
        ("-40m", datetime(2026, 11, 22, 19, 50, tzinfo=UTC)),
        ("2024-05-20 10:00", datetime(2024, 5, 20, 10, 0, tzinfo=BISHKEK)),
    ],
)
def test_times_are_told_from_the_present_of_bishkek(text: str, meant: datetime) -> None:
    assert moment(text, NOW) == meant


def test_days_are_told_alike() -> None:
    assert day("-13", NOW) == date(2026, 11, 10)
    assert day("2024-05-11", NOW) == date(2024, 5, 11)


def test_every_story_is_told_by_the_staff_in_steps_there_are() -> None:
    told = stories()
    logins = {one.login for one in sign_ins()}
    assert 40 <= len(told) <= 80
    for story in told:
        assert {step.by for step in story.steps} <= logins
        assert {step.do for step in story.steps} <= {*STEPS, *LATER, *HELP}


def test_every_role_has_a_sign_in() -> None:
    titles = [dict(one.title) for one in sign_ins()]
    assert all(dict(role.titles) in titles for role in ROLES.values())


def test_a_step_has_the_same_id_everywhere_and_another_in_another_story() -> None:
    first, second, *_rest = stories()
    assert first.id("order") == stories()[0].id("order") != second.id("order")


def test_a_key_twice_is_refused(tmp_path, monkeypatch) -> None:
    (tmp_path / "stories").mkdir()
    story = '{key: a, place: uchkun, steps: [{do: settle, by: katchy, at: "-1"}]}'
    (tmp_path / "stories" / "x.yaml").write_text(f"- {story}\n- {story}\n", "utf-8")
    monkeypatch.setattr(reading, "FOLDER", tmp_path)
    reading.places.cache_clear()
    (tmp_path / "places.yaml").write_text('uchkun: "417D0410101000"\n', "utf-8")
    with pytest.raises(DomainError):
        stories()
    reading.places.cache_clear()
