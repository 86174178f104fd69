"""The record: written with the deed, kept when the deed is refused, and any change of it shows."""

import pytest
from django.db import connection, transaction

from kalka.access.models import Wall
from kalka.access.services import wall
from kalka.core import audit, chain, head, verifying
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry, AuditHead, AuditSeal
from kalka.core.permissions import Permission
from kalka.core.refs import new_id

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]
AIGUL = Actor(7, frozenset({Permission.CASE_WORK}), ("post:3",), post_id=3)


@command("test.wall", needs=Permission.CASE_WORK)
def raise_wall(actor, *, subject_id, now, fail=""):
    wall(subject_id, 9, why="kin", now=now)
    if fail:
        raise DomainError(fail)
    return Wall.objects.get(subject_id=subject_id)


@command("test.both", needs=Permission.CASE_WORK)
def raise_two(actor, *, one, other, now):
    raise_wall(actor, subject_id=one, now=now)
    return raise_wall(actor, subject_id=other, now=now)


@pytest.fixture
def now():
    from kalka.core import clock

    return clock.now()


def entries(*fields):
    return list(AuditEntry.objects.order_by("id").values_list(*fields))


def sealed():
    chain.seal()
    return verifying.verify()


def test_a_deed_is_recorded_with_its_author_post_and_subject(now):
    subject = new_id()
    raise_wall(AIGUL, subject_id=subject, now=now)
    assert entries("kind", "actor_id", "post_id", "command", "subject_id", "object", "refusal") == [
        ("done", 7, 3, "test.wall", subject, "access.Wall", "")
    ]


def test_a_command_called_by_a_command_joins_it(now):
    raise_two(AIGUL, one=new_id(), other=new_id(), now=now)
    assert entries("command", "steps") == [("test.both", "test.wall test.wall")]


def test_a_refusal_undoes_the_deed_and_survives_it(now):
    with pytest.raises(DomainError):
        raise_wall(AIGUL, subject_id=new_id(), now=now, fail="test.no")
    assert (Wall.objects.count(), entries("kind", "refusal")) == (0, [("refused", "test.no")])


def test_a_refusal_inside_undoes_the_whole(now):
    subject = new_id()
    with pytest.raises(TypeError):
        raise_two(AIGUL, one=subject, other=None, now=now, more=1)
    assert Wall.objects.count() == 0


def test_whoever_may_not_changes_nothing_and_is_recorded(now):
    nobody = Actor(8, frozenset())
    with pytest.raises(AccessDenied):
        raise_wall(nobody, subject_id=new_id(), now=now)
    assert (Wall.objects.count(), entries("actor_id", "refusal")) == (0, [(8, "core.not_permitted")])


def test_primitives_refuse_to_write_outside_a_command(now):
    with pytest.raises(AccessDenied):
        wall(new_id(), 9, why="kin", now=now)
    assert Wall.objects.count() == 0


def test_a_read_says_how_many_and_which_by_hash(now):
    one = new_id()
    audit.read(AIGUL, "cases.page", [one])
    audit.read(AIGUL, "cases.list", [one, new_id()])
    assert entries("kind", "count", "subject_id") == [("read", 1, one), ("read", 2, None)]


@pytest.fixture
def five(now):
    for _ in range(5):
        raise_wall(AIGUL, subject_id=new_id(), now=now)
    assert sealed() == verifying.Verified(5, 0, None)
    return list(AuditEntry.objects.order_by("id").values_list("id", flat=True))


def test_nothing_is_waiting_once_sealed_and_sealing_twice_adds_nothing(five):
    assert chain.seal() == 0
    assert AuditSeal.objects.count() == 5


def test_an_altered_entry_is_named(five):
    AuditEntry.objects.filter(id=five[2]).update(actor_id=1)
    assert verifying.verify().fault == verifying.Fault("altered", 3, five[2])


def test_an_altered_time_is_named(five, now):
    from datetime import timedelta

    AuditEntry.objects.filter(id=five[1]).update(at=now - timedelta(days=1))
    assert verifying.verify().fault == verifying.Fault("altered", 2, five[1])


def test_a_missing_entry_is_named(five):
    AuditEntry.objects.filter(id=five[1]).delete()
    assert verifying.verify().fault == verifying.Fault("missing", 2, five[1])


def test_an_entry_missing_with_its_seal_is_named(five):
    AuditEntry.objects.filter(id=five[1]).delete()
    AuditSeal.objects.filter(entry=five[1]).delete()
    assert verifying.verify().fault == verifying.Fault("missing", 2, None)


def test_a_cut_tail_shows(five):
    AuditEntry.objects.filter(id__in=five[3:]).delete()
    AuditSeal.objects.filter(entry__in=five[3:]).delete()
    assert verifying.verify().fault == verifying.Fault("missing", 4, None)


def test_swapped_entries_show(five):
    AuditSeal.objects.filter(position=2).update(entry=-1)
    AuditSeal.objects.filter(position=3).update(entry=five[1])
    AuditSeal.objects.filter(position=2).update(entry=five[2])
    assert verifying.verify().fault == verifying.Fault("reordered", 2, five[2])


def test_a_head_written_by_another_hand_shows(five):
    AuditHead.objects.update(position=4)
    assert verifying.verify().fault == verifying.Fault("head", 4, None)


def test_an_entry_slipped_in_past_the_chain_shows(five):
    entry = AuditEntry.objects.get(id=five[0])
    entry.id, entry._state.adding = None, True
    entry.save()
    if connection.vendor == "sqlite":
        assert verifying.verify().fault == verifying.Fault("unsealed", 5, None)
    else:
        assert verifying.verify().waiting == 1


def test_after_a_move_to_another_server_everything_is_sealed_once_and_goes_on(five, now):
    """Its transactions are numbered anew: what came from the old server has numbers this one will reach only later."""
    if connection.vendor == "postgresql":
        raise_wall(AIGUL, subject_id=new_id(), now=now)  # was waiting when the copy was made
        with connection.cursor() as cursor:
            cursor.execute("UPDATE core_auditentry SET xid = (xid::text::bigint + 1000000000)::text::xid8")
        with transaction.atomic():
            top = head.locked()
            top.watermark = 1_000_000_000
            head.keep(top)
        assert chain.adopt() == 1
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM core_auditentry WHERE xid > pg_current_xact_id()")
            assert cursor.fetchone() == (0,), "no entry is met again when this server has come so far"
    else:
        assert chain.adopt() == 0
    before = verifying.verify()
    assert (before.fault, before.waiting) == (None, 0)
    raise_wall(AIGUL, subject_id=new_id(), now=now)
    assert sealed() == verifying.Verified(before.sealed + 1, 0, None)
