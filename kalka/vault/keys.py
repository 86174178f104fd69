"""Data keys in the hand of one request: made with a Passage, never cached, gone with it."""

import hmac
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import models

from kalka.core import root, sight
from kalka.vault import crypto, outer, storing
from kalka.vault.classes import Klass
from kalka.vault.crypto import Refused
from kalka.vault.fields import Sealed, SealedField
from kalka.vault.models import SubjectKey
from kalka.vault.outer import ensure as ensure_keks
from kalka.vault.outer import forget
from kalka.vault.storing import wrapped

__all__ = [
    "Keys",
    "Passage",
    "context",
    "ensure_keks",
    "fingerprint",
    "forget",
    "new_keys",
    "unlock_stored",
    "wrapped",
]

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Passage:
    """The right to unwrap: made by access for subjects it found visible, by accounts for a user's own compartment."""

    subject_ids: frozenset[UUID]
    klasses: frozenset[Klass]


class Keys:
    """Unwrapped data keys of some subjects. `put` seals into a row, `get` opens from one."""

    def __init__(self, data_keys: Mapping[tuple[UUID, Klass], bytes]) -> None:
        self._keys = dict(data_keys)

    def __repr__(self) -> str:
        return f"<Keys of {len(self._keys)}>"

    def __reduce__(self) -> Any:
        raise TypeError("keys are not pickled")

    def put(self, row: models.Model, field: str, value: Any) -> None:
        """Seal a JSON value into the row's field. The row's primary key must be set."""
        column = _column(type(row), field)
        data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        key = self._key(row.subject_id, column.klass)  # type: ignore[attr-defined]  # every sealed row has one
        setattr(row, field, Sealed(crypto.seal(key, data, context(type(row), row.pk, field))))

    def get(self, row: models.Model, field: str) -> Any:
        """The value, or None when nothing was sealed. Raises Refused for altered or moved bytes."""
        sealed: Sealed = getattr(row, field)
        return self.open(type(row), row.pk, row.subject_id, field, sealed.blob)  # type: ignore[attr-defined]  # as above

    def open(self, model: type[models.Model], pk: object, subject_id: UUID, field: str, blob: bytes) -> Any:
        """As `get`, for a row read as plain values."""
        if not blob:
            return None
        key = self._key(subject_id, _column(model, field).klass)
        return json.loads(crypto.unseal(key, bytes(blob), context(model, pk, field)))

    def has(self, subject_id: UUID, klass: Klass) -> bool:
        return (subject_id, klass) in self._keys

    def bytes_key(self, subject_id: UUID, klass: Klass) -> bytes:
        """The raw key, for sealed files alone, whose frames are not JSON values."""
        return self._key(subject_id, klass)

    def joined(self, other: "Keys") -> "Keys":
        return Keys(self._keys | other._keys)

    def _key(self, subject_id: UUID, klass: Klass) -> bytes:
        try:
            return self._keys[subject_id, klass]
        except KeyError:
            raise Refused from None


def context(model: type[models.Model], pk: object, field: str) -> bytes:
    """What a ciphertext is bound to: moved to another row or field it does not open."""
    return f"kalka|{model._meta.label_lower}|{pk}|{field}|".encode()


def fingerprint(subject: str, value: Any) -> bytes:
    """A keyed digest of content, to tell a repeated submission. Useless without the root key."""
    data = json.dumps([subject, value], ensure_ascii=False, sort_keys=True, default=str).encode()
    return hmac.digest(root.derive("fingerprint"), data, "sha256")[:16]


def new_keys(subject_id: UUID, klasses: Iterable[Klass]) -> Keys:
    """Make and store the data keys of a new subject: one insert."""
    made = {(subject_id, k): secrets.token_bytes(crypto.KEY) for k in klasses}
    storing.store(made)
    return Keys(made)


def unlock_stored(passage: Passage, rows: Iterable[SubjectKey]) -> Keys:
    """Unwrap what the passage allows; other rows are left shut."""
    return Keys(
        {
            (row.subject_id, Klass(row.klass)): _unwrapped(row.subject_id, Klass(row.klass), bytes(row.wrapped))
            for row in rows
            if row.subject_id in passage.subject_ids and row.klass in passage.klasses
        }
    )


def _unwrapped(subject_id: UUID, klass: Klass, wrapped: bytes) -> bytes:
    try:
        outer_key = outer.opened(klass, crypto.wrapped_version(wrapped))
    except Refused:  # rewrapped, and the older one destroyed, since the row was read
        wrapped = _as_it_is_now(subject_id, klass, wrapped)
        outer_key = outer.opened(klass, crypto.wrapped_version(wrapped))
    return crypto.unwrap(outer_key, wrapped, storing.context(subject_id, klass))


def _as_it_is_now(subject_id: UUID, klass: Klass, wrapped: bytes) -> bytes:
    with sight.beyond():  # the row was shown already, perhaps to whoever signs in and is nobody yet
        found = SubjectKey.objects.filter(subject_id=subject_id, klass=klass).values_list("wrapped", flat=True).first()
    if found is None or bytes(found) == wrapped:
        raise Refused
    return bytes(found)


@cache
def _column(model: type[models.Model], field: str) -> SealedField:
    column = model._meta.get_field(field)
    assert isinstance(column, SealedField), f"{model._meta.label}.{field} is not sealed"
    return column
