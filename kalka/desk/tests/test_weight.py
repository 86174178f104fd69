"""The fullest Today there is still weighs less than 8 KB on its way."""

import gzip
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from kalka.core import clock
from kalka.core.refs import new_ref
from kalka.demo.staffing import staff
from kalka.directory.models import Post
from kalka.duties import selectors
from kalka.duties.tests.factories import duty
from tests.matrix.world import token

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LIMIT = 8 * 1024


def test_a_full_today_is_light_and_counts_what_it_leaves_out():
    actor, now = staff(clock.now())["inspektor"].actor, clock.now()
    post = Post.objects.get(pk=actor.post_id)
    for number in range(selectors.MOST + 5):
        duty(post, due_at=now + timedelta(hours=7 * number - 100), about=new_ref(), level=f"{number % 4 + 1}/4")
    shown = selectors.today(actor, now=now)
    assert (shown.whole, shown.more) == (selectors.MOST + 5, 5)
    client = Client()
    client.cookies[settings.SESSION_COOKIE] = token(actor)
    assert b'href="?page=2"' in client.get("/").content
    last = client.get("/?page=2").content
    assert (b'href="?page=1"' in last, b'href="?page=3"' in last, client.get("/?page=x").status_code) == (
        True,
        False,
        200,
    )
    weight = len(gzip.compress(client.get("/").content, 6))
    assert weight <= LIMIT
