"""A new key-encryption key for a class: made, every data key put under it, the old one destroyed. What is sealed under
the data keys is not touched, so it takes minutes where sealing anew would take days.

Each piece is one short transaction and may be cut off at any point: what is not done yet is what lies under an older
version, and the old key goes only when nothing does.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.vault import crypto, outer, storing
from kalka.vault.classes import Klass
from kalka.vault.crypto import Refused
from kalka.vault.models import KeyEncryptionKey, SubjectKey

BATCH = 1_000
ROUNDS = 20  # over what writers stored under the older key in the last moment; there is hardly ever a third
Progress = Callable[[int, int], None]  # rows done, rows there were to do


@dataclass(frozen=True, slots=True)
class Rotated:
    rows: int
    shut: int  # rows that did not open and were left as they are: altered. Their old key is kept then
    destroyed: int  # old key-encryption keys
    versions: dict[Klass, int]  # of the classes it was about
    went_on: bool  # with what an earlier run had not finished


def rotate(actor: Actor, *, klasses: Collection[Klass] = tuple(Klass), progress: Progress | None = None) -> Rotated:
    """Safe to run again after it was cut off, and twice at once: where one is unfinished it is finished and no other is
    begun."""
    went_on = bool(_unfinished(klasses))
    versions = {Klass(row.klass): row.version for row in begin(actor, klasses=klasses)}
    return _finished(actor, versions, went_on, progress, None)


def go_on(actor: Actor, *, pieces: int) -> Rotated | None:
    """Some pieces of a rotation that is not finished; None where none is. For the worker, minute by minute."""
    unfinished = _unfinished(tuple(Klass))
    if not unfinished:
        return None
    versions = {Klass(row.klass): row.version for row in begin(actor, klasses=unfinished)}
    return _finished(actor, versions, True, None, pieces)


def _finished(
    actor: Actor, versions: dict[Klass, int], went_on: bool, progress: Progress | None, pieces: int | None
) -> Rotated:
    rows, total, destroyed, shut, left = 0, _waiting(versions), 0, 0, pieces
    for _ in range(ROUNDS):
        after, shut = 0, 0
        while left != 0 and (piece := rewrap(actor, versions=versions, after=after, size=BATCH)):
            after, rows, shut = piece[-1].after, rows + piece[-1].done, shut + piece[-1].shut
            left = None if left is None else left - 1
            if progress is not None:
                progress(min(rows, total), total)
        destroyed += sum(len(retire(actor, klass=klass)) for klass in _unfinished(versions))
        if shut or left == 0 or not _unfinished(versions):
            break
    return Rotated(rows, shut, destroyed, versions, went_on)


@dataclass(frozen=True, slots=True)
class Piece:
    after: int  # the last row that was looked at
    done: int
    shut: int


@command("vault.begin_rotation", needs=Permission.SYSTEM)
def begin(actor: Actor, *, klasses: Collection[Klass]) -> list[KeyEncryptionKey]:
    """What to put everything under: new versions of all these classes, or those of an unfinished rotation alone."""
    unfinished = _unfinished(klasses)
    found = [_newest(klass) for klass in unfinished] or [
        outer.made(klass, row.version + 1 if (row := _newest(klass)) else outer.FIRST) for klass in klasses
    ]
    outer.forget()
    return [row for row in found if row is not None]


@command("vault.rewrap", needs=Permission.SYSTEM)
def rewrap(actor: Actor, *, versions: dict[Klass, int], after: int, size: int) -> list[Piece]:
    """Put the next rows under the newest version. Nothing where no more wait."""
    found = _next(versions, after, size)
    changed, shut = [], 0
    for id, subject, klass, blob in found:
        try:
            changed.append((_rewrapped(subject, Klass(klass), bytes(blob), versions), id, blob))
        except Refused:
            shut += 1
    with connection.cursor() as cursor:  # only as it was read: another may have been here, or destroyed it
        if changed:
            cursor.executemany(f"UPDATE {_TABLE} SET wrapped = %s WHERE id = %s AND wrapped = %s", changed)
    return [Piece(found[-1][0], len(changed), shut)] if found else []


@command("vault.retire", needs=Permission.SYSTEM)
def retire(actor: Actor, *, klass: Klass) -> list[KeyEncryptionKey]:
    """Destroy the older keys of a class. None while a row is under one of them, or a writer is about to store one."""
    old = list(_old(klass).select_for_update())
    newest = _newest(klass)
    if not old or newest is None or _waiting({klass: newest.version}):
        return []
    KeyEncryptionKey.objects.filter(id__in=[row.pk for row in old]).delete()
    outer.forget()
    return old


def versions() -> dict[str, list[int]]:
    """What there is of each class: two versions where a rotation is not finished."""
    found: dict[str, list[int]] = {}
    for klass, version in KeyEncryptionKey.objects.order_by("klass", "version").values_list("klass", "version"):
        found.setdefault(klass, []).append(version)
    return found


_TABLE = SubjectKey._meta.db_table


def _newest(klass: Klass) -> KeyEncryptionKey | None:
    return KeyEncryptionKey.objects.filter(klass=klass).order_by("-version").first()


def _unfinished(klasses: Iterable[Klass]) -> list[Klass]:
    there = versions()
    return [klass for klass in klasses if len(there.get(klass, ())) > 1]


def _old(klass: Klass) -> QuerySet[KeyEncryptionKey]:
    newest = KeyEncryptionKey.objects.filter(klass=klass).order_by("-version").values("version")[:1]
    return KeyEncryptionKey.objects.filter(klass=klass, version__lt=newest)


def _rewrapped(subject_id: UUID, klass: Klass, blob: bytes, versions: dict[Klass, int]) -> bytes:
    context = storing.context(subject_id, klass)
    key = crypto.unwrap(outer.opened(klass, crypto.wrapped_version(blob)), blob, context)
    return crypto.wrap(outer.opened(klass, versions[klass]), versions[klass], key, context)


def _next(versions: dict[Klass, int], after: int, size: int) -> list[tuple[int, UUID, str, bytes]]:
    where, values = _under_another(versions)
    asked = f"SELECT id FROM {_TABLE} WHERE id > %s AND ({where}) ORDER BY id LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(asked, [after, *values, size])
        ids = [id for (id,) in cursor.fetchall()]
    rows = SubjectKey.objects.filter(id__in=ids).order_by("id")
    return [(row.pk, row.subject_id, row.klass, bytes(row.wrapped)) for row in rows]


def _waiting(versions: dict[Klass, int]) -> int:
    where, values = _under_another(versions)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {_TABLE} WHERE {where}", values)
        return int(cursor.fetchone()[0])


def _under_another(versions: dict[Klass, int]) -> tuple[str, list[Any]]:
    """A condition of rows that lie under another version, by the first three bytes of what is stored."""
    where = " OR ".join(["(klass = %s AND substr(wrapped, 1, 3) <> %s)"] * len(versions))
    return where, [value for klass, version in versions.items() for value in (klass.value, crypto.head(version))]
