from datetime import date

import pytest

from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.directory import selectors, services
from kalka.directory.models import Holding, Organisation, Post
from kalka.directory.tests.factories import (
    ADMINISTRATOR,
    AIMAK,
    INSPECTOR,
    NAMES,
    NOW,
    RAION,
    TODAY,
    TOMORROW,
    YESTERDAY,
    organisation,
    person,
    post,
    territory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture(autouse=True)
def land():
    territory()


def last_entry():
    return AuditEntry.objects.order_by("-id").values_list("kind", "command", "object", "refusal").first()


def rows():
    return (Organisation.objects.count(), Post.objects.count(), Holding.objects.count())


def test_an_organisation_has_a_kind_a_place_and_a_name_in_three_languages():
    made = organisation()
    assert (made.kind, made.name, made.place, made.parent_id) == ("police", NAMES, RAION, None)
    assert last_entry() == ("done", "directory.create_organisation", "directory.Organisation", "")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"kind": "gendarmerie"}, "directory.no_such_kind"),
        ({"name": {"ky": "Нарын"}}, "directory.name_incomplete"),
        ({"name": {**NAMES, "en": " "}}, "directory.name_incomplete"),
        ({"place": "41799"}, "directory.no_such_place"),
        ({"parent_id": 77}, "directory.no_such_organisation"),
    ],
)
def test_an_organisation_that_cannot_be_is_refused(wrong, code):
    with pytest.raises(DomainError, match=code):
        services.create_organisation(
            ADMINISTRATOR, **{"kind": "police", "name": NAMES, "place": RAION, "now": NOW, **wrong}
        )
    assert rows() == (0, 0, 0)
    assert last_entry() == ("refused", "directory.create_organisation", "", code)


def test_a_new_post_is_vacant():
    made = post(organisation())
    assert (made.role, made.place, made.leads, made.since, made.until) == (
        "police_inspector",
        AIMAK,
        False,
        date(2024, 1, 1),
        None,
    )
    assert selectors.is_vacant(made.pk, TODAY)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"role": "sheriff"}, "directory.no_such_role"),
        ({"organisation_id": 77}, "directory.no_such_organisation"),
        ({"place": "41799"}, "directory.no_such_place"),
    ],
)
def test_a_post_that_cannot_be_is_refused(wrong, code):
    of = organisation()
    told = {"role": "lawyer", "organisation_id": of.pk, "place": AIMAK, "since": TODAY, "now": NOW}
    with pytest.raises(DomainError, match=code):
        services.create_post(ADMINISTRATOR, **{**told, **wrong})
    assert rows() == (1, 0, 0)


def test_whoever_is_appointed_holds_the_post_from_that_day_on():
    made, nurbek = post(organisation()), person()
    services.appoint(ADMINISTRATOR, post_id=made.pk, user_id=nurbek, since=TODAY, now=NOW)
    assert [selectors.holders_of(made.pk, day) for day in (YESTERDAY, TODAY)] == [[], [nurbek]]
    assert [one.id for one in selectors.posts_of(nurbek, TODAY)] == [made.pk]
    assert last_entry() == ("done", "directory.appoint", "directory.Holding", "")


def test_whoever_leaves_holds_it_to_the_last_day():
    made, nurbek = post(organisation()), person()
    services.appoint(ADMINISTRATOR, post_id=made.pk, user_id=nurbek, since=date(2024, 1, 1), now=NOW)
    services.leave_post(ADMINISTRATOR, post_id=made.pk, user_id=nurbek, until=TODAY, now=NOW)
    assert [selectors.is_vacant(made.pk, day) for day in (TODAY, TOMORROW)] == [False, True]


def test_whoever_is_appointed_by_mistake_can_be_taken_out_on_the_same_day():
    made, nurbek = post(organisation()), person()
    services.appoint(ADMINISTRATOR, post_id=made.pk, user_id=nurbek, since=TODAY, now=NOW)
    services.leave_post(ADMINISTRATOR, post_id=made.pk, user_id=nurbek, until=YESTERDAY, now=NOW)
    assert selectors.is_vacant(made.pk, TODAY)
    again = services.appoint(ADMINISTRATOR, post_id=made.pk, user_id=nurbek, since=TODAY, now=NOW)
    assert again.until is None


def test_nobody_holds_a_post_twice():
    made, nurbek = post(organisation()), person()
    services.appoint(ADMINISTRATOR, post_id=made.pk, user_id=nurbek, since=TODAY, now=NOW)
    with pytest.raises(DomainError, match="directory.holds_it_already"):
        services.appoint(ADMINISTRATOR, post_id=made.pk, user_id=nurbek, since=TODAY, now=NOW)
    assert rows() == (1, 1, 1)


@pytest.mark.parametrize(
    ("who", "since", "code"),
    [
        (ADMINISTRATOR.user_id, TODAY, "directory.not_oneself"),
        (777, TODAY, "directory.no_such_user"),
        (None, date(2023, 12, 31), "directory.post_not_standing"),
        (None, date(2026, 3, 4), "directory.post_not_standing"),
    ],
)
def test_an_appointment_that_cannot_be_is_refused(who, since, code):
    made = post(organisation())
    services.close_post(ADMINISTRATOR, post_id=made.pk, until=TOMORROW, now=NOW)
    with pytest.raises(DomainError, match=code):
        services.appoint(ADMINISTRATOR, post_id=made.pk, user_id=who or person(), since=since, now=NOW)
    assert rows() == (1, 1, 0)


def test_leaving_a_post_nobody_holds_and_a_post_nobody_made_answer_alike():
    made = post(organisation())
    with pytest.raises(AccessDenied):
        services.leave_post(ADMINISTRATOR, post_id=made.pk, user_id=5, until=TODAY, now=NOW)
    with pytest.raises(AccessDenied):
        services.appoint(ADMINISTRATOR, post_id=made.pk + 1, user_id=5, since=TODAY, now=NOW)


def test_a_substitute_is_another_post_and_can_be_taken_back():
    of = organisation()
    one, two = post(of), post(of)
    services.name_substitute(ADMINISTRATOR, post_id=one.pk, substitute_id=two.pk, now=NOW)
    assert selectors.substitute_of(one.pk, TODAY).id == two.pk
    with pytest.raises(DomainError, match="directory.own_substitute"):
        services.name_substitute(ADMINISTRATOR, post_id=one.pk, substitute_id=one.pk, now=NOW)
    services.name_substitute(ADMINISTRATOR, post_id=one.pk, substitute_id=None, now=NOW)
    assert selectors.substitute_of(one.pk, TODAY) is None


def test_a_closed_post_is_vacant_whoever_held_it():
    made, nurbek = post(organisation()), person()
    services.appoint(ADMINISTRATOR, post_id=made.pk, user_id=nurbek, since=TODAY, now=NOW)
    services.close_post(ADMINISTRATOR, post_id=made.pk, until=TODAY, now=NOW)
    assert [selectors.is_vacant(made.pk, day) for day in (TODAY, TOMORROW)] == [False, True]
    assert selectors.posts_of(nurbek, TOMORROW) == []
    with pytest.raises(DomainError, match="directory.ends_before_it_begins"):
        services.close_post(ADMINISTRATOR, post_id=made.pk, until=date(2023, 1, 1), now=NOW)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda post: services.create_organisation(INSPECTOR, kind="police", name=NAMES, place=RAION, now=NOW),
        lambda post: services.create_post(
            INSPECTOR, role="lawyer", organisation_id=post.organisation_id, place=AIMAK, since=TODAY, now=NOW
        ),
        lambda post: services.appoint(INSPECTOR, post_id=post.pk, user_id=5, since=TODAY, now=NOW),
        lambda post: services.leave_post(INSPECTOR, post_id=post.pk, user_id=5, until=TODAY, now=NOW),
        lambda post: services.name_substitute(INSPECTOR, post_id=post.pk, substitute_id=None, now=NOW),
        lambda post: services.close_post(INSPECTOR, post_id=post.pk, until=TODAY, now=NOW),
    ],
)
def test_only_who_manages_posts_does(attempt):
    made = post(organisation())
    before = rows()
    with pytest.raises(AccessDenied):
        attempt(made)
    assert rows() == before
    assert last_entry()[0] == "refused"


def test_a_member_of_a_committee_stands_for_a_part_of_society():
    committee = organisation(kind="committee", place=AIMAK)
    for number, category in enumerate(("police", "deputies", "deputies")):
        seat, somebody = post(committee, role="committee_member").pk, person(f"member-{number}")
        services.appoint(ADMINISTRATOR, post_id=seat, user_id=somebody, since=TODAY, category=category, now=NOW)
    assert selectors.members_by_category(committee.pk, TODAY) == {"deputies": 2, "police": 1}
    assert selectors.members_by_category(committee.pk, YESTERDAY) == {}


def test_a_category_nobody_knows_is_refused_and_nobody_is_appointed():
    seat, somebody = post(organisation()).pk, person()
    before = rows()
    with pytest.raises(DomainError, match=r"directory\.no_such_category"):
        services.appoint(ADMINISTRATOR, post_id=seat, user_id=somebody, since=TODAY, category="elders", now=NOW)
    assert rows() == before
