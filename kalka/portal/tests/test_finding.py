import gzip
import json
import re

import pytest

from kalka.core.clock import now
from kalka.guide import services
from kalka.guide.rules import Hours
from kalka.guide.tests.factories import AIMAK, COUNTRY, MINISTRY, OBLAST, RAION, location, provider, service, territory

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture(autouse=True)
def land():
    territory()


def fresh(made):
    services.confirm(MINISTRY, service_ids=[made.id], now=now())
    return made


def said(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_first_the_oblasts_and_what_is_needed(client):
    page = client.get("/info/find/")
    assert page.status_code == 200
    assert f'href="/info/find/?p={OBLAST}"' in page.content.decode()
    assert 'href="/info/find/?n=6"' in page.content.decode()


def test_a_raion_and_a_need_lead_to_who_helps_there(client):
    centre = provider()
    fresh(
        service(
            centre, areas=(RAION,), hours=(Hours((1, 2, 3, 4, 5), "09:00", "18:00"), Hours((6, 7), "10:00", "14:00"))
        )
    )
    fresh(service(centre, areas=("417D0510100000",), name={"ky": "Башка жакта", "ru": "Не здесь"}))
    words = said(client.get(f"/info/find/?p={AIMAK}&n=5"))
    assert "Психолог менен сүйлөшүү" in words and "Башка жакта" not in words
    assert "дш–жм 09:00–18:00; иш, жк 10:00–14:00" in words


def test_where_a_place_must_not_be_known_no_address_is_said(client):
    centre = provider()
    fresh(service(centre, areas=(COUNTRY,), needs=("shelter",), locations=(str(location(centre, "withheld")),)))
    page = client.get(f"/info/find/?p={AIMAK}&n=2").content.decode()
    assert "Ак-Кайың" not in page and "+996 555 000 100" in page and 'href="tel:+996555000100"' in page


def test_whether_there_is_room_is_said_while_it_counts(client):
    fresh(service(provider(), areas=(RAION,), room="waiting"))
    assert "кезек күтүлөт" in said(client.get(f"/info/find/?p={RAION}&n=5"))


def test_in_each_language_and_changing_it_keeps_what_was_chosen(client):
    fresh(service(provider(), areas=(RAION,)))
    for path, words in (
        ("/info/find/", "Психолог менен"),
        ("/info/find/ru/", "Беседа с психологом"),
        ("/info/find/en/", "Talking"),
    ):
        page = client.get(f"{path}?p={RAION}&n=5").content.decode()
        assert words in page
        assert f'href="/info/find/ru/?p={RAION}&amp;n=5"' in page or path == "/info/find/ru/"


@pytest.mark.parametrize("asked", ["p=417", "n=99", "p=%00&n=%F0", "p=" + "9" * 5000])
def test_numbers_nobody_knows_are_as_if_nothing_were_chosen(client, asked):
    assert client.get(f"/info/find/?{asked}").status_code == 200


def test_no_address_of_the_page_tells_what_it_is_about(client):
    service(provider())
    page = client.get(f"/info/find/?p={RAION}&n=4").content.decode()
    for href in re.findall(r'href="(/info/[^"]*)"', page):
        assert re.fullmatch(r"/info/(find/)?((ru|en)/)?(\?(p=\d+)?(&amp;)?(n=\d+)?)?", href), href
    assert "<title>Маалымат</title>" in page


def test_nothing_is_left_in_the_browser_and_it_is_light(client):
    centre = provider()
    for _ in range(30):
        fresh(service(centre, areas=(RAION,)))
    page = client.get(f"/info/find/?p={RAION}")
    assert (page.cookies, page.headers["Cache-Control"], page.headers["Referrer-Policy"]) == (
        {},
        "no-store",
        "no-referrer",
    )
    assert len(gzip.compress(page.content)) < 8_000


def test_the_feed_is_for_everybody(client):
    made = service(provider())
    body = json.loads(client.get("/info/services.json").content)
    assert [one["id"] for one in body["services"]] == [str(made.id)]
    assert client.get("/info/services.zip").content[:2] == b"PK"


def test_the_same_number_of_statements_however_many_there_are(client, django_assert_num_queries):
    centre = provider()
    fresh(service(centre, areas=(RAION,)))
    client.get(f"/info/find/?p={RAION}")
    with django_assert_num_queries(3):
        client.get(f"/info/find/?p={RAION}")
    for _ in range(5):
        fresh(service(centre, areas=(RAION,), locations=(str(location(centre)),)))
    with django_assert_num_queries(3):
        client.get(f"/info/find/?p={RAION}")
