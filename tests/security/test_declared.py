"""What each role is shown, to the last key, column, label and line. `declared.txt` says it; a field more or less fails.

Written anew by `KALKA_DECLARE=1 pytest tests/security/test_declared.py`, and then read: each line more is a field more.
"""

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from config.policy import POLICY
from kalka.core import clock
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.directory.roles import ROLES
from kalka.orders import services as orders
from kalka.orders.rules import Numbered
from tests.matrix import world as worlds
from tests.matrix.test_matrix import ADDRESSES, FOR_PROGRAMS, api_path, path_of, program_of, relations_of
from tests.matrix.world import World
from tests.security import shown
from tests.security.test_streams import approved

pytestmark = pytest.mark.django_db
DECLARED = Path(__file__).with_name("declared.txt")
# Pages of one thing, and the files: what is only a form asks and shows nothing of anybody.
PAGES = (
    "desk:case",
    "committees:member",
    "committees:one",
    "committees:own",
    "committees:tasks",
    "committees:undertaking",
    "committees:who",
    "families:family",
    "families:register",
    "sittings:decision",
    "sittings:sitting",
    "prevention:event",
    "prevention:roll",
    "library:story",
    "training:course",
    "training:focal",
    "desk:openings",
    "intake:report",
    "monitoring:measure",
    "orders:order",
    "perpetrators:person",
    "proceedings:case",
    "proceedings:proceeding",
    "proceedings:release",
    "programmes:enrolment",
    "programmes:group",
    "risk:show",
    "risk:court",
    "statistics:export",
    "oversight:alarm",
    "oversight:opening",
    "cases:walls",
    "findings:clinic",
    "findings:school",
    "legalaid:request",
    "referrals:answer",
    "referrals:conference",
    "referrals:decision",
    "referrals:invited",
    "referrals:need",
    "referrals:referral",
    "referrals:track",
    "shelters:held",
    "shelters:stay",
    "support:plan",
    "support:safety_print",
    "support:second",
)
FILES = ("desk:cases_csv", "desk:orders_csv", "statistics:everything", "statistics:csv", "statistics:xlsx")
PAPERS = ("sheet", "respondent", "service")
NUMBER = "ВОО-417"
Shown = dict[str, dict[str, tuple[str, ...]]]  # of what → by whom → what


@pytest.fixture(scope="module")
def world(together: None) -> World:
    made = worlds.build()
    own, police = made.bundles["own"].parts, made.members["police_inspector"].actor
    told = Numbered(police.organisation_id or 0, NUMBER)
    order = {"case_ref": str(own["ref"]), "order_id": own["order"]}
    orders.complete_number(police, id=new_id(), told=told, now=clock.now(), **order)
    return made


def permitted(name: str, role: str) -> bool:
    needed: Permission | None = POLICY[name].methods.get("GET")
    return needed is not None and needed in ROLES[role].permissions


def browser(world: World, role: str) -> Client:
    client = Client(headers={"accept-encoding": "identity"})
    client.cookies[settings.SESSION_COOKIE] = world.tokens[role]
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def pages(world: World, role: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    client, where = browser(world, role), dict(ADDRESSES)
    asked = [("cases:identity", client.post)] if permitted("desk:case", role) else []
    for name, ask in (*((one, client.get) for one in PAGES if permitted(one, role)), *asked):
        answer = ask(path_of(name, where[name], world, "own", role))
        if answer.status_code == 200:
            yield f"page {name}", tuple(sorted(shown.labels(answer.content.decode())))


def files(world: World, role: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    client, where = browser(world, role), dict(ADDRESSES)
    wanted = [(name, path_of(name, where[name], world, "own", role)) for name in FILES if permitted(name, role)]
    lines = approved(world) if role == "analyst" else ""
    wanted += [("statistics:export_csv", lines), ("statistics:export_xlsx", f"{lines[:-3]}xlsx")] if lines else []
    for name, path in wanted:
        answer = client.get(path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        yield f"file {name}", tuple((shown.columns_of_a_workbook if "xlsx" in name else shown.columns)(body))
    if permitted("orders:paper", role):
        yield from papers(world, client)


def papers(world: World, client: Client) -> Iterator[tuple[str, tuple[str, ...]]]:
    own = world.bundles["own"].parts
    for kind in PAPERS:
        for lang in ("ky", "ru"):
            answer = client.get(f"/cases/{own['ref']}/orders/{own['order']}/paper/{kind}/{lang}/")
            if answer.status_code == 200 and answer["Content-Type"] == "application/pdf":
                yield f"paper {kind} {lang}", tuple(sorted(shown.lines(answer.content)))


def by_program(world: World, role: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    client = program_of(world, role)
    for name, parts in FOR_PROGRAMS:
        if not permitted(name, role):
            continue
        for relation in relations_of(name)[:1]:
            answer = client.get(api_path(name, parts, world, relation))
            if answer.status_code == 200:
                yield f"api {name}", tuple(sorted(shown.keys(answer.json())))

    if ROLES[role].permissions & {Permission.ORDER_READ}:
        asked = json.dumps({"number": NUMBER})
        answer = client.post("/api/v1/orders/lookup", asked, content_type="application/json")
        yield "api api:order_lookup", tuple(sorted(shown.keys(answer.json())))


def found(world: World) -> Shown:
    whole: Shown = defaultdict(dict)
    for role in sorted(ROLES):
        for what, fields in (*pages(world, role), *files(world, role), *by_program(world, role)):
            whole[what][role] = fields
    return whole


def written(whole: Shown) -> str:
    """Roles that are shown the same stand together."""
    said = []
    for what in sorted(whole):
        groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for role, fields in whole[what].items():
            groups[fields].append(role)
        for fields, roles in sorted(groups.items(), key=lambda one: one[1]):
            said += [f"{what}: {' '.join(roles)}", *(f"    {one}" for one in fields)]
    return "\n".join(said) + "\n"


def test_requirement_18_each_role_is_shown_what_is_declared_and_no_more(world):
    told = written(found(world))
    if os.environ.get("KALKA_DECLARE"):
        DECLARED.write_text(told, encoding="utf-8")
    assert told == DECLARED.read_text(encoding="utf-8")
