"""A record that was written as a chain is whole as a tree: the same entries, in the order in which they were sealed."""

import hmac
from hashlib import sha256
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection

from kalka.core import clock, rebuilding, record, root
from kalka.core.errors import DomainError
from kalka.core.models import AuditEntry, AuditHead, AuditSeal
from kalka.core.refs import new_id
from kalka.core.tests import records
from kalka.core.verifying import Fault, verify

pytestmark = [pytest.mark.django_db, pytest.mark.both]


class Editor:
    """All that the migration asks of a schema editor."""

    connection = connection


def old_entry(number: int) -> AuditEntry:
    subjects = [new_id() for _ in range(1 + number % 2)]
    entry = AuditEntry(
        id=number,
        key=record.BEFORE,
        at=clock.now(),
        kind="read",
        actor_id=7,
        post_id=3 if number % 3 else None,
        command="cases.page",
        subject_id=subjects[0] if len(subjects) == 1 else None,
        ids=sha256("\n".join(sorted(map(str, subjects))).encode()).digest(),
        count=len(subjects),
    )
    entry.mac = hmac.digest(root.derive(f"audit|{entry.at.date().isoformat()}"), canonical_then(entry), "sha256")
    entry.save(force_insert=True)
    return entry


def canonical_then(entry: AuditEntry) -> bytes:
    """As it was written before there was a tree."""
    said = (entry.at.isoformat(), entry.kind, entry.actor_id, entry.post_id, entry.command, entry.steps)
    said += (entry.subject_id, entry.object, entry.object_id, bytes(entry.ids).hex(), entry.count, entry.refusal)
    return "\x1f".join(map(str, said)).encode()


@pytest.fixture
def chained():
    """Sealed in another order than written, as by two transactions; with the columns the chain had."""
    table = {"sqlite": "blob", "postgresql": "bytea"}[connection.vendor]
    AuditHead.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE core_auditseal ADD COLUMN chain {table}")
        cursor.execute(f"ALTER TABLE core_audithead ADD COLUMN chain {table}")
    entries, chain = {n: old_entry(n) for n in (1, 2, 3, 4, 5)}, b"\0" * 32
    for position, number in enumerate((2, 1, 3, 5, 4), 1):
        entry = entries[number]
        leaf = sha256(b"\0" + str(number).encode() + b"\x1f" + canonical_then(entry) + entry.mac).digest()
        chain = sha256(b"\1" + chain + leaf).digest()
        AuditSeal.objects.create(position=position, entry=number, leaf=b"", tag=b"")
        _put("core_auditseal", "position", position, chain)
    AuditHead.objects.create(
        id=1, position=5, mac=hmac.digest(root.derive("audit|head"), f"5|{chain.hex()}|0".encode(), "sha256")
    )
    _put("core_audithead", "id", 1, chain)
    yield
    if connection.vendor == "sqlite":
        return  # its statements are undone with the test


def _put(table: str, key: str, value: int, chain: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET chain = %s WHERE {key} = %s", [chain, value])


def test_a_chain_becomes_a_tree_and_goes_on(chained):
    rebuilding.of_the_chain(apps, Editor)
    found = verify()
    assert (found.fault, found.sealed, found.proven) == (None, 5, 5)
    with connection.cursor() as cursor:
        for table in ("core_auditseal", "core_audithead"):
            cursor.execute(f"ALTER TABLE {table} DROP COLUMN chain")
    records.write(2)
    assert (verify().fault, verify().sealed) == (None, 7)
    assert list(AuditSeal.objects.order_by("position").values_list("entry", flat=True))[:5] == [2, 1, 3, 5, 4]
    AuditEntry.objects.filter(id=3).update(actor_id=1)
    assert verify().fault == Fault("altered", 3, 3)


@pytest.mark.parametrize("spoil", ["entry", "order", "head", "missing"])
def test_a_chain_that_is_not_whole_is_not_carried_over(chained, spoil):
    if spoil == "entry":
        AuditEntry.objects.filter(id=3).update(subject_id=UUID(int=7))
    elif spoil == "missing":
        AuditEntry.objects.filter(id=3).delete()
    elif spoil == "head":
        AuditHead.objects.update(position=4)
    else:
        AuditSeal.objects.filter(position=2).update(entry=-1)
        AuditSeal.objects.filter(position=1).update(entry=1)
    with pytest.raises(DomainError) as refused:
        rebuilding.of_the_chain(apps, Editor)
    assert refused.value.code == "core.record_not_whole"


def test_without_a_record_there_is_nothing_to_do_and_with_one_no_way_back(chained):
    with pytest.raises(DomainError) as refused:
        rebuilding.not_back(apps, Editor)
    assert refused.value.code == "core.record_not_back"
    AuditEntry.objects.all().delete()
    AuditHead.objects.all().delete()
    rebuilding.not_back(apps, Editor)
    rebuilding.of_the_chain(apps, Editor)
    assert verify().sealed == 0
