"""The administrator's pages: posts, who holds them, who stands in. No case is reachable from them."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from kalka.accounts import marks
from kalka.accounts.models import User
from kalka.core import clock
from kalka.core.refs import new_id
from kalka.demo.staffing import Member, staff
from kalka.desk.views import posts
from kalka.directory import selectors as directory
from kalka.directory.models import Holding, Post
from tests.matrix.world import token

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def world() -> dict[str, Member]:
    return staff(clock.now())


@pytest.fixture
def admin(world) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.cookies[settings.SESSION_COOKIE] = token(world["admin"].actor)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    with translation.override("en"):
        yield client


def day(prefix="since"):
    today = clock.day_of(clock.now())
    return {f"{prefix}_day": today.day, f"{prefix}_month": today.month, f"{prefix}_year": today.year}


def page(post_id) -> str:
    return f"/posts/{post_id}/"


def test_every_post_is_listed_with_whether_somebody_holds_it(admin, world):
    Holding.objects.filter(post_id=world["inspektor"].actor.post_id).delete()
    text = admin.get("/posts/").content.decode()
    assert text.count('href="/posts/') == len(world) + 2  # the way here, and the one to a new post
    assert text.count("vacant") == 1


def test_a_post_is_found_by_a_part_of_its_name_or_of_its_organisation(admin, world):
    post = world["inspektor"].actor.post_id
    text = admin.get("/posts/", {"words": "INSPECTOR"}).content.decode()
    assert f'href="{page(post)}"' in text and f'href="{page(world["sotsial"].actor.post_id)}"' not in text
    assert "No post is called so" in admin.get("/posts/", {"words": "nobody of that name"}).content.decode()


def test_a_long_list_of_posts_comes_in_pages(admin, world, monkeypatch):
    monkeypatch.setattr(posts, "ROWS", 2)
    first, second = admin.get("/posts/").content.decode(), admin.get("/posts/", {"page": "2"}).content.decode()
    assert "?words=&amp;page=2" in first and "?words=&amp;page=1" in second and "?words=&amp;page=3" in second
    assert admin.get("/posts/", {"page": "0"}).status_code == admin.get("/posts/", {"page": "x"}).status_code == 200


def test_somebody_new_is_made_and_appointed_and_the_password_is_shown_once(admin, world):
    post_id = world["inspektor"].actor.post_id
    form = {
        "key": new_id(),
        "do": "appoint",
        "login": "jany",
        "name": "Жаңыл Осмонова",
        **day(),
        "pin": "20101199000011",
    }
    answer = admin.post(page(post_id), form)
    user = User.objects.get(login="jany")
    assert user.id in directory.holders_of(post_id, clock.day_of(clock.now()))
    assert list(marks.given(user.id)) == ["pin"] and "20101199000011" not in answer.content.decode()
    assert "Hand this password over" in answer.content.decode()
    assert "Hand this password over" not in admin.get(page(post_id)).content.decode()


def test_a_name_nobody_has_needs_the_persons_name(admin, world):
    before = User.objects.count()
    answer = admin.post(
        page(world["inspektor"].actor.post_id), {"key": new_id(), "do": "appoint", "login": "x", **day()}
    )
    assert ("Write the person" in answer.content.decode(), User.objects.count()) == (True, before)


def test_nobody_appoints_themselves(admin, world):
    post_id = world["sotsial"].actor.post_id
    admin.post(page(post_id), {"key": new_id(), "do": "appoint", "login": "admin", **day()})
    assert world["admin"].actor.user_id not in directory.holders_of(post_id, clock.day_of(clock.now()))


def test_whoever_is_taken_out_is_out_at_once(admin, world):
    actor = world["inspektor"].actor
    theirs = Client()
    theirs.cookies[settings.SESSION_COOKIE] = token(actor)
    assert theirs.get("/cases/").status_code == 200
    admin.post(page(actor.post_id), {"do": "leave", "user": actor.user_id})
    assert theirs.get("/cases/").status_code == 404


def test_a_substitute_is_named_and_taken_back(admin, world):
    post_id, other = world["inspektor"].actor.post_id, world["ofitser"].actor.post_id
    admin.post(page(post_id), {"key": new_id(), "do": "substitute", "seen": "", "substitute": other})
    assert Post.objects.get(id=post_id).substitute_id == other
    admin.post(page(post_id), {"key": new_id(), "do": "substitute", "seen": other, "substitute": ""})
    assert Post.objects.get(id=post_id).substitute_id is None


def test_a_post_of_another_organisation_is_no_substitute(admin, world):
    post_id = world["inspektor"].actor.post_id
    answer = admin.post(
        page(post_id),
        {"key": new_id(), "do": "substitute", "seen": "", "substitute": world["inspektor2"].actor.post_id},
    )
    assert (answer.status_code, Post.objects.get(id=post_id).substitute_id) == (200, None)


def test_who_may_not_search_is_shown_no_place_to_search_on_any_page(admin):
    assert 'role="search"' not in admin.get("/").content.decode()
