"""Cases, duties, law and places: codes, days and references of what the post sees."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kalka.accounts.models import Session
from kalka.api.tests.factories import TOLD, Program, faults, program, report_path
from kalka.cases.tests.factories import (
    AIMAK,
    MAN,
    RAION,
    VILLAGE,
    WOMAN,
    add,
    incident,
    join,
    opened,
    protected_of,
    raion,
    wall,
)
from kalka.core.models import AuditEntry
from kalka.lawbook import book

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def world() -> Any:
    return raion()


@pytest.fixture
def police(world: Any) -> Program:
    return program(world.inspector)


def test_a_case_is_told_in_codes_and_nothing_is_opened(world: Any, police: Program) -> None:
    case = opened(world)
    man = add(world.inspector, case)
    incident(world.inspector, case)
    before = AuditEntry.objects.filter(kind="read").count()
    told = police.get(f"/cases/{case.ref}").json()
    duty = told.pop("next_duty")
    assert told == {
        "ref": case.ref,
        "kind": "violence",
        "place": AIMAK,
        "opened_on": "2026-11-23",
        "stage": "open",
        "people": [
            {"id": str(man.person_id), "part": "alleged"},
            {"id": str(protected_of(case)), "part": "protected"},
        ],
        "risk": {"state": "not_assessed", "level": None, "assessed_at": None, "expires_at": None, "expired": False},
        "orders": [],
    }
    assert duty["kind"] in {"risk.assess", "cases.notify_child_protection"} and duty["late"] is False
    assert AuditEntry.objects.filter(kind="read").count() == before


def test_a_reference_is_read_as_people_write_it(world: Any, police: Program) -> None:
    case = opened(world)
    assert police.get(f"/cases/{case.ref[:5].lower()}-{case.ref[5:]}").json()["ref"] == case.ref


def test_what_the_post_may_not_read_of_a_case_is_not_shown_as_none(world: Any) -> None:
    case = opened(world)
    join(world.inspector, case, world.psychologist)
    told = program(world.psychologist).get(f"/cases/{case.ref}").json()
    assert (told["risk"]["state"], told["orders"]) == ("not_shown", None)


def test_the_list_of_cases_holds_what_the_post_sees(world: Any, police: Program) -> None:
    case = opened(world)
    found = police.get("/cases").json()
    assert found == {
        "items": [
            {"ref": case.ref, "kind": "violence", "place": AIMAK, "opened_on": "2026-11-23", "stage": "open"},
        ],
        "next": None,
        "total": 1,
        "total_is_more": False,
    }
    later = police.get("/cases", after=2**62).json()
    assert (later["total"], later["total_is_more"]) == (None, False)
    assert police.get("/cases", state="closed").json()["items"] == []
    assert program(world.stranger).get("/cases").json()["items"] == []


def test_no_answer_holds_a_name_a_number_or_a_word_that_was_told(world: Any, police: Program) -> None:
    case = opened(world)
    add(world.inspector, case)
    incident(world.inspector, case)
    paths = ["/reports?state=all", f"/reports/{case.report_id}", "/cases", f"/cases/{case.ref}", "/duties", "/orders"]
    said = " ".join(json.dumps(police.get(path).json(), ensure_ascii=False) for path in paths)
    names = [name.family for person in (WOMAN, MAN) for name in person.names]
    for secret in (*names, WOMAN.contact.phone, WOMAN.contact.address, "кыйкырык", "Урду", "Дүкөн", "neighbour"):
        assert secret not in said
    assert case.ref in said


def test_duties_of_the_post_stand_with_their_article(world: Any, police: Program) -> None:
    case = opened(world)
    told = police.get("/duties").json()
    kinds = {item["kind"]: item for item in told["items"]}
    assess = kinds["risk.assess"]
    assert (assess["case"], assess["level"], assess["escalated"]) == (case.ref, None, False)
    assert (assess["group"] == "unset") == (assess["due_at"] is None)
    assert told["more"] == 0 and assess["basis"]["citation"]
    assert assess["basis"]["internal"] == (assess["basis"]["key"] is None)


def test_a_wall_hides_case_and_duty(world: Any, police: Program) -> None:
    case = opened(world)
    wall(case.subject_id, Session.objects.latest("id").user_id)
    assert (police.get(f"/cases/{case.ref}").status_code, police.get("/cases").json()["total"]) == (404, 0)
    assert police.get("/duties").json()["items"] == []


@pytest.mark.parametrize(("day", "value"), [("2024-08-06", 3), ("2024-09-01", 30)])
def test_the_law_is_told_as_it_stood_on_the_day(police: Program, day: str, value: int) -> None:
    told = police.get("/law/order.duration_days", on=day).json()
    assert (told["value"], told["on"], told["unit"], told["is_set"]) == (value, day, "days", True)
    assert told["citation"] and told["confidence"]


def test_every_key_of_the_law_book_is_told_or_said_not_to_be_in_force(police: Program) -> None:
    for key in book.keys():
        for query in ({}, {"on": "2024-08-06"}, {"on": "0001-01-01"}, {"on": "9999-12-31"}):
            answer = police.get(f"/law/{key}", **query)
            assert answer.status_code == 200 or faults(answer) == [("on", "lawbook.not_in_force")]


@pytest.mark.parametrize("day", ["", "06.08.2024", "2024-02-30", "20240806", "0", "2024-08-06T00:00:00Z"])
def test_a_day_that_is_none_is_refused(police: Program, day: str) -> None:
    assert faults(police.get("/law/order.duration_days", on=day)) == [("on", "api.not_a_day")]


def test_places_go_down_to_the_villages_in_the_language_asked_for(world: Any, police: Program) -> None:
    first = police.get("/places").json()["items"]
    assert len(first) == 9 and {item["level"] for item in first} == {"oblast", "republican_city"}
    assert AIMAK in {item["code"] for item in police.get("/places", under=RAION).json()["items"]}
    assert VILLAGE in {item["code"] for item in police.get("/places", under=AIMAK).json()["items"]}
    in_russian = Program(police.token, "ru").get("/places").json()["items"]
    assert {item["code"] for item in in_russian} == {item["code"] for item in first} and in_russian != first


@pytest.mark.parametrize(("under", "code"), [("NOWHERE", "intake.unknown_place"), ("a b", "api.wrong_form")])
def test_a_place_that_is_not_listed_is_refused(police: Program, under: str, code: str) -> None:
    assert faults(police.get("/places", under=under)) == [("under", code)]


@pytest.mark.parametrize("path", ["/cases?after=-1", f"/cases?after={2**63}", "/cases?state=OPEN", "/orders?after=x"])
def test_where_a_page_begins_must_be_right(police: Program, path: str) -> None:
    assert len(faults(police.get(path))) == 1


@pytest.mark.parametrize("path", ["/duties?day=1", "/places?in=KG", "/law/order.duration_days?day=2024-08-06"])
def test_a_key_nobody_declared_is_refused(police: Program, path: str) -> None:
    assert [code for _field, code in faults(police.get(path))] == ["api.unknown_key"]


def test_as_many_questions_for_a_long_list_as_for_a_short_one(world: Any, police: Program) -> None:
    case = opened(world)
    police.put(report_path(), TOLD)
    paths = ["/reports", "/cases", "/duties", "/orders", f"/cases/{case.ref}", f"/reports/{case.report_id}", "/places"]
    few = [_questions(police, path) for path in paths]
    for _ in range(3):
        add(world.inspector, opened(world))
        police.put(report_path(), TOLD)
    assert [_questions(police, path) for path in paths] == few
    assert dict(zip(paths, few, strict=True))["/duties"] == 2 and max(few) <= 12


def _questions(police: Program, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert police.get(path).status_code == 200
    return len(asked)
