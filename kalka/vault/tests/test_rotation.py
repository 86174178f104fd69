"""A new key-encryption key, while people write, and cut off at any statement."""

import pytest
from django.db import connection

from kalka.accounts.models import Draft
from kalka.core import clock
from kalka.core.actors import SYSTEM, Actor
from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.vault import crypto, outer, rotation
from kalka.vault.classes import Klass
from kalka.vault.crypto import Refused
from kalka.vault.keys import Passage, new_keys, unlock_stored
from kalka.vault.models import KeyEncryptionKey, SubjectKey

pytestmark = [pytest.mark.django_db, pytest.mark.both]


class Killed(BaseException):
    """What no handler catches."""


def written(count: int = 5) -> list[Draft]:
    rows = []
    for number in range(count):
        subject = new_id()
        row = Draft(id=new_id(), subject_id=subject, kind="x", saved_at=clock.now())
        new_keys(subject, [Klass.OWN, Klass.NOTE]).put(row, "values", {"told": number})
        row.save()
        rows.append(row)
    return rows


def readable(rows: list[Draft]) -> bool:
    for number, row in enumerate(rows):
        passage = Passage(frozenset({row.subject_id}), frozenset({Klass.OWN, Klass.NOTE}))
        keys = unlock_stored(passage, SubjectKey.objects.filter(subject_id=row.subject_id))
        if keys.get(Draft.objects.get(pk=row.pk), "values") != {"told": number}:
            return False
    return True


def versions_of_rows(*klasses: Klass) -> set[int]:
    rows = SubjectKey.objects.filter(klass__in=klasses or list(Klass))
    return {crypto.wrapped_version(bytes(row.wrapped)) for row in rows}


def versions_of_keys(klass: Klass = Klass.OWN) -> list[int]:
    return rotation.versions()[klass]


def test_every_row_is_under_the_new_key_and_the_old_one_is_gone():
    rows = written()
    seen: list[tuple[int, int]] = []
    done = rotation.rotate(SYSTEM, progress=lambda *told: seen.append(told))
    assert (done.rows, done.shut, done.destroyed, set(done.versions.values())) == (10, 0, len(Klass), {2})
    assert (versions_of_rows(), versions_of_keys(), seen) == ({2}, [2], [(10, 10)])
    outer.forget()
    assert readable(rows)
    with pytest.raises(Refused):
        outer.opened(Klass.OWN, 1)


def test_one_class_alone():
    written(2)
    done = rotation.rotate(SYSTEM, klasses=[Klass.NOTE])
    assert (done.rows, versions_of_rows(Klass.NOTE), versions_of_rows(Klass.OWN)) == (2, {2}, {1})
    assert (versions_of_keys(Klass.NOTE), versions_of_keys(Klass.OWN)) == ([2], [1])


def test_done_twice_it_is_one_version_further():
    rows = written(1)
    rotation.rotate(SYSTEM)
    assert rotation.rotate(SYSTEM).versions[Klass.OWN] == 3 and readable(rows) and versions_of_keys() == [3]


def test_a_new_subject_is_under_the_newest_key_at_once_also_where_another_process_made_it():
    written(1)  # this process believes that version 1 is the newest
    wrapped = crypto.wrap(outer.root.derive("kek"), 2, b"k" * 32, b"own|2")
    KeyEncryptionKey.objects.create(klass=Klass.OWN, version=2, wrapped=wrapped)
    new = written(1)
    stored = {
        row.klass: crypto.wrapped_version(bytes(row.wrapped))
        for row in SubjectKey.objects.filter(subject_id=new[0].subject_id)
    }
    assert stored == {"own": 2, "note": 1} and readable(new)


def test_storing_keys_stays_one_statement(django_assert_num_queries):
    new_keys(new_id(), list(Klass))
    with django_assert_num_queries(1):
        new_keys(new_id(), list(Klass))


def test_what_was_stored_under_the_old_key_in_the_last_moment_is_taken_along():
    written(3)
    rotation.begin(SYSTEM, klasses=[Klass.OWN])
    late = _stored_under(1)
    done = rotation.rotate(SYSTEM, klasses=[Klass.OWN])
    assert (done.rows, done.versions) == (4, {Klass.OWN: 2}), "it goes on with the version that was begun"
    passage = Passage(frozenset({late}), frozenset({Klass.OWN}))
    assert unlock_stored(passage, SubjectKey.objects.filter(subject_id=late)).bytes_key(late, Klass.OWN) == b"z" * 32


def _stored_under(version: int):
    subject = new_id()
    key = outer.opened(Klass.OWN, version)
    blob = crypto.wrap(key, version, b"z" * 32, f"{subject}|own".encode())
    SubjectKey.objects.create(subject_id=subject, klass=Klass.OWN, wrapped=blob)
    return subject


def test_the_old_key_is_not_destroyed_while_a_row_is_under_it():
    written(2)
    rotation.begin(SYSTEM, klasses=[Klass.OWN])
    assert rotation.retire(SYSTEM, klass=Klass.OWN) == [] and versions_of_keys() == [1, 2]


def test_a_row_that_does_not_open_is_told_of_and_keeps_its_old_key():
    written(3)
    spoiled = SubjectKey.objects.filter(klass=Klass.OWN).first()
    altered = bytes(spoiled.wrapped)[:-1] + bytes([spoiled.wrapped[-1] ^ 1])
    SubjectKey.objects.filter(pk=spoiled.pk).update(wrapped=altered)
    done = rotation.rotate(SYSTEM)
    assert (done.rows, done.shut, versions_of_keys(), versions_of_keys(Klass.NOTE)) == (5, 1, [1, 2], [2])


def test_the_worker_finishes_what_was_begun_piece_by_piece(monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 2)
    rows = written(2)
    assert rotation.go_on(SYSTEM, pieces=1) is None, "nothing was begun"
    rotation.begin(SYSTEM, klasses=[Klass.OWN, Klass.NOTE])
    assert (rotation.go_on(SYSTEM, pieces=1).rows, versions_of_rows()) == (2, {1, 2})
    last = rotation.go_on(SYSTEM, pieces=9)
    assert (last.rows, last.destroyed, last.went_on, versions_of_rows()) == (2, 2, True, {2})
    assert rotation.go_on(SYSTEM, pieces=1) is None and readable(rows)


def test_whoever_read_a_row_just_before_opens_it_just_after():
    (row,) = written(1)
    read = list(SubjectKey.objects.filter(subject_id=row.subject_id))
    rotation.rotate(SYSTEM)
    outer.forget()
    passage = Passage(frozenset({row.subject_id}), frozenset({Klass.OWN}))
    assert unlock_stored(passage, read).get(row, "values") == {"told": 0}


def test_a_destroyed_key_is_forgotten_after_a_while(monkeypatch):
    written(1)
    KeyEncryptionKey.objects.filter(klass=Klass.OWN).delete()
    assert outer.opened(Klass.OWN, 1)
    at = outer.monotonic()
    monkeypatch.setattr(outer, "monotonic", lambda: at + outer.HELD + 1)
    with pytest.raises(Refused):
        outer.opened(Klass.OWN, 1)


def test_nobody_but_the_installation_itself_does_it():
    for do in (
        lambda nobody: rotation.begin(nobody, klasses=[Klass.OWN]),
        lambda nobody: rotation.rewrap(nobody, versions={Klass.OWN: 1}, after=0, size=1),
        lambda nobody: rotation.retire(nobody, klass=Klass.OWN),
    ):
        with pytest.raises(AccessDenied):
            do(Actor(7, frozenset()))
    assert versions_of_keys() == [1]


def cut_off_at(number: int) -> bool:
    """Whether it died at its statement of this number; false where it has fewer and ended. Each piece that had ended
    before stays, as a transaction would."""
    seen = iter(range(1_000_000))

    def watch(execute, sql, params, many, context):
        if "SAVEPOINT" not in sql and next(seen) == number:
            raise Killed
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(watch):
            rotation.rotate(SYSTEM, klasses=[Klass.OWN, Klass.NOTE])
    except Killed:
        return True
    return False


def test_requirement_8_cut_off_at_any_statement_it_goes_on_to_the_same_end(monkeypatch):
    """kill -9 of real processes, under load: tests/deep/test_rotation.py."""
    monkeypatch.setattr(rotation, "BATCH", 2)
    rows, number, deaths = written(3), 0, 0
    while cut_off_at(number):
        number, deaths = number + 1, deaths + 1
        outer.forget()
        assert readable(rows)
        if not rotation.KeyEncryptionKey.objects.filter(version=1, klass__in=["own", "note"]).exists():
            break  # it had come to its end; the next run would begin a new one
    assert deaths > 12 and readable(rows)
    assert (versions_of_rows(), versions_of_keys(), versions_of_keys(Klass.NOTE)) == ({2}, [2], [2])
