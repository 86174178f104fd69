"""A row written by a statement of our own is the row Django would have written."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from kalka.access.models import Grant
from kalka.core.inserting import insert, insert_many, insert_unless_there
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.duties.models import Duty
from kalka.duties.tests.factories import organisation
from kalka.duties.tests.factories import post as make_post
from kalka.history.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.both]

AT = datetime(2026, 11, 22, 9, 30, 15, 250_000, tzinfo=UTC)


def entry() -> AuditEntry:
    return AuditEntry(at=AT, kind="read", actor_id=3, command="cases.page", ids=b"\0\xff", count=2, mac=b"m" * 32)


def grant() -> Grant:
    return Grant(subject_id=new_id(), holder="post:7", scope="file", why="intake", of_report=True, since=AT)


def event() -> Event:
    return Event(
        subject_id=new_id(), kind="incident", on=date(2026, 11, 1), recorded_at=AT, source="intake", author_id=3
    )


def stored(row) -> dict:
    found = type(row).objects.get(pk=row.pk)
    values = {field.attname: getattr(found, field.attname) for field in row._meta.concrete_fields}
    return {name: bytes(value) if isinstance(value, memoryview) else value for name, value in values.items()}


@pytest.mark.parametrize("make", [entry, grant, event])
def test_it_is_the_row_that_django_writes(make):
    ours, theirs = make(), make()
    ids = {field.attname for field in ours._meta.concrete_fields if field.attname in {"id", "subject_id"}}
    insert(ours)
    theirs.save(force_insert=True)
    assert ours.pk is not None and not ours._state.adding
    assert {name: value for name, value in stored(ours).items() if name not in ids} == {
        name: value for name, value in stored(theirs).items() if name not in ids
    }


def test_it_is_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        insert(grant())


@pytest.mark.parametrize(("count", "statements"), [(0, 0), (1, 1), (3, 2), (300, 5)])
def test_many_are_written_in_few_statements(count, statements, django_assert_num_queries):
    made = [event() for _ in range(count)]
    with django_assert_num_queries(statements):
        assert insert_many(one for one in made) == made
    theirs = {one.pk: stored(one) for one in made[:5]}
    assert Event.objects.count() == count and not any(one._state.adding for one in made)
    Event.objects.bulk_create(again := [event() for _ in range(min(count, 5))])
    for one, other in zip(theirs.values(), map(stored, again), strict=True):
        assert {**one, "id": 0, "subject_id": 0} == {**other, "id": 0, "subject_id": 0}


def test_a_row_of_a_taken_id_is_refused():
    row = insert(event())
    again = event()
    again.pk = row.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(again)


def test_one_like_it_is_left_standing():
    post = make_post(organisation())
    told = {"subject_id": new_id(), "author_id": 1, "digest": b"d" * 16, "recorded_at": AT, "kind": "intake.triage"}
    first, second = (Duty(**told, assignee_id=post.pk, basis={"rule": "internal"}, about="r") for _ in range(2))
    assert (insert_unless_there(first), insert_unless_there(second)) == (True, False)
    assert [row.pk for row in Duty.objects.all()] == [first.pk]
    assert (first._state.adding, second._state.adding) == (False, True)


def test_the_database_says_which_transaction_wrote_an_entry():
    row = insert(entry())
    with connection.cursor() as cursor:
        cursor.execute("SELECT xid FROM core_auditentry WHERE id = %s", [row.pk])
        (xid,) = cursor.fetchone()
    assert (int(xid) == 0) is (connection.vendor == "sqlite")
