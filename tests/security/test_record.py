"""The record holds codes and ids, whatever was written beside it; it outlives the keys of a file, and each rollback."""

import re

import pytest
from django.db import connection
from django.test import Client

from kalka.cases.models import Case
from kalka.core import chain
from kalka.core.models import AuditEntry, AuditSeal
from kalka.core.refs import new_id
from kalka.core.verifying import verify
from kalka.vault.models import SubjectKey
from tests.matrix import world as worlds
from tests.security.markers import found

pytestmark = [pytest.mark.django_db, pytest.mark.both]

CODES = {
    "kind": r"done|read|refused",
    "command": r"[a-z_]+[.:][a-z_]+",
    "steps": r"([a-z_]+\.[a-z_]+( [a-z_]+\.[a-z_]+)*)?",
    "object": r"([a-z]+\.[A-Za-z]+)?",
    "object_id": r"([0-9]+|[0-9a-f-]{36})?",
    "refusal": r"([a-z_]+\.[a-z_]+)?",
}


@pytest.fixture
def world():
    return worlds.build()


def sealed():
    if connection.vendor == "postgresql":  # the transaction of the test is still open
        chain.extend(AuditEntry.objects.exclude(id__in=AuditSeal.objects.values("entry")).order_by("id"))
    return verify()


def test_requirement_54_entries_hold_codes_and_ids_alone(world):
    assert AuditEntry.objects.count() > 20
    for row in AuditEntry.objects.values(*CODES):
        assert {name: value for name, value in row.items() if not re.fullmatch(CODES[name], value)} == {}
        assert found(repr(row).encode()) == []


def test_requirement_54_the_record_outlives_the_keys_of_a_file(world):
    case = Case.objects.get(ref=world.bundles["own"].parts["ref"])
    before = sealed()
    SubjectKey.objects.filter(subject_id=case.subject_id).delete()
    assert sealed() == before and before.fault is None
    assert AuditEntry.objects.filter(subject_id=case.subject_id).exists()


@pytest.mark.django_db(transaction=True)
def test_requirement_53_a_failed_sign_in_is_recorded_though_its_transaction_is_undone():
    """It is written after the rollback, in a transaction of its own that is done before the answer goes out."""
    sent = {"key": str(new_id()), "login": "nobody", "password": "a wrong password"}
    assert Client().post("/sign-in/", sent).status_code == 200
    connection.close()  # whatever was still open is lost with it
    if connection.vendor == "postgresql" or not connection.is_in_memory_db():
        assert AuditEntry.objects.get(kind="refused").refusal == "accounts.refused"
