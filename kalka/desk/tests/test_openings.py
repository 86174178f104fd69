"""Requirement 56: what she is shown of who opened her file is what the record holds, entry by entry."""

from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kalka.accounts.models import User
from kalka.cases.keeping import NewBait
from kalka.cases.models import Case
from kalka.cases.tests import factories as f
from kalka.core import audit, clock
from kalka.core.actors import SYSTEM, Actor
from kalka.core.errors import AccessDenied
from kalka.core.models import AuditEntry
from kalka.core.record import unpacked
from kalka.core.refs import new_id
from kalka.desk.openings import DEEDS, LISTED, sheet
from kalka.oversight import services as oversight
from tests.matrix import world as worlds
from tests.matrix.test_matrix import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def world():
    return worlds.build()


def audited(*subjects) -> set[int]:
    """Looked through entry by entry, without an index."""
    rows = AuditEntry.objects.exclude(kind="refused").values_list("id", "subject_id", "ids")
    return {id for id, one, ids in rows if {one, *unpacked(bytes(ids))} & {*subjects}}


def shown(page) -> list[int]:
    return sorted(id for _day, whos in page.days for who in whos for id in who.entries)


def test_requirement_56_who_opened_it_equals_the_record(world):
    random, now = Random(56), clock.now()
    case = Case.objects.get(ref=world.bundles["own"].parts["ref"])
    others = [new_id() for _ in range(400)]
    actors = [member.actor for member in world.members.values()]
    for _ in range(120):
        subjects = random.sample(others, random.choice((1, 2, 50)))
        if random.random() < 0.4:
            subjects[0] = random.choice((case.subject_id, case.report.subject_id))
        audit.read(random.choice([*actors, SYSTEM]), random.choice(("people.search", "cases.page")), subjects)
    page = sheet(world.members["social_worker"].actor, case.ref, now=now)
    assert shown(page) == sorted(audited(case.subject_id, case.report.subject_id))
    assert any(words == DEEDS[LISTED] for _d, whos in page.days for who in whos for words, _n in who.deeds)


def test_of_another_file_nothing_stands_there(world):
    case = Case.objects.get(ref=world.bundles["own"].parts["ref"])
    beside = [new_id(), new_id()]
    audit.read(SYSTEM, "people.search", beside)
    latest = AuditEntry.objects.latest("id")
    spread = latest.ids[8:] + latest.ids[:8]  # her id must begin where an id begins
    assert latest.pk not in shown(sheet(world.members["social_worker"].actor, case.ref, now=clock.now()))
    assert len(spread) == 32 and latest.count == 2


def test_a_file_that_is_nobodys_was_begun_by_the_post_in_whose_name_it_stands():
    """Who really laid it there would tell everybody who looks what it is."""
    made = f.raion()
    auditor = f.post("auditor", place="41700000000000")
    told = NewBait(made.worker.post_id, f.AIMAK, f.TODAY, "Токоева Асылкан", "Коңшусу үйгө киргизбейт.")
    bait = oversight.plant(auditor, id=new_id(), told=told, now=f.NOW)
    beside = f.services.open_at_risk(made.worker, id=new_id(), place=f.AIMAK, protected=f.WOMAN, now=f.NOW)
    pages = [sheet(made.worker, one.ref, now=f.NOW) for one in (bait, beside)]
    seen = [[(who.post, who.machine) for _d, whos in page.days for who in whos] for page in pages]
    assert seen[0] == seen[1] and {post.id for post, _machine in seen[0]} == {made.worker.post_id}
    assert shown(pages[0]) == sorted(audited(bait.subject_id))


def test_whoever_does_not_see_the_case_learns_nothing_of_it(world):
    refused = Actor(99, world.members["social_worker"].actor.permissions, ("post:999999999",), post_id=999_999_999)
    with pytest.raises(AccessDenied):
        sheet(refused, world.bundles["own"].parts["ref"], now=clock.now())


def test_the_page_names_institutions_and_posts_and_nobody(world):
    client = client_of(world, "social_worker")
    ref = world.bundles["own"].parts["ref"]
    answer = client.get(f"/cases/{ref}/openings/", headers={"accept-language": "en"})
    said = answer.content.decode()
    post = next(
        who.post
        for _d, whos in sheet(world.members["social_worker"].actor, ref, now=clock.now()).days
        for who in whos
        if who.post
    )
    assert answer.status_code == 200 and post.organisation_name("en") in said or post.organisation_name("ky") in said
    assert [user.login for user in User.objects.all() if f">{user.login}<" in said] == []


def test_a_page_of_fifty_costs_as_many_statements_as_a_page_of_one():
    def cost(count: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            audit.read(SYSTEM, "people.search", [new_id() for _ in range(count)])
        return len(asked)

    cost(1)
    assert cost(1) == cost(50)
    assert len(AuditEntry.objects.latest("id").ids) == 50 * 16
