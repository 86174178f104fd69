"""A file that is being sent when a right ends goes no further than the piece that is on its way."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from kalka.access import services as access
from kalka.accounts import services as accounts
from kalka.cases.models import Case
from kalka.core import clock
from kalka.core.actors import SYSTEM, Actor
from kalka.core.errors import AccessDenied
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id, show_ref
from kalka.demo.staffing import FOUNDER
from kalka.directory import services as directory
from kalka.statistics import services as statistics
from kalka.statistics.exports import NewExport
from tests.matrix import world as worlds
from tests.matrix.world import World, step

pytestmark = [pytest.mark.django_db, pytest.mark.both]
POLICE = "police_inspector"
MORE = 5  # cases beside that of the world


@pytest.fixture(scope="module")
def world(together: None) -> World:
    made = worlds.build()
    near = {"katchy": "committee_secretary", "sotsial": "social_worker", "inspektor": POLICE}
    who = {name: made.members[role].actor for name, role in near.items()}
    now = clock.now() - timedelta(seconds=3)
    for _ in range(MORE):
        worlds.opened(who, now)
    return made


@pytest.fixture(autouse=True)
def row_by_row(monkeypatch) -> None:
    for place in ("kalka.sheets.streaming", "kalka.cases.selectors.whole", "kalka.orders.selectors.whole"):
        monkeypatch.setattr(f"{place}.AT_ONCE", 1)


def pieces(world: World, path: str, role: str = POLICE) -> Iterator[bytes]:
    client = Client(headers={"accept-encoding": "identity"})
    client.cookies[settings.SESSION_COOKIE] = world.tokens[role]
    answer = client.get(path)
    assert answer.status_code == 200 and answer.streaming
    return iter(answer.streaming_content)


def ended_session(actor: Actor) -> None:
    accounts.end_my_sessions(actor, now=clock.now())


def suspended(actor: Actor) -> None:
    accounts.suspend_user(FOUNDER, user_id=actor.user_id, now=clock.now())


def left_the_post(actor: Actor) -> None:
    yesterday = clock.day_of(clock.now()) - timedelta(days=1)
    directory.leave_post(FOUNDER, post_id=actor.post_id or 0, user_id=actor.user_id, until=yesterday, now=clock.now())


def closed_post(actor: Actor) -> None:
    yesterday = clock.day_of(clock.now()) - timedelta(days=1)
    directory.close_post(FOUNDER, post_id=actor.post_id or 0, until=yesterday, now=clock.now())


@pytest.mark.parametrize("path", ["/cases.csv", "/figures/all.csv"])
@pytest.mark.parametrize("revoke", [ended_session, suspended, left_the_post, closed_post])
def test_requirement_19_whoever_loses_the_right_gets_no_further_piece(world, revoke: Callable[[Actor], None], path):
    role = POLICE if path == "/cases.csv" else "ministry_coordinator"
    coming = pieces(world, path, role)
    assert next(coming) and next(coming)
    revoke(world.members[role].actor)
    with pytest.raises(AccessDenied, match="no_longer"):
        next(coming)
    entry = AuditEntry.objects.filter(kind="refused").last()
    assert entry is not None and entry.actor_id == world.members[role].actor.user_id


def test_requirement_19_nobody_else_is_cut_off(world):
    coming = pieces(world, "/cases.csv")
    next(coming)
    suspended(world.members["social_worker"].actor)
    assert len(list(coming)) >= MORE


def refs(found: Iterator[bytes]) -> set[str]:
    return {line.partition(",")[0] for line in b"".join(found).decode().splitlines()}


def test_requirement_19_a_file_that_may_not_be_seen_any_more_comes_in_no_further_piece(world):
    """While the list is being sent: a grant ends, and a wall comes up."""
    actor = world.members[POLICE].actor
    whole = refs(pieces(world, "/cases.csv"))
    coming = pieces(world, "/cases.csv")
    sent = refs(iter([next(coming), next(coming)]))
    left = Case.objects.filter(ref__in=[one.replace("-", "").replace(" ", "") for one in whole - sent])
    assert left.count() >= 3
    ended, walled, *_rest = left
    for holder in actor.holders:
        step(SYSTEM, do=lambda h=holder: access.end_grant(ended.subject_id, h, now=clock.now()))
    step(SYSTEM, do=lambda: access.wall(walled.subject_id, actor.user_id, why="kin", now=clock.now()))
    rest = refs(coming)
    assert not {show_ref(ended.ref), show_ref(walled.ref)} & rest
    assert rest == whole - sent - {show_ref(ended.ref), show_ref(walled.ref)}


def approved(world: World) -> str:
    """A file of lines, ready to be taken."""
    asker, second = (world.members[role].actor for role in ("analyst", "ministry_coordinator"))
    told = NewExport(indicator="reports", period="2026", place="", purpose="Изилдөө", cap=1_000)
    export = statistics.ask_export(asker, id=new_id(), told=told, now=clock.now())
    statistics.decide_export(second, id=new_id(), export_id=export.pk, approved=True, now=clock.now())
    return f"/figures/lines/{export.pk}/lines.csv"


def test_requirement_19_a_finished_file_is_handed_out_no_more(world):
    path = approved(world)
    client = Client(headers={"accept-encoding": "identity"})
    client.cookies[settings.SESSION_COOKIE] = world.tokens["analyst"]
    assert client.get(path).streaming
    coming = pieces(world, path, "analyst")
    next(coming)
    left_the_post(world.members["analyst"].actor)
    nothing = client.get("/cases/ZZZZZZZZZZ/nowhere/")
    answer = client.get(path)
    assert (answer.status_code, answer.content) == (404, nothing.content)
    with pytest.raises(AccessDenied):
        list(coming)
