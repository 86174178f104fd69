"""The keys of the record: each day another, the one before gone, all of them worked out by the auditor."""

from datetime import timedelta

import pyrage
import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection

from kalka.core import chain, checkpoints, clock, ratchet, record
from kalka.core.models import AuditEntry, AuditKey, AuditSecret
from kalka.core.tests import records
from kalka.core.verifying import Fault, verify

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def auditor(settings):
    identity = pyrage.x25519.Identity.generate()
    settings.AUDIT_RECIPIENTS = [str(identity.to_public())]
    return identity


def opened(identity) -> dict[int, bytes]:
    rows = list(AuditKey.objects.order_by("number"))
    sealed = {row.number: pyrage.decrypt(bytes(row.sealed), [identity]) for row in rows if row.sealed}
    return ratchet.opened(sealed, rows)


def next_day(days: int = 1) -> bool:
    """On PostgreSQL the sealer deletes the key before, once nobody can still be writing with it."""
    turned = chain.turn_daily(clock.now() + timedelta(days=days))
    AuditKey.objects.filter(number=AuditKey.objects.count() - 1).update(since=clock.now() - timedelta(hours=23))
    if connection.vendor == "postgresql":
        ratchet.forget_served(2**50, now=clock.now())
    return turned


def test_each_day_has_its_key_and_the_server_keeps_the_last_alone(auditor):
    for _ in range(3):
        records.write(2)
        assert next_day()
    records.write(2)
    assert sorted(AuditEntry.objects.values_list("key", flat=True)) == [0, 0, 1, 1, 2, 2, 3, 3]
    assert list(AuditSecret.objects.values_list("number", flat=True)) == [3]
    assert [bool(row.sealed) for row in AuditKey.objects.order_by("number")] == [True, False, False, False]
    found = verify()
    assert (found.fault, found.sealed, found.proven) == (None, 8, 2)
    assert verify(keys=opened(auditor)).proven == 8


def test_whoever_breaks_in_later_cannot_forge_what_was_written_before(auditor):
    """With the database and every key of the server: all hashes fit, no checkpoint is held, and the auditor sees it."""
    ids = records.write(3)
    next_day()
    records.write(1)
    AuditEntry.objects.filter(id=ids[1]).update(actor_id=1)
    records.hashed_anew(with_keys=True, mac=records.mac_of_today)
    assert verify().fault is None
    assert verify(keys=opened(auditor)).fault == Fault("altered", 1, ids[0])


def test_keys_that_were_exchanged_for_the_auditor_are_named_by_a_checkpoint(auditor, settings):
    records.write(3)
    held = checkpoints.make(now=clock.now())
    assert (held.keys, verify(held=[held]).fault) == (1, None)
    settings.AUDIT_RECIPIENTS = [str(pyrage.x25519.Identity.generate().to_public())]
    next_day()
    records.write(1)
    assert verify(held=[held]).fault is None, "another auditor from tomorrow on takes nothing from the first"
    AuditKey.objects.filter(number=0).update(sealed=pyrage.encrypt(b"k" * 32, [auditor.to_public()]))
    assert verify(held=[held]).fault == Fault("keys", 3, None)


def test_a_new_auditor_proves_what_is_written_from_the_next_day_on(auditor, settings):
    records.write(1)
    other = pyrage.x25519.Identity.generate()
    settings.AUDIT_RECIPIENTS = [str(other.to_public())]
    next_day()
    records.write(1)
    last = AuditKey.objects.get(number=1)
    assert ratchet.opened({1: pyrage.decrypt(bytes(last.sealed), [other])}, [last]).keys() == {1}
    assert not last.drawn, "the first auditor can still work it out"


def test_without_an_auditor_the_keys_turn_all_the_same():
    records.write(1)
    next_day()
    records.write(1)
    assert [bytes(row.sealed) for row in AuditKey.objects.all()] == [b"", b""]
    assert (verify().fault, verify().proven) == (None, 1)


@pytest.mark.parametrize("days", [-400, -2, 0.5, 3, 4000])
def test_a_clock_that_jumps_stops_no_writing(days):
    records.write(1)
    turned = chain.turn_daily(clock.now() + timedelta(days=days))
    records.write(2)
    assert turned == (days != 0.5)
    assert (verify().fault, verify().sealed) == (None, 3)


def test_a_process_that_still_knows_the_key_of_yesterday_writes_with_todays():
    records.write(1)
    stale = ratchet._Known.current
    next_day()
    ratchet._Known.current = stale
    records.write(1)
    assert AuditEntry.objects.latest("id").key == 1 and verify().fault is None


def test_where_the_keys_are_gone_after_a_restore_a_new_one_is_drawn(auditor):
    records.write(2)
    AuditSecret.objects.all().delete()
    ratchet._Known.current = None
    AuditKey.objects.update(since=clock.now())
    records.write(2)
    assert [(row.drawn, bool(row.sealed)) for row in AuditKey.objects.order_by("number")] == [(True, True)] * 2
    assert (verify().fault, verify().proven) == (None, 2)
    assert verify(keys=opened(auditor)).proven == 4


def test_a_key_is_wrapped_for_its_number_alone():
    wrapped = ratchet._wrapped(3, b"k" * 32)
    assert ratchet._unwrapped(3, wrapped) == b"k" * 32 and b"k" * 32 not in wrapped
    with pytest.raises(InvalidTag):
        ratchet._unwrapped(4, wrapped)


def test_what_no_command_wrote_is_not_sealed():
    ids = records.write(1)
    keys = ratchet.secrets_held()
    ours = AuditEntry.objects.get(pk=ids[0])
    assert chain.is_ours(record.written(ours), bytes(ours.mac), keys)
    copy = records.copied(ids[0], ids[0] + 1)
    assert not chain.is_ours(record.written(copy), bytes(copy.mac), keys)
    assert not chain.is_ours(record.written(ours), bytes(ours.mac), {}), "nor what cannot be proven"
