"""Orders that other programs register, serve, complete and look up: the commands and the record of the pages."""

import json
from typing import Any

import pytest

from kalka.accounts.models import Session
from kalka.api.tests.factories import NOTHING, Program, faults, program
from kalka.cases.tests.factories import NOW, wall
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.duties.models import Duty
from kalka.orders.models import OrderNumber, ProtectedPerson, ProtectionOrder, Service
from kalka.orders.tests import factories as orders

pytestmark = [pytest.mark.django_db, pytest.mark.both]

AT = "2026-11-23T07:40:00+06:00"  # an hour ago


@pytest.fixture
def world() -> Any:
    return orders.world()


@pytest.fixture
def police(world: Any) -> Program:
    return program(world.inspector)


def paper(world: Any, **said: Any) -> dict[str, Any]:
    told = {
        "case": world.case.ref,
        "issued_at": AT,
        "number": "12/345",
        "authority": world.office.pk,
        "conditions": ["no_violence", "no_contact"],
        "note": "Көчөдө жолуктурбасын",
        "respondent": str(world.man),
        "protected": [str(world.she), str(world.child)],
    }
    return {key: value for key, value in (told | said).items() if value is not None}


def path() -> str:
    return f"/orders/{new_id()}"


def written() -> list[int]:
    return [model.objects.count() for model in (ProtectionOrder, OrderNumber, ProtectedPerson, Service, Duty)]


def test_an_order_comes_in_as_if_it_were_written_down_on_the_page(world: Any, police: Program) -> None:
    where = path()
    answer = police.put(where, paper(world))
    told = answer.json()
    assert (answer.status_code, told["state"], told["case"]) == (201, "running", world.case.ref)
    assert (told["starts"], told["last_day"], told["issued_at"]) == ("2026-11-23", "2026-12-23", "2026-11-23T01:40:00Z")
    assert (told["pending"], told["served"], told["basis"]["key"]) == (False, False, "order.duration_days")
    row = ProtectionOrder.objects.get()
    assert (row.respondent_id, row.conditions) == (world.man, "no_contact,no_violence")
    assert set(ProtectedPerson.objects.values_list("person_id", flat=True)) == {world.she, world.child}
    assert Duty.objects.filter(kind="order.serve", ended_at=None).count() == 1
    entry = AuditEntry.objects.exclude(command="places.install_builtin").latest("id")
    assert (entry.kind, entry.command, entry.object_id) == ("done", "orders.register", str(row.pk))
    assert police.get(where).json() == told
    assert police.get("/orders").json()["items"] == [told]


def test_nothing_of_the_paper_comes_back_but_codes_and_days(world: Any, police: Program) -> None:
    where = path()
    answers = [police.put(where, paper(world)), police.get(where), police.post("/orders/lookup", {"number": "12/345"})]
    said = json.dumps([answer.json() for answer in answers], ensure_ascii=False)
    for secret in ("12/345", "Көчөдө", str(world.man), str(world.she)):
        assert secret not in said


def test_sent_twice_it_is_one_order_and_other_words_are_nothing(world: Any, police: Program) -> None:
    where = path()
    first, once = police.put(where, paper(world)), written()
    second = police.put(where, dict(reversed(paper(world).items())))
    assert (first.status_code, second.status_code, second.json()) == (201, 200, first.json())
    other = police.put(where, paper(world, note="Башка"))
    assert (other.status_code, other.content, written()) == (404, NOTHING, once)
    assert program(world.inspector).put(where, paper(world)).content == NOTHING  # another account


def test_a_pending_order_is_completed_once(world: Any, police: Program) -> None:
    where = path()
    assert police.put(where, paper(world, number=None)).json()["pending"] is True
    number, told = f"{where}/numbers/{new_id()}", {"number": "7/7", "authority": world.office.pk}
    first, second = police.put(number, told), police.put(number, told)
    assert (first.status_code, second.status_code, second.json()) == (201, 200, first.json())
    assert first.json()["pending"] is False and OrderNumber.objects.count() == 1
    assert faults(police.put(f"{where}/numbers/{new_id()}", told), 409) == [("number", "orders.has_a_number")]


def test_its_service_is_written_down_and_ends_the_duty(world: Any, police: Program) -> None:
    where = path()
    police.put(where, paper(world))
    missed = police.put(f"{where}/services/{new_id()}", {"at": AT, "how": "not_found"})
    assert (missed.status_code, missed.json()["served"]) == (201, False)
    service, told = f"{where}/services/{new_id()}", {"at": "2026-11-23T02:00:00Z", "how": "handed", "refused": True}
    first, second = police.put(service, told), police.put(service, told)
    assert (first.status_code, second.status_code, first.json()["served"]) == (201, 200, True)
    assert Duty.objects.filter(kind="order.serve", ended_at=None).count() == 0
    assert faults(police.put(f"{where}/services/{new_id()}", told), 409) == [("", "orders.served_already")]
    assert Service.objects.count() == 2


def test_whoever_looks_up_a_number_learns_that_it_runs_and_is_on_record(world: Any, police: Program) -> None:
    where = path()
    police.put(where, paper(world))
    asked = {"number": "№ 12/345"}
    mine = police.post("/orders/lookup", asked).json()["items"]
    assert [(one["case"], one["id"], one["state"]) for one in mine] == [(world.case.ref, where[8:], "running")]
    before = AuditEntry.objects.count()
    elsewhere = program(orders.cases.post("police_inspector", place=orders.cases.FAR))
    theirs = elsewhere.post("/orders/lookup", asked).json()["items"]
    assert [(one["case"], one["id"], one["state"]) for one in theirs] == [(None, None, "running")]
    assert elsewhere.post("/orders/lookup", {"number": "99/1"}).json() == {"items": []}
    entries = AuditEntry.objects.filter(kind="read", command="orders.lookup").order_by("id")
    assert [entry.count for entry in entries][-2:] == [1, 0] and AuditEntry.objects.count() > before


def test_a_wall_hides_the_order_and_its_number(world: Any) -> None:
    order, token = orders.registered(world), program(world.inspector)
    wall(world.case.subject_id, Session.objects.latest("id").user_id)
    assert token.post("/orders/lookup", {"number": "12/345"}).json() == {"items": []}
    assert token.get(f"/orders/{order.pk}").content == NOTHING
    assert token.put(f"/orders/{order.pk}/services/{new_id()}", {"at": AT, "how": "handed"}).content == NOTHING


def test_a_prosecutor_sees_the_order_and_writes_nothing(world: Any) -> None:
    order, prosecutor = orders.registered(world), program(world.prosecutor)
    assert prosecutor.get(f"/orders/{order.pk}").json()["id"] == str(order.pk)
    before = written()
    for where, told in (
        (path(), paper(world, number="1/1")),
        (f"/orders/{order.pk}/services/{new_id()}", {"at": AT, "how": "handed"}),
        (f"/orders/{order.pk}/numbers/{new_id()}", {"number": "1/2", "authority": 1}),
    ):
        assert prosecutor.put(where, told).content == NOTHING
    assert written() == before


def test_a_stranger_finds_neither_case_nor_order(world: Any) -> None:
    order = orders.registered(world)
    stranger = program(orders.cases.post("police_inspector", place=orders.cases.FAR))
    for answer in (
        stranger.get(f"/orders/{order.pk}"),
        stranger.get(path()),
        stranger.put(path(), paper(world, number="1/1")),
        stranger.put(path(), paper(world, case="QQ01QX2J68")),
        stranger.put(f"/orders/{order.pk}/services/{new_id()}", {"at": AT, "how": "handed"}),
    ):
        assert (answer.status_code, answer.content) == (404, NOTHING)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"issued_at": "2026-11-23"}, [("issued_at", "api.not_a_moment")]),
        ({"issued_at": "2026-11-23T07:40:00"}, [("issued_at", "api.not_a_moment")]),
        ({"issued_at": "2026-11-23T07:40:00+99:00"}, [("issued_at", "api.not_a_moment")]),
        ({"issued_at": "9999-12-31T23:59:59-23:59"}, [("issued_at", "api.not_a_moment")]),
        ({"issued_at": "2026-11-23T09:00:00+06:00"}, [("issued_at", "orders.time_to_come")]),
        ({"issued_at": "1999-01-01T00:00:00Z"}, [("issued_at", "orders.no_law_then")]),
        ({"issued_at": 1}, [("issued_at", "api.not_a_moment")]),
        ({"number": ""}, [("number", "api.missing")]),
        ({"number": "a\x00b"}, [("number", "api.broken_text")]),
        ({"number": "abc"}, [("number", "orders.not_a_number")]),
        ({"number": "1" * 41}, [("number", "api.too_long")]),
        ({"authority": None}, [("authority", "api.missing")]),
        ({"authority": 10**30}, [("authority", "api.out_of_range")]),
        ({"authority": 2**63 - 1}, [("authority", "orders.no_such_authority")]),
        ({"authority": "1"}, [("authority", "api.wrong_type")]),
        ({"authority": True}, [("authority", "api.wrong_type")]),
        ({"starts": "2026-11-22"}, [("starts", "orders.starts_before_issue")]),
        ({"starts": "9999-12-31", "ends": "9999-12-31"}, [("starts", "orders.starts_too_late")]),
        ({"ends": "2026-11-22"}, [("ends", "orders.ends_before_start")]),
        ({"ends": "2099-01-01"}, [("ends", "orders.ends_too_late")]),
        ({"conditions": ["no_sleep"]}, [("", "api.unknown_code")]),
        ({"conditions": "no_contact"}, [("conditions", "api.wrong_type")]),
        ({"conditions": ["no_contact"] * 99}, [("conditions", "api.too_many")]),
        ({"note": "a\x00"}, [("note", "api.broken_text")]),
        ({"note": "ы" * 2_001}, [("note", "api.too_long")]),
        ({"respondent": "x"}, [("respondent", "api.wrong_form")]),
        ({"respondent": "00000000-0000-0000-0000-000000000000"}, [("respondent", "orders.not_said_to_have_done_it")]),
        ({"protected": ["00000000-0000-0000-0000-000000000000"]}, [("protected", "orders.not_to_be_protected")]),
        ({"protected": [None]}, [("", "api.wrong_form")]),
        ({"case": "a\x00"}, [("case", "api.broken_text")]),
        ({"case": "R" * 21}, [("case", "api.too_long")]),
        ({"people": []}, [("people", "api.unknown_key")]),
    ],
)
def test_each_fault_is_named_at_its_field(
    world: Any, police: Program, change: dict[str, Any], found: list[Any]
) -> None:
    before = written()
    assert faults(police.put(path(), paper(world, **change))) == found
    assert written() == before


def test_a_number_given_before_is_refused_without_a_word_of_where(world: Any, police: Program) -> None:
    orders.registered(world)
    assert faults(police.put(path(), paper(world, number="12 / 345"))) == [("number", "orders.number_taken")]


@pytest.mark.parametrize("body", [{}, {"number": ""}, {"number": None}, {"number": "a\x00"}, {"number": "1", "of": 1}])
def test_a_question_without_a_number_is_refused_and_asks_nothing(police: Program, body: Any) -> None:
    assert len(faults(police.post("/orders/lookup", body))) == 1
    assert AuditEntry.objects.filter(command="orders.lookup").count() == 0


def test_who_may_have_issued_an_order_is_listed_the_own_office_first(world: Any, police: Program) -> None:
    listed = police.get("/orders/authorities").json()["items"]
    assert listed[0]["id"] == world.inspector.organisation_id
    assert {world.office.pk, world.other_office.pk} < {one["id"] for one in listed}
    assert all(one["name"] for one in listed) and NOW
