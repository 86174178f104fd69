"""Requirement 50: whoever owns the database alone alters nothing of the record without its place being named.

Requirement 51: whoever owns the keys as well is found out by a checkpoint that was kept elsewhere.
"""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from kalka.core import checkpoints, clock, head, ratchet, verifying
from kalka.core.errors import DomainError
from kalka.core.models import AuditCheckpoint, AuditEntry, AuditHead, AuditSeal
from kalka.core.refs import new_id
from kalka.core.tests import records
from kalka.core.verifying import Fault, verify

pytestmark = [pytest.mark.django_db, pytest.mark.both]

POSITION = 4  # of the seven: what is altered


@pytest.fixture
def seven():
    ids = records.write(7)
    assert verify().fault is None and verify().proven == 7
    return ids


def edit(ids):
    AuditEntry.objects.filter(id=ids[3]).update(actor_id=1)
    return Fault("altered", 4, ids[3])


def edit_what_was_shown(ids):
    AuditEntry.objects.filter(id=ids[4]).update(ids=new_id().bytes + new_id().bytes)
    return Fault("altered", 5, ids[4])


def delete(ids):
    AuditEntry.objects.filter(id=ids[3]).delete()
    return Fault("missing", 4, ids[3])


def delete_with_its_leaf(ids):
    delete(ids)
    AuditSeal.objects.filter(entry=ids[3]).delete()
    return Fault("missing", 4, None)


def delete_and_close_the_gap(ids):
    delete_with_its_leaf(ids)
    for position in (5, 6, 7):
        AuditSeal.objects.filter(position=position).update(position=position - 1)
    records.hashed_anew(with_keys=False)
    return Fault("reordered", 4, ids[4])


def insert(ids):
    """As if somebody else had done it: its MAC is a copy."""
    forged = records.copied(ids[3], ids[3] + 5_000)
    for position in (7, 6, 5):
        AuditSeal.objects.filter(position=position).update(position=position + 1)
    AuditSeal.objects.create(position=5, entry=forged.pk, leaf=b"", tag=b"")
    records.hashed_anew(with_keys=False)
    return Fault("altered", 5, forged.pk)


def swap(ids):
    AuditSeal.objects.filter(position=4).update(entry=-1)
    AuditSeal.objects.filter(position=5).update(entry=ids[3])
    AuditSeal.objects.filter(position=4).update(entry=ids[4])
    return Fault("reordered", 4, ids[4])


def swap_with_their_leaves(ids):
    one, other = (AuditSeal.objects.get(position=position) for position in (4, 5))
    AuditSeal.objects.filter(position__in=(4, 5)).delete()
    AuditSeal.objects.create(position=4, entry=other.entry, leaf=other.leaf, tag=other.tag)
    AuditSeal.objects.create(position=5, entry=one.entry, leaf=one.leaf, tag=one.tag)
    return Fault("reordered", 4, ids[4])


def truncate(ids):
    AuditEntry.objects.filter(id__in=ids[4:]).delete()
    AuditSeal.objects.filter(position__gt=4).delete()
    return Fault("missing", 5, None)


def truncate_with_the_head(ids):
    truncate(ids)
    records.hashed_anew(with_keys=False)
    return Fault("head", 4, None)


def re_date(ids):
    AuditEntry.objects.filter(id=ids[3]).update(at=clock.now() - timedelta(days=30))
    return Fault("altered", 4, ids[3])


def rewrite_a_leaf(ids):
    AuditSeal.objects.filter(position=4).update(leaf=bytes(32))
    return Fault("reordered", 4, ids[3])


def exchange_a_tag(ids):
    AuditSeal.objects.filter(position=4).update(tag=bytes(16))
    return Fault("reordered", 4, ids[3])


def rewrite_the_tail(ids):
    """Every hash is right again; the MACs and tags cannot be."""
    AuditEntry.objects.filter(id__in=ids[3:]).update(actor_id=1)
    records.hashed_anew(with_keys=False)
    return Fault("altered", 4, ids[3])


ATTACKS = [
    edit,
    edit_what_was_shown,
    delete,
    delete_with_its_leaf,
    delete_and_close_the_gap,
    insert,
    swap,
    swap_with_their_leaves,
    truncate,
    truncate_with_the_head,
    re_date,
    rewrite_a_leaf,
    exchange_a_tag,
    rewrite_the_tail,
]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda one: one.__name__)
def test_requirement_50_it_is_found_and_its_place_is_named(seven, attack):
    expected = attack(seven)
    assert verify().fault == expected


@pytest.mark.parametrize("attack", [edit, re_date, edit_what_was_shown, rewrite_the_tail])
def test_requirement_50_also_where_the_key_of_the_day_is_gone(seven, attack, monkeypatch):
    """The tag binds the leaf under a key that stays: only what the MAC alone would tell is told by the leaf."""
    monkeypatch.setattr("kalka.core.ratchet.secrets_held", dict)
    found, expected = verify(), attack(seven)
    assert found.proven == 0 and found.fault is None
    what = "reordered" if attack is rewrite_the_tail else "altered"
    assert verify().fault == Fault(what, expected.position, expected.entry)


def test_requirement_50_a_head_written_by_another_hand_stays_so_whatever_is_written_after_it(seven):
    """Who cuts the tail off and makes the head fit waits for nobody to make its MAC for him."""
    truncate_with_the_head(seven)
    before = bytes(AuditHead.objects.get().mac)
    records.write(2)
    assert verify().fault == Fault("head", 6, None)
    with transaction.atomic():
        ratchet.turn(now=clock.now())
    records.write(1)
    assert verify().fault == Fault("head", 7, None)
    assert bytes(AuditHead.objects.get().mac) == before
    with pytest.raises(DomainError, match=r"core\.record_not_whole"):
        checkpoints.make(now=clock.now())
    assert not AuditCheckpoint.objects.exists()


def test_the_record_is_verified_while_it_grows(seven, monkeypatch):
    """What comes after the look began is not of it: neither an entry nor a checkpoint is a fault."""
    walked = verifying.places

    def meanwhile(**bounds):
        records.write(2)
        checkpoints.make(now=clock.now())
        return walked(**bounds)

    monkeypatch.setattr(verifying, "places", meanwhile)
    found = verify()
    assert (found.fault, found.sealed) == (None, 7)


def test_requirement_50_what_stands_behind_the_end_is_found(seven):
    AuditSeal.objects.create(position=8, entry=1, leaf=bytes(32), tag=bytes(16))
    assert verify().fault == Fault("missing", 8, 1)


def test_requirement_50_a_duplicate_is_no_second_deed(seven):
    """Its MAC covers the id, so the copy is not what a command wrote: the sealer leaves it, and that shows."""
    copy = records.copied(seven[3], seven[6] + 5_000)
    if connection.vendor == "postgresql":
        top = head.locked()
        top.watermark = 2**40
        head.keep(top)
        assert verify().fault == Fault("unsealed", 7, copy.pk)
    else:
        assert verify().fault == Fault("unsealed", 7, None)


def test_requirement_51_a_whole_record_written_anew_with_all_keys_is_found_by_a_checkpoint(seven):
    held = checkpoints.make(now=clock.now())
    records.write(3)
    AuditEntry.objects.filter(id=seven[1]).update(actor_id=1)
    records.hashed_anew(with_keys=True, mac=records.mac_of_today)
    AuditCheckpoint.objects.all().delete()
    assert verify().fault is None, "nothing inside tells"
    assert verify(held=[held]).fault == Fault("rewritten", 1, None, 7)


def test_requirement_51_a_checkpoint_names_the_part_that_was_written_anew(seven):
    early = checkpoints.make(now=clock.now())
    ids = records.write(3)
    late = checkpoints.make(now=clock.now())
    AuditEntry.objects.filter(id=ids[8]).update(actor_id=1)
    records.hashed_anew(with_keys=True, mac=records.mac_of_today)
    assert verify(held=[late, early]).fault == verify().fault == Fault("rewritten", 8, None, 10)


def test_requirement_51_a_shortened_record_is_found_by_a_checkpoint(seven):
    held = checkpoints.make(now=clock.now())
    AuditEntry.objects.filter(id__in=seven[5:]).delete()
    AuditSeal.objects.filter(position__gt=5).delete()
    AuditCheckpoint.objects.all().delete()
    records.hashed_anew(with_keys=True)
    assert verify().fault is None
    assert verify(held=[held]).fault == Fault("shortened", 6, None, 7)


def test_requirement_51_two_checkpoints_of_one_size_are_proof_of_two_records(seven):
    one = checkpoints.make(now=clock.now())
    AuditEntry.objects.filter(id=seven[1]).update(actor_id=1)
    records.hashed_anew(with_keys=True, mac=records.mac_of_today)
    AuditCheckpoint.objects.all().delete()
    other = checkpoints.make(now=clock.now())
    assert (one.size, one.root == other.root) == (other.size, False)
    assert verify(held=[one, other]).fault == Fault("forked", 7, None)


def test_a_checkpoint_of_ours_that_was_exchanged_in_the_database_agrees_with_nothing(seven):
    checkpoints.make(now=clock.now())
    note = AuditCheckpoint.objects.get().note
    AuditCheckpoint.objects.update(note=note.replace("time 20", "time 19"))
    assert verify().fault == Fault("rewritten", 1, None, 7)


def test_a_note_of_another_hand_is_refused(seven):
    note = checkpoints.make(now=clock.now()).note
    for spoiled, code in (
        (note.replace("\n7\n", "\n6\n", 1), "core.note_not_ours"),
        (note.replace(checkpoints.origin(), "elsewhere/record"), "core.note_not_ours"),
        (note.partition("\n\n")[0], "core.note_unreadable"),
        ("", "core.note_unreadable"),
        ("\n\n— x AAAA\n", "core.note_not_ours"),
        ("\n\n— x ???\n", "core.note_unreadable"),
    ):
        with pytest.raises(DomainError) as refused:
            checkpoints.read(spoiled)
        assert refused.value.code == code
    assert checkpoints.read(note.replace("\n", "\r\n")) == checkpoints.read(note)
