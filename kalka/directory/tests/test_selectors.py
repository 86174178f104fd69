from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from kalka.directory import selectors, services
from kalka.directory.models import Holding, Post
from kalka.directory.tests.factories import (
    ADMINISTRATOR,
    AIMAK,
    ELSEWHERE,
    NOW,
    OBLAST,
    RAION,
    TODAY,
    TOMORROW,
    VILLAGE,
    held,
    organisation,
    person,
    post,
    territory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture(autouse=True)
def land():
    territory()


def responsible(role="police_inspector", place=VILLAGE, on=TODAY):
    found = selectors.responsible(role, place, on)
    return found.id if found else None


def test_the_nearest_post_up_the_territory_is_responsible():
    of = organisation()
    far, near = held(post(of, place=RAION)), held(post(of, place=AIMAK))
    held(post(of, place=ELSEWHERE))
    held(post(of, role="lawyer", place=AIMAK))
    assert [responsible(place=place) for place in (VILLAGE, AIMAK, RAION, OBLAST)] == [near.pk, near.pk, far.pk, None]
    assert responsible(place="unknown") is None


def test_a_held_post_farther_up_comes_before_a_vacant_one_nobody_stands_in_for():
    of = organisation()
    far, near = held(post(of, place=RAION)), post(of, place=AIMAK)
    assert responsible() == far.pk
    services.name_substitute(ADMINISTRATOR, post_id=near.pk, substitute_id=held(post(of, place=OBLAST)).pk, now=NOW)
    assert responsible() == near.pk


def test_a_substitute_nobody_holds_stands_in_for_nobody():
    of = organisation()
    far, near = held(post(of, place=RAION)), post(of, place=AIMAK)
    services.name_substitute(ADMINISTRATOR, post_id=near.pk, substitute_id=post(of, role="lawyer").pk, now=NOW)
    assert responsible() == far.pk


def test_only_posts_that_stand_on_the_day_are_responsible():
    of = organisation()
    far, near = held(post(of, place=RAION)), held(post(of, place=AIMAK))
    services.close_post(ADMINISTRATOR, post_id=near.pk, until=TODAY, now=NOW)
    assert [responsible(on=day) for day in (date(2023, 12, 31), TODAY, TOMORROW)] == [None, near.pk, far.pk]


def test_finding_who_is_responsible_takes_a_constant_number_of_statements(django_assert_num_queries):
    of = organisation()
    for place in (AIMAK, RAION, OBLAST) * 3:
        held(post(of, place=place))
    responsible()
    with django_assert_num_queries(3):  # twice whether what is kept still holds, once who holds the posts
        responsible()


def test_a_post_is_labelled_by_role_and_territory_in_every_language():
    made = selectors.post(post(organisation()).pk)
    assert [made.label(lang) for lang in ("ky", "ru", "en")] == [
        "Участкалык инспектор, Учкун айыл аймагы",
        "Участковый инспектор, Учкунский айылный аймак",
        "Police inspector, Uchkun ayil aimak",
    ]
    with override("ru"):
        assert (made.label_here, made.organisation_here) == (made.label("ru"), "Нарынский РОВД")
    assert selectors.post(made.id + 1) is None


def test_posts_come_in_the_order_asked_for_and_are_kept_until_one_changes(django_assert_num_queries):
    of = organisation()
    one, two, three = post(of), post(of), post(of)
    selectors.post(one.pk)
    with django_assert_num_queries(1):
        assert list(selectors.posts([three.pk, one.pk, 999, two.pk, three.pk])) == [three.pk, one.pk, two.pk]


def test_the_lead_is_of_the_same_organisation_or_the_one_above():
    ministry = organisation(place=OBLAST)
    of = organisation(parent=ministry)
    minister, head = held(post(ministry, leads=True, place=OBLAST)), held(post(of, leads=True, place=RAION))
    plain = held(post(of))
    assert [selectors.lead_of(one.pk, TODAY).id for one in (plain, head)] == [head.pk, minister.pk]
    assert selectors.lead_of(minister.pk, TODAY) is None
    assert selectors.lead_of(999, TODAY) is None


def test_a_vacant_lead_lets_the_one_above_answer():
    ministry = organisation(place=OBLAST)
    of = organisation(parent=ministry)
    head, plain = post(of, leads=True, place=RAION), held(post(of))
    assert selectors.lead_of(plain.pk, TODAY).id == head.pk
    minister = held(post(ministry, leads=True, place=OBLAST))
    assert selectors.lead_of(plain.pk, TODAY).id == minister.pk


def test_a_substitute_that_is_closed_stands_in_no_more():
    of = organisation()
    one, two = post(of), post(of)
    services.name_substitute(ADMINISTRATOR, post_id=one.pk, substitute_id=two.pk, now=NOW)
    services.close_post(ADMINISTRATOR, post_id=two.pk, until=TODAY, now=NOW)
    found = [selectors.substitute_of(one.pk, day) for day in (TODAY, TOMORROW)]
    assert [one and one.id for one in found] == [two.pk, None]


def test_lists_of_posts_and_organisations():
    police, school = organisation(), organisation(kind="education")
    one, two = held(post(police)), post(police)
    assert [found.id for found in selectors.posts_at(police.pk)] == [one.pk, two.pk]
    assert [(found.id, found.held) for found in selectors.staffed(TODAY)] == [(one.pk, 1), (two.pk, 0)]
    assert [found.id for found in selectors.organisations()] == [police.pk, school.pk]
    (found,) = selectors.organisations("education")
    assert (found.id, found.kind, found.name("ky"), found.place) == (school.pk, "education", "Нарын РИИБ", RAION)


def test_who_holds_a_post_is_named_by_login():
    made, nurbek = post(organisation()), person("nurbek")
    services.appoint(ADMINISTRATOR, post_id=made.pk, user_id=nurbek, since=TODAY, now=NOW)
    (found,) = selectors.holdings_of(made.pk, TODAY)
    assert (found.post_id, found.user_id, found.login, found.since) == (made.pk, nurbek, "nurbek", TODAY)


@pytest.mark.parametrize(
    ("since", "until"), [(TODAY, TODAY - timedelta(days=2)), (date(2026, 3, 1), date(2026, 2, 27))]
)
def test_the_database_refuses_a_holding_that_ends_before_it_begins(since, until):
    made = post(organisation())
    with pytest.raises(IntegrityError), transaction.atomic():
        held(made, since=since, until=until)


def test_the_database_allows_a_holding_that_was_taken_back_on_its_first_day():
    held(post(organisation()), since=date(2026, 3, 1), until=date(2026, 2, 28))
    assert Holding.objects.count() == 1


def test_the_database_refuses_a_second_open_holding_and_a_post_that_stands_in_for_itself():
    made = held(post(organisation()), by=5)
    with pytest.raises(IntegrityError), transaction.atomic():
        held(made, by=5)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(id=made.pk).update(substitute=made.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(id=made.pk).update(until=date(2023, 1, 1))
