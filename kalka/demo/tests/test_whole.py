"""The whole world once: as many committees, members, families and cases as it promises."""

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import override_settings

from kalka.cases.models import Case
from kalka.committees import facts as committee_facts
from kalka.core import clock
from kalka.core.actors import SYSTEM, Actor
from kalka.demo import world
from kalka.demo.crew import committees
from kalka.demo.founding import project_id
from kalka.directory import selectors as directory
from kalka.directory.models import Holding, Post
from kalka.directory.roles import CATEGORIES, ROLES
from kalka.duties import selectors as duties
from kalka.duties import services as duty_services
from kalka.families.models import FamilyAtRisk
from kalka.vault import keys

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.deep]

BUSY = (
    "police_inspector supervising_officer social_worker child_protection crisis_worker psychologist shelter_worker"
    " window_coordinator shift_supervisor"
).split()
PATIENCE = 600  # seconds: for a disaster, not for a slow day


@dataclass(frozen=True)
class Built:
    actors: Mapping[str, Actor]  # by sign-in
    seconds: float
    reached: list[tuple[int, int]]


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker) -> Iterator[Built]:
    """Built once for the module, in a transaction that is rolled back at its end."""
    with django_db_blocker.unblock(), override_settings(DEMO=True):
        whole = transaction.atomic()
        whole._from_testcase = True  # the tests' own, so that commands may be durable inside it
        whole.__enter__()
        keys.forget()
        keys.ensure_keks()
        reached: list[tuple[int, int]] = []
        begun = time.monotonic()
        made = world.build(now=clock.now(), progress=lambda done, of: reached.append((done, of)), whole=True)
        took = time.monotonic() - begun
        duty_services.roll(SYSTEM, now=clock.now())
        staff = next(iter(made.values())).staff
        yield Built({login: one.actor for login, one in staff.items()}, took, reached)
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)
        keys.forget()


def test_it_is_there_before_anybody_gives_up(built: Built) -> None:
    assert built.seconds < PATIENCE
    assert built.reached == sorted(built.reached) and built.reached[-1] == (world.WHOLE, world.WHOLE)


def test_fourteen_committees_have_their_274_members_one_secretary_each(built: Built) -> None:
    founded = directory.organisations("committee")
    assert {one.place for one in founded} == set(committees()) and len(founded) == 14
    posts = Post.objects.filter(organisation_id__in=[one.id for one in founded])
    held = Holding.objects.filter(post__in=posts)
    assert held.values("user_id").distinct().count() == 274
    assert set(held.values_list("category", flat=True)) == set(CATEGORIES)
    secretaries = posts.filter(role="committee_secretary").values_list("organisation_id", flat=True)
    assert set(Counter(secretaries).values()) == {1} and len(secretaries) == 14


def test_all_fourteen_are_written_down_in_their_project_and_their_274_members_counted_once(built: Built) -> None:
    today = clock.day_of(clock.now())
    found, seated = committee_facts.committees(on=today), committee_facts.members(on=today)
    assert (len(found), {one.project for one in found}) == (14, {str(project_id())})
    assert all(one.approved for one in found)
    assert (len(seated), {one.category for one in seated}) == (274, set(CATEGORIES))


def test_there_are_some_three_thousand_cases_of_every_year_since_2021(built: Built) -> None:
    opened = Case.objects.filter(opened_on__gte="2021-01-01").values_list("opened_on", flat=True)
    assert 2_900 <= len(opened) <= 3_100
    years = Counter(day.year for day in opened)
    assert set(years) == set(range(2021, clock.day_of(clock.now()).year + 1)) and min(years.values()) >= 100


def test_eighty_families_at_risk_were_found_in_2021_and_2022_where_the_committees_are(built: Built) -> None:
    kept = FamilyAtRisk.objects.filter(noted_on__year__in=(2021, 2022), case__kind="at_risk", place__in=committees())
    assert kept.count() == FamilyAtRisk.objects.count() == 80


def test_everybody_who_signs_in_has_duties_or_is_told_what_to_find(built: Built) -> None:
    idle = {role for role in ROLES if role not in BUSY}
    now = clock.now()
    for actor in built.actors.values():
        whole = duties.counts(actor, now=now).whole
        assert (actor.role, 0 < whole <= 2 * duties.MOST) == (actor.role, True) or actor.role in idle
        assert all(ROLES[actor.role].today.values())
