"""A case in the middle of its journey: the level of risk and until when it holds, the orders that run, the register."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kalka.api.tests.factories import Program, program
from kalka.cases.tests.factories import NOW
from kalka.core.refs import new_id
from kalka.lawbook.book import Law
from kalka.orders.tests import factories as orders
from kalka.risk.models import Assessment
from kalka.risk.tests.factories import assessed

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def world() -> Any:
    return orders.world()


@pytest.fixture
def police(world: Any) -> Program:
    return program(world.inspector)


def standing(police: Program, world: Any) -> Any:
    return police.get(f"/cases/{world.case.ref}").json()


def iso(moment: Any) -> Any:
    return moment and moment.isoformat().replace("+00:00", "Z")


def test_the_level_of_risk_is_a_place_among_the_levels_with_its_expiry(world: Any, police: Program) -> None:
    made = assessed(world.inspector, world.case, "high", judged="high")
    at, of = made.level.split("/")
    assert standing(police, world)["risk"] == {
        "state": "assessed",
        "level": {"position": int(at), "of": int(of)},
        "assessed_at": iso(NOW),
        "expires_at": iso(made.expires_at),
        "expired": False,
    }
    Assessment.objects.update(expires_at=NOW - timedelta(seconds=1))
    assert standing(police, world)["risk"]["expired"] is True


def test_a_running_order_is_told_by_its_days_and_its_article(world: Any, police: Program) -> None:
    made = orders.registered(world)
    order = standing(police, world)["orders"]
    basis = Law(orders.TODAY)["order.duration_days"]
    assert order == [
        {
            "id": str(made.pk),
            "state": "running",
            "place": world.case.place,
            "issued_at": iso(made.issued_at),
            "starts": made.starts.isoformat(),
            "last_day": made.ends.isoformat(),
            "pending": False,
            "served": False,
            "extended": False,
            "basis": {
                "internal": False,
                "key": basis.key,
                "act": basis.act,
                "article": basis.article,
                "citation": basis.cite("en"),
            },
        }
    ]


def test_a_revoked_order_runs_no_more_but_stays_in_the_register(world: Any, police: Program) -> None:
    made = orders.registered(world)
    orders.revoked(world, made)
    assert standing(police, world)["orders"] == []
    found = police.get("/orders").json()["items"]
    assert [(one["id"], one["state"], one["case"]) for one in found] == [(str(made.pk), "revoked", world.case.ref)]


def test_the_register_holds_neither_number_nor_people(world: Any, police: Program) -> None:
    orders.registered(world, orders.paper(world, "777/Б", note="Көчөдө жолуктурбасын"))
    answer = police.get("/orders")
    said = json.dumps(answer.json(), ensure_ascii=False)
    assert answer.status_code == 200 and world.case.ref in said
    for secret in ("777", "Көчөдө", str(world.she), str(world.man), "Токтосунов"):
        assert secret not in said


def test_the_register_shows_each_post_its_own_cases(world: Any) -> None:
    orders.registered(world)
    assert program(world.stranger).get("/orders").json() == {"items": [], "next": None}


def test_a_prosecutor_reads_the_register_and_no_case(world: Any) -> None:
    made = orders.registered(world)
    prosecutor = program(world.prosecutor)
    assert [one["id"] for one in prosecutor.get("/orders").json()["items"]] == [str(made.pk)]
    assert prosecutor.get(f"/cases/{world.case.ref}").status_code == 404


def test_the_next_duty_is_the_soonest_with_its_basis(world: Any, police: Program) -> None:
    orders.registered(world)
    duty = standing(police, world)["next_duty"]
    dues = [due for due in orders.duties(world).values() if due is not None]
    assert duty["due_at"] == iso(min(dues)) and duty["kind"].startswith("order.")
    assert duty["basis"]["citation"] and duty["late"] is False


def test_the_register_goes_on_after_an_order_and_asks_as_often_for_many(world: Any, police: Program) -> None:
    first = orders.registered(world)
    few = _questions(police, "/orders"), _questions(police, f"/cases/{world.case.ref}")
    for number in range(3):
        orders.registered(world, orders.paper(world, f"9/{number}"))
    assert (_questions(police, "/orders"), _questions(police, f"/cases/{world.case.ref}")) == few
    ids = [one["id"] for one in police.get("/orders").json()["items"]]
    following = [one["id"] for one in police.get("/orders", after=ids[1]).json()["items"]]
    assert (len(ids), following) == (4, ids[2:]) and str(first.pk) in ids
    assert police.get("/orders", after=new_id()).status_code == 200


def _questions(police: Program, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert police.get(path).status_code == 200
    return len(asked)
