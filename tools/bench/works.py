"""What is asked of Kalka, of bare Django and in raw SQL under one name, and what is aimed at."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import uuid4

from tools.bench.measure import Asker, Do
from tools.bench.plain import TOLD

SECRET = "b" * 32  # a CSRF token of our own: what the cookie says and the form repeats
World = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Work:
    key: str
    name: str
    goal: str
    who: str  # whose session
    ours: Callable[[Asker, World], Do]
    bare: Callable[[Asker, World], Do]
    crowd: bool = True  # several at once are measured too


def _get(path: str) -> Callable[[Asker, World], Do]:
    return lambda client, world: lambda: client.ask("GET", path.format(**world))


def _report(client: Asker, world: World) -> Do:
    def do() -> int:
        form = {
            "csrfmiddlewaretoken": SECRET,
            "key": str(uuid4()),
            "danger": "no",
            "what": TOLD,
            "by_whom": "neighbour",
            "way": "visit",
            "told_on_day": "1",
            "told_on_month": "11",
            "told_on_year": "2026",
        }
        return client.ask("POST", "/reports/new/", form, wanted=302)

    return do


def _plain_report(client: Asker, world: World) -> Do:
    def do() -> int:
        form = {
            "id": str(uuid4()),
            "ref": secrets.token_hex(5),
            "place": "elsewhere",
            "opened_on": "2026-11-01",
            "danger": "no",
            "way": "visit",
            "told": TOLD,
            "stage": "open",
        }
        return client.ask("POST", "/save/", form, wanted=302)

    return do


def _look_up(*asked: str) -> Callable[[Asker, World], Do]:
    def make(client: Asker, world: World) -> Do:
        form = {"csrfmiddlewaretoken": SECRET, **{name: str(world[name]) for name in asked}}
        return lambda: client.ask("POST", "/orders/lookup/", form)

    return make


def _assess(client: Asker, world: World) -> Do:
    """The answers, the own judgement, what the form says, and the level with which the officer works."""
    random = Random(secrets.randbits(32))

    def do() -> int:
        risk = f"/cases/{random.choice(world['risky'])}/risk/"
        said = {"near": "no", "alone": "yes", "instrument": world["instrument"], "suicidality": "no"}
        answers = dict.fromkeys(world["asked"], "no")
        client.ask("POST", risk, {**_form(), **said, **answers}, wanted=302)
        client.ask("POST", f"{risk}judge/", {**_form(), "judged": world["judged"], "reason": TOLD}, wanted=302)
        page = client.sent_to
        seen = client.field(page, "seen")
        return client.ask("POST", page, {**_form(), "level": world["judged"], "seen": seen}, wanted=302)

    return do


def _form() -> dict[str, str]:
    return {"csrfmiddlewaretoken": SECRET, "key": str(uuid4())}


PLAIN_LIST = _get("/list/?place={place}")
PLAIN_MORE = _get("/list/?place={place}&more=1")
PLAIN_ONE = _get("/one/{ref}/")
ROAD = "≤ 2,000"
SAVE_GOAL, LIST_GOAL = "p50 ≤ 6, p95 ≤ 12, ≥ 250/s, ≤ 2 ×", "p50 ≤ 12, p95 ≤ 30, ≥ 140/s, ≤ 1.8 ×"
WORKS = (
    Work("save", "report saved", SAVE_GOAL, "secretary", _report, _plain_report),
    Work("list", "case list of 50, with its count", LIST_GOAL, "worker", _get("/cases/?state=all"), PLAIN_LIST),
    Work("more", "the next 50, without a count", "–", "worker", _get("/cases/?state=all&after={after}"), PLAIN_MORE),
    Work("open", "the few cases that are open, with their count", "–", "worker", _get("/cases/"), PLAIN_LIST),
    Work("case", "case page", "–", "worker", _get("/cases/{ref}/"), PLAIN_ONE),
    Work("today", "Today", "–", "worker", _get("/"), PLAIN_LIST),
    Work("order", "look-up of an order by its number", ROAD, "inspector", _look_up("number"), PLAIN_ONE),
    Work("named", "the same by his name and year of birth", ROAD, "inspector", _look_up("name", "year"), PLAIN_ONE),
    Work("pin", "the same by his personal number", ROAD, "inspector", _look_up("pin"), PLAIN_ONE),
    Work("running", "Today of an inspector with 500 running orders", "–", "inspector", _get("/"), PLAIN_LIST),
    Work("risk", "a risk assessed: four requests, three save", "–", "inspector", _assess, _plain_report, False),
    Work("figure", "indicator page", "–", "analyst", _get("{indicator}"), _get("/count/")),
)


def kalka(port: int, world: World, work: Work) -> Do:
    client = Asker(port, f"kalka={world[work.who]}; kalka-csrf={SECRET}; kalka-lang=ky")
    return work.ours(client, world)


def bare(port: int, world: World, work: Work) -> Do:
    return work.bare(Asker(port), world)
