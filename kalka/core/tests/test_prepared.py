"""On PostgreSQL what was planned once stays planned, also when a step is taken back."""

from uuid import uuid4

import pytest
from django.db import connection, transaction

from kalka.core import clock, sight
from kalka.core.actors import SYSTEM
from kalka.core.models import AuditEntry

pytestmark = pytest.mark.django_db(transaction=True)
OFTEN = 8  # more than it takes until a statement is kept


def kept() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", ["%core_auditentry%"])
        return int(cursor.fetchone()[0])


def ask() -> None:
    for _ in range(OFTEN):
        AuditEntry.objects.filter(subject_id=uuid4()).exists()


def test_what_is_planned_is_still_planned_after_a_step_is_taken_back():
    with sight.acting(SYSTEM, now=clock.now()), transaction.atomic():
        ask()
        before = kept()
        transaction.savepoint_rollback(transaction.savepoint())
        assert kept() == before > 0


def test_and_after_all_of_it_is():
    with sight.acting(SYSTEM, now=clock.now()):
        with transaction.atomic():
            ask()
            before = kept()
            transaction.set_rollback(True)
        assert kept() == before > 0


def test_a_mark_in_a_transaction_tells_nobodys_sight(monkeypatch):
    told: list[str] = []
    monkeypatch.setattr(connection, "_tell", told.append)
    with sight.acting(SYSTEM, now=clock.now()), transaction.atomic():
        transaction.savepoint_commit(transaction.savepoint())
    assert told == []
