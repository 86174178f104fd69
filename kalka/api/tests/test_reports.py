"""Reports sent by programs: once, whole, refused at the field."""

import json
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kalka.api.schemas import ReportIn
from kalka.api.tests.factories import NOTHING, TOLD, Program, faults, program, report_path, token_of
from kalka.cases.tests.factories import AIMAK, VILLAGE, raion, wall
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.duties.models import Duty
from kalka.intake import services as intake
from kalka.intake.models import Report
from kalka.ui.words import WORDS

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def world() -> Any:
    return raion()


@pytest.fixture
def clinic(world: Any) -> Program:
    return program(world.worker)


def test_a_report_comes_in_as_if_it_were_written_down_on_the_page(world: Any, clinic: Program) -> None:
    path = report_path()
    answer = clinic.put(path, TOLD | {"place": VILLAGE})
    assert answer.status_code == 201
    assert answer.json() == {
        "id": path.removeprefix("/reports/"),
        "state": "received",
        "told_on": "2026-11-23",
        "recorded_at": "2026-11-23T02:40:00Z",
        "late": False,
        "way": "clinic",
        "danger": "unsure",
        "place": AIMAK,
        "children": "yes",
    }
    row = Report.objects.get()
    assert (row.by_whom, row.post_id) == ("worker", world.worker.post_id)
    assert Duty.objects.filter(kind="intake.triage", about=str(row.pk)).count() == 1
    entry = AuditEntry.objects.exclude(command="places.install_builtin").latest("id")
    assert (entry.kind, entry.command, entry.object_id) == ("done", "intake.receive", str(row.pk))


def test_nothing_that_was_told_comes_back(clinic: Program) -> None:
    path = report_path()
    answers = [clinic.put(path, TOLD), clinic.get(path), clinic.get("/reports")]
    for secret in (TOLD["what"], TOLD["phone"], TOLD["reporter_name"], "worker"):
        assert not [a for a in answers if secret in json.dumps(a.json(), ensure_ascii=False)]


def test_sent_twice_it_is_one_report(clinic: Program) -> None:
    path = report_path()
    first, second = clinic.put(path, TOLD), clinic.put(path, dict(reversed(TOLD.items())))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json() and Report.objects.count() == 1


def test_other_words_under_the_same_id_answer_like_nothing_and_change_nothing(clinic: Program) -> None:
    path = report_path()
    clinic.put(path, TOLD)
    before = Report.objects.values_list("digest", "recorded_at", "danger").get()
    answer = clinic.put(path, TOLD | {"what": "Башка сөз"})
    assert (answer.status_code, answer.content) == (404, NOTHING)
    assert Report.objects.values_list("digest", "recorded_at", "danger").get() == before


def test_anothers_id_answers_like_one_nobody_used(world: Any, clinic: Program) -> None:
    mine, other = report_path(), program(world.stranger)
    clinic.put(mine, TOLD)
    answers = [other.put(mine, TOLD), other.get(mine), other.get(report_path()), other.get("/nothing")]
    assert {(a.status_code, a.content) for a in answers} == {(404, NOTHING)}
    assert Report.objects.count() == 1


def test_a_walled_report_is_gone(world: Any) -> None:
    path, token = report_path(), token_of(world.worker)
    clinic = Program(token)
    clinic.put(path, TOLD)
    row = Report.objects.get()
    wall(row.subject_id, row.author_id)
    assert clinic.get(path).content == NOTHING
    assert clinic.get("/reports").json() == {"items": [], "next": None}


def test_what_became_of_it_is_told_in_a_code(world: Any, clinic: Program) -> None:
    path = report_path()
    clinic.put(path, TOLD | {"place": VILLAGE})
    said = {"report_id": Report.objects.get().pk, "outcome": "no_case", "reason": "Ката чалуу", "id": new_id()}
    intake.triage_report(world.worker, now=Report.objects.get().recorded_at, **said)
    assert clinic.get(path).json()["state"] == "no_case"
    assert [line["state"] for line in clinic.get("/reports").json()["items"]] == ["no_case"]


def test_the_list_goes_on_where_the_page_ended(clinic: Program) -> None:
    for _ in range(51):
        clinic.put(report_path(), TOLD)
    first = clinic.get("/reports").json()
    second = clinic.get("/reports", after=first["next"]).json()
    assert (len(first["items"]), len(second["items"]), second["next"]) == (50, 1, None)
    assert len({item["id"] for item in first["items"] + second["items"]}) == 51


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"danger": "maybe"}, [("danger", "api.unknown_code")]),
        ({"danger": ["yes"]}, [("danger", "api.unknown_code")]),
        ({"told_on": "23.11.2026"}, [("told_on", "api.not_a_day")]),
        ({"told_on": "2026-02-30"}, [("told_on", "api.not_a_day")]),
        ({"told_on": 1795392000}, [("told_on", "api.not_a_day")]),
        ({"told_on": "2026-11-24"}, [("told_on", "intake.future")]),
        ({"told_on": "0001-01-01"}, [("told_on", "intake.too_old")]),
        ({"happened": "2026-13"}, [("happened", "intake.no_such_day")]),
        ({"happened": "yesterday"}, [("happened", "api.wrong_form")]),
        ({"interpreter": "yes"}, [("interpreter", "api.wrong_type")]),
        ({"interpreter": 1}, [("interpreter", "api.wrong_type")]),
        ({"children_count": 0}, [("children_count", "api.out_of_range")]),
        ({"children_count": 2.5}, [("children_count", "api.wrong_type")]),
        ({"children_count": True}, [("children_count", "api.wrong_type")]),
        ({"children": "no"}, [("children_count", "intake.children_count")]),
        ({"what": None}, [("what", "api.wrong_type")]),
        ({"what": {"a": 1}}, [("what", "api.wrong_type")]),
        ({"what": ""}, []),
        ({"what": "", "danger": "no"}, [("what", "intake.nothing_told")]),
        ({"what": "a\x00b"}, [("what", "api.broken_text")]),
        ({"what": "\ud800"}, [("what", "api.broken_text")]),
        ({"what": "ы" * 20_001}, [("what", "api.too_long")]),
        ({"place": "417'; --"}, [("place", "api.wrong_form")]),
        ({"place": "417D9999999999"}, [("place", "intake.unknown_place")]),
        ({"by_whom": "anonymous"}, [("by_whom", "intake.anonymous_named")]),
        ({"name": "x"}, [("name", "api.unknown_key")]),
        ({"Айгүл": "x"}, [("", "api.unknown_key")]),
        ({"\ud800": "x"}, [("", "api.broken_text")]),
        ({"danger": "no?", "way": 1}, [("danger", "api.unknown_code"), ("way", "api.unknown_code")]),
    ],
)
def test_each_fault_is_named_at_its_field(clinic: Program, change: dict[str, Any], found: list[Any]) -> None:
    answer = clinic.put(report_path(), TOLD | {"danger": "yes"} | change)
    if not found:
        assert answer.status_code == 201
        return
    assert (faults(answer), Report.objects.count()) == (found, 0)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"", ("", "api.missing")),
        (b"danger=yes", ("", "api.not_json")),
        (b"\xff\xfe{}", ("", "api.not_json")),
        (b'{"danger": NaN}', ("", "api.not_json")),
        (b'{"danger": "yes", "danger": "no"}', ("", "api.key_twice")),
        (b"[" * 100_000, ("", "api.not_json")),
        (b'{"what": ' + b"[" * 500 + b"]" * 500 + b"}", ("", "api.too_deep")),
        (b'{"children_count": ' + b"9" * 5000 + b"}", ("", "api.not_json")),
        (b"[]", ("", "api.wrong_type")),
        (b'"yes"', ("", "api.wrong_type")),
        (b"null", ("", "api.wrong_type")),
    ],
)
def test_a_body_that_is_no_report_is_refused_whole(clinic: Program, body: bytes, found: tuple[str, str]) -> None:
    assert faults(clinic.put(report_path(), body)) == [found]
    assert Report.objects.count() == 0


def test_everything_missing_is_named_at_once(clinic: Program) -> None:
    assert faults(clinic.put(report_path(), {})) == [("danger", "api.missing"), ("told_on", "api.missing")]


def test_a_body_larger_than_any_report_is_refused_unread(clinic: Program) -> None:
    answer = clinic.put(report_path(), b'{"what": "' + b"a" * 1_000_000 + b'"}')
    assert (answer.status_code, answer.json()) == (413, {"code": "too_large"})


@pytest.mark.parametrize(("asked", "spoken"), [("ru-KG,en", "ru"), ("de, en;q=0.5", "en"), ("de", "ky"), ("", "ky")])
def test_words_are_in_the_language_asked_for(world: Any, asked: str, spoken: str) -> None:
    answer = program(world.worker, language=asked).put(report_path(), TOLD | {"danger": "x"})
    with translation.override(spoken):
        words = str(WORDS["api.unknown_code"])
    assert (answer["Content-Language"], answer.json()["errors"][0]["words"]) == (spoken, words)


@pytest.mark.parametrize("query", ["?state=mime", "?after=1", "?stat=all", "?state=all&state=mine"])
def test_a_mistyped_question_is_refused(clinic: Program, query: str) -> None:
    assert faults(clinic.get(f"/reports{query}"))[0][1].startswith("api.")


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=()))
    | st.dates().map(str)
    | st.sampled_from(["yes", "no", "call", "2026", "417D0410101000"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=4,
)
keys = st.sampled_from([*ReportIn.model_fields]) | st.text()
bodies = st.dictionaries(keys, anything, max_size=6) | st.builds(
    lambda more: TOLD | more, st.dictionaries(keys, anything, max_size=3)
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=bodies | anything)
def test_whatever_is_sent_is_a_report_or_refused_with_a_code_and_words(clinic: Program, body: Any) -> None:
    before = Report.objects.count()
    answer = clinic.put(report_path(), body)
    if answer.status_code == 201:
        return
    assert (answer.status_code, Report.objects.count()) == (422, before)
    for fault in answer.json()["errors"]:
        assert fault["code"] in WORDS and fault["words"]
        assert fault["field"] == "" or fault["field"].isidentifier()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=300))
def test_whatever_bytes_are_sent_nothing_breaks(clinic: Program, body: bytes) -> None:
    assert clinic.put(report_path(), body).status_code == 422
