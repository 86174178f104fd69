"""A page asks the database as often for a long file as for a short one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.policy import POLICY
from kalka.cases import services as cases
from kalka.cases.rules import Circle, NewIncident, NewNote, NewWord, Part, Saying
from kalka.core import clock
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.followup import services as followup
from kalka.followup.rules import NewVisit
from kalka.intake import services as intake
from kalka.orders import services as orders
from kalka.orders.rules import NewOrder
from kalka.people.rules import NewPerson
from tests.matrix import world as worlds
from tests.matrix.test_matrix import ADDRESSES, client_of, path_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]

# The limits are what each page needs today; a page that wants more says so here. Three of them are the request's own:
# who asks, the count of what is late, the post's name.
MOST = {"desk:case": 75, "desk:today": 16, "cases:list": 14, "intake:list": 16, "orders:list": 16}
OTHERS = 60


@pytest.fixture
def world():
    return worlds.build()


def more_of_everything(world, times: int) -> None:
    """The own file grows: people, incidents, notes, words, visits, orders; and there are more files beside it."""
    ref, now = world.bundles["own"].parts["ref"], clock.now() + timedelta(minutes=1)
    worker, inspector = (world.members[role].actor for role in ("social_worker", "police_inspector"))
    today = clock.day_of(now)
    for number in range(times):
        later = now + timedelta(seconds=number)
        same = {"case_ref": ref, "now": later}
        cases.add_participant(worker, id=new_id(), person=NewPerson(sex="m"), part=Part.ALLEGED, **same)
        cases.record_incident(worker, id=new_id(), told=NewIncident(on=today, forms=("physical",), what="Урду"), **same)
        cases.write_note(worker, id=new_id(), told=NewNote(Circle.TEAM, "Сүйлөштүк"), **same)
        cases.record_word(worker, id=new_id(), told=NewWord(Saying.RECONCILIATION, today), **same)
        cases.attach(worker, id=new_id(), name="a.txt", content=b"plain words", **same)
        followup.log_visit(inspector, id=new_id(), told=NewVisit(later, "nobody", "unknown"), **same)
        orders.register_order(inspector, id=new_id(), told=NewOrder(issued_at=now), **same)
        intake.correct_report(
            worker, id=new_id(), report_id=world.bundles["own"].parts["report"], text="Кошумча", now=later
        )
    for _ in range(times):
        near = ("katchy", "sotsial", "inspektor", "kriziz", "psiholog")
        by_login = {member.login: member.actor for member in world.members.values()}
        worlds.file({login: by_login[login] for login in near}, now)


def counted(client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get(path)
    assert answer.status_code in {200, 302}, path  # a duty that ended meanwhile leads back
    return len(asked)


PAGES = [
    (name, parts)
    for name, parts in ADDRESSES
    if POLICY[name].methods.get("GET") not in (None, Permission.POSTS_MANAGE, Permission.AUDIT_READ)
    and name not in {"orders:paper", "cases:file", "risk:judge", "duties:oversee", "closure:reopen"}
]
ROLES = {
    "statistics": "analyst",
    "risk": "police_inspector",
    "orders": "police_inspector",
    "followup": "police_inspector",
}


def test_no_page_asks_more_for_more(world):
    more_of_everything(world, 1)  # one of each kind, so that only the number changes
    few = {name: count(world, name, parts) for name, parts in PAGES}
    more_of_everything(world, 4)
    many = {name: count(world, name, parts) for name, parts in PAGES}
    assert {name: (few[name], many[name]) for name in few if many[name] > few[name]} == {}
    assert {name: n for name, n in many.items() if n > MOST.get(name, OTHERS)} == {}


def count(world, name: str, parts: tuple[str, ...]) -> int:
    role = ROLES.get(name.partition(":")[0], "social_worker")
    if name == "risk:countersign":
        role = "supervising_officer"
    client = client_of(world, role)
    if name.startswith("accounts:") and not parts:
        return counted(client, reverse(name))
    return counted(client, path_of(name, parts, world, "own", role))
