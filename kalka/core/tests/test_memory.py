"""What a process keeps in memory is what the tables say, whoever changed them."""

import pytest
from django.db import connection, transaction

from kalka.core import memory
from kalka.directory.models import Organisation, Post
from kalka.places.models import Place

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def codes() -> list[str]:
    return list(Place.objects.order_by("code").values_list("code", flat=True))


def place(code: str, **more) -> Place:
    return Place(code=code, level="country", names={"ky": code}, name_status="given", **more)


def token() -> object:
    with connection.cursor() as cursor:
        cursor.execute("SELECT token FROM core_reference")
        row = cursor.fetchone()
    return row and row[0]


@pytest.fixture
def kept():
    return memory.Kept(codes)


@pytest.fixture(autouse=True)
def one_place(db):
    place("A").save(force_insert=True)


def test_what_did_not_change_is_read_once_and_only_its_token_after_that(kept, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert kept() == ["A"]
    with django_assert_num_queries(1):
        assert kept() == ["A"]


def test_a_request_that_knows_the_token_asks_nothing(kept, django_assert_num_queries):
    kept()
    with memory.as_of(token()), django_assert_num_queries(0):
        assert (kept(), kept()) == (["A"], ["A"])
    with django_assert_num_queries(1):
        kept()


@pytest.mark.parametrize(
    "change",
    [
        lambda: Place.objects.bulk_create([place("B"), place("C")]),
        lambda: Place.objects.bulk_create([place("A"), place("B")], ignore_conflicts=True),
        lambda: Place.objects.bulk_create(
            [place("A")], update_conflicts=True, unique_fields=["code"], update_fields=["iso"]
        ),
        lambda: Place.objects.update(iso="KG"),
        lambda: Place.objects.all().delete(),
        lambda: Organisation.objects.create(kind="police", name={"ky": "а"}, place="A"),
        lambda: Post.objects.create(
            role="operator",
            organisation=Organisation.objects.create(kind="police", name={"ky": "а"}, place="A"),
            place="A",
            since="2020-01-01",
        ),
    ],
    ids=["insert", "insert or ignore", "insert or update", "update", "delete", "organisation", "post"],
)
def test_every_change_draws_a_new_token(kept, change):
    before, _ = token(), kept()
    change()
    assert token() != before
    assert kept() == codes()


def test_a_change_that_is_taken_back_leaves_what_was(kept):
    before, _ = token(), kept()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        place("B").save(force_insert=True)
        assert kept() == ["A", "B"]
        raise ZeroDivisionError
    assert (token(), kept()) == (before, ["A"])


def test_after_a_write_a_request_asks_again(kept):
    with memory.as_of(token()):
        kept()
        place("B").save(force_insert=True)
        assert kept() == ["A"]  # as of the beginning of the request
        memory.ask_again()  # every command ends so
        assert kept() == ["A", "B"]


def test_without_a_token_nothing_is_kept(kept, django_assert_num_queries):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_reference")
    with django_assert_num_queries(4):
        assert (kept(), kept()) == (["A"], ["A"])
    place("B").save(force_insert=True)
    assert (token() is not None, kept()) == (True, ["A", "B"])
