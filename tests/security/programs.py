"""Programs on the way of the canaries: a token for a post of the journey, and everything that takes words."""

import json
from typing import Any

from django.test import Client

from kalka.accounts import services
from kalka.core import clock
from kalka.core.refs import new_id
from kalka.core.scopes import TokenScope
from kalka.demo.staffing import FOUNDER
from tests.security.flow import Walk
from tests.security.markers import found


def client(walk: Walk, login: str) -> Client:
    actor = walk.members[login].actor
    issued = services.issue_token(
        FOUNDER,
        user_id=actor.user_id,
        post_id=actor.post_id or 0,
        scopes=list(TokenScope),
        days=1,
        now=clock.now(),
    )
    return Client(headers={"authorization": f"Bearer {issued[1].token}", "accept-encoding": "identity"})


def everything(walk: Walk, ref: str) -> None:
    """Reports, a case of one, an order with all that happens to it, and every address asked: no answer holds a word."""
    office, social, police = (client(walk, login) for login in ("katchy", "sotsial", "inspektor"))
    report, order = f"/api/v1/reports/{new_id()}", f"/api/v1/orders/{new_id()}"
    _put(walk, office, report, _report(walk))
    _put(walk, social, f"{report}/cases/{new_id()}", {"protected": {"sex": "f", "band": "25-34"}})
    authority = walk.members["inspektor"].actor.organisation_id
    now = clock.now().isoformat()
    _put(walk, police, order, {"case": ref, "issued_at": now, "note": walk.marker.word("order note")})
    number = walk.marker.word("order number", 30)
    _put(walk, police, f"{order}/numbers/{new_id()}", {"number": number, "authority": authority})
    service = {"at": now, "how": "handed", "told": walk.marker.word("order service")}
    _put(walk, police, f"{order}/services/{new_id()}", service)
    answer = police.post("/api/v1/orders/lookup", json.dumps({"number": number}), content_type="application/json")
    assert answer.json()["items"] and not found(answer.content)
    again = police.put(order, json.dumps({"case": ref, "issued_at": now, "note": walk.marker.word("other words")}))
    assert again.status_code in {404, 422} and not found(again.content)
    for path in (
        report,
        order,
        "/api/v1/reports",
        "/api/v1/cases",
        f"/api/v1/cases/{ref}",
        "/api/v1/orders",
        "/api/v1/duties",
    ):
        shown = [one.get(path) for one in (office, social, police)]
        assert {one.status_code for one in shown} <= {200, 404} and 200 in {one.status_code for one in shown}, path
        assert not any(found(one.content) for one in shown), path


def _report(walk: Walk) -> dict[str, Any]:
    word = walk.marker.word
    told: dict[str, Any] = {
        name: word(f"report {name}") for name in ("what", "where", "when_words", "other_needs", "safe")
    }
    told |= {name: word(f"report {name}") for name in ("language", "reporter_name", "reporter_note")}
    told |= {name: walk.marker.telephone(f"report {name}") for name in ("phone", "reporter_phone")}
    return {**told, "danger": "unsure", "told_on": str(clock.day_of(clock.now())), "by_whom": "neighbour"}


def _put(walk: Walk, program: Client, path: str, told: dict[str, Any]) -> None:
    walk.seen.append(path)
    answer = program.put(path, json.dumps(told), content_type="application/json")
    assert answer.status_code == 201, f"{path}: {answer.content!r}"
    assert not found(answer.content), path
