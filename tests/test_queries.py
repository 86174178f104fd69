"""A page asks the database as often for a long file as for a short one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.policy import POLICY
from kalka.cases import services as cases
from kalka.cases.rules import Circle, NewIncident, NewNote, NewWord, Part, Saying
from kalka.core import clock, memory
from kalka.core.refs import new_id
from kalka.directory import roles
from kalka.followup import services as followup
from kalka.followup.rules import NewVisit
from kalka.intake import services as intake
from kalka.intake.rules import NewReport
from kalka.orders import services as orders
from kalka.orders.rules import NewOrder
from kalka.people.rules import NewPerson
from tests import helping
from tests.matrix import world as worlds
from tests.matrix.test_matrix import ADDRESSES, client_of, path_of
from tests.matrix.trained import trained_more

pytestmark = [pytest.mark.django_db, pytest.mark.seldom]

# The limits are what each page needs today; a page that wants more says so here. Two of them are the request's own:
# who asks, and the count of what is late.
# A case is one page of what seven modules more have to say: where each has rows, 20 statements, however many rows.
MOST = {"desk:case": 94, "desk:today": 6, "cases:list": 4, "intake:list": 4, "orders:list": 7}
MOST |= {"desk:figures_own": 99}  # every indicator reads its own rows
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
        helping.more_help(world, number, later)
        keeper = world.members["committee_secretary"].actor
        trained_more(keeper, world.bundles["own"].parts["course"], number + 10 * times, later)
    for _ in range(times):
        near = ("katchy", "sotsial", "inspektor", "kriziz", "psiholog", "probatsiya")
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


ROLES = {"risk": "police_inspector", "orders": "police_inspector", "followup": "police_inspector"}
ROLES |= {"proceedings": "police_inspector", "perpetrators": "police_inspector"}
ROLES |= {"monitoring": "police_inspector"}
ROLES |= {"findings": "child_protection", "shelters": "shelter_worker"}
ROLES |= dict.fromkeys(("prevention", "library", "training"), "committee_secretary")
# What belongs to somebody else than whoever works on the case.
WHOSE = {
    "risk:countersign": "supervising_officer",
    "guide:change": "crisis_worker",
    "referrals:answer": "crisis_worker",
    "referrals:reply": "crisis_worker",
    "referrals:invited": "police_inspector",
    **dict.fromkeys(("legalaid:answer", "legalaid:result", "legalaid:day", "legalaid:day_new"), "lawyer"),
    **dict.fromkeys(("legalaid:counselling", "legalaid:group", "legalaid:session", "legalaid:join"), "psychologist"),
}
NEEDS_MORE = {
    "orders:paper",
    "proceedings:paper",
    "training:paper",
    "cases:file",
    "risk:judge",
    "closure:reopen",
}  # a step before them, or a paper printed


def role_of(name: str) -> str:
    return WHOSE.get(name, ROLES.get(name.partition(":")[0], "social_worker"))


def opens(name: str) -> bool:
    return POLICY[name].methods.get("GET") in roles.ROLES[role_of(name)].permissions and name not in NEEDS_MORE


PAGES = [(name, parts) for name, parts in ADDRESSES if opens(name)]


def test_no_page_asks_more_for_more(world):
    more_of_everything(world, 1)  # one of each kind, so that only the number changes
    few = {name: count(world, name, parts) for name, parts in PAGES}
    few["desk:figures_own"] = count(world, "desk:figures_own", ())  # over what these visits themselves left
    more_of_everything(world, 4)
    many = {name: count(world, name, parts) for name, parts in PAGES}
    assert {name: (few[name], many[name]) for name in few if many[name] > few[name]} == {}
    assert {name: n for name, n in many.items() if n > MOST.get(name, OTHERS)} == {}


def test_a_report_costs_fourteen_statements(world):
    """Who asks, the transaction's two ends, was it sent before, its row, its keys, two grants, who looks at it, the
    duty, whether somebody may take it, what happened, the draft, the record."""
    worker, now = world.members["social_worker"].actor, clock.now()
    told = [NewReport(danger="no", told_on=clock.day_of(now), what="Урду", place=worker.place) for _ in range(2)]
    intake.receive_report(worker, id=new_id(), told=told[0], now=now)
    with memory.as_of(token()), CaptureQueriesContext(connection) as asked:
        intake.receive_report(worker, id=new_id(), told=told[1], now=now)
    own = {"sqlite": 6}.get(connection.vendor, 0)  # there the record is chained at once
    assert len(asked) - own <= 13, [one["sql"] for one in asked]


def token() -> object:
    with connection.cursor() as cursor:
        cursor.execute("SELECT token FROM core_reference")
        return cursor.fetchone()[0]


def count(world, name: str, parts: tuple[str, ...]) -> int:
    role = role_of(name)
    client = client_of(world, role)
    if name.startswith("accounts:") and not parts:
        return counted(client, reverse(name))
    return counted(client, path_of(name, parts, world, "own", role))
