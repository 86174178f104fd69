"""The keys of the record. Each day's is worked out of the one before, which is then deleted: whoever breaks in later
cannot forge what was written earlier. The first is sealed to the auditor, who can work out all of them."""

import hmac
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import connection, transaction

from kalka.core import clock, head, root
from kalka.core.models import AuditHead, AuditKey, AuditSecret

NONCE = 12
# How long the sealer keeps the key before: a statement may have begun under it and end late.
GRACE = timedelta(minutes=10)
_LOOK = (
    "SELECT h.key, h.mark, s.wrapped FROM core_audithead h JOIN core_auditsecret s ON s.number = h.key WHERE h.id = 1"
)


@dataclass(frozen=True, slots=True)
class Current:
    number: int
    mark: bytes
    key: bytes


class _Known:
    """The key this process writes with; good as long as the head carries its mark."""

    current: Current | None = None


def current(mark: bytes | None = None) -> Current:
    """The key to write with. `mark`: what the head says, where it was just read; without it the last one is tried."""
    known = _Known.current
    if known is not None and (mark is None or known.mark == mark):
        return known
    return look()


def look() -> Current:
    """Ask the database, and begin where nothing is. Inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_LOOK)
        row = cursor.fetchone()
    if row is None:
        _begin()
        return look()
    _Known.current = Current(row[0], bytes(row[1]), _unwrapped(row[0], bytes(row[2])))
    return _Known.current


def turn_daily(*, now: datetime) -> bool:
    """After a day, or when the clock was set back behind the key's beginning. Says whether it turned."""
    with transaction.atomic():
        top = head.locked()
        last = AuditKey.objects.order_by("-number").first()
        if last is None or last.since - clock.SKEW <= now < last.since + clock.DAY:
            return False
        turn(now=now, top=top)
        return True


def _begin() -> None:
    """Unless another process did meanwhile."""
    with transaction.atomic():
        top = head.locked()
        if not AuditSecret.objects.filter(number=top.key).exists():
            turn(now=clock.now(), top=top)


def turn(*, now: datetime, top: AuditHead | None = None) -> int:
    """From now on the next key. Drawn anew where the one before is not here: at the beginning, after a restore."""
    with transaction.atomic():
        top = top or head.locked()
        before = secrets_held().get(top.key)
        last = AuditKey.objects.order_by("-number").first()
        number = last.number + 1 if last else 0
        key = hmac.digest(before, b"next", "sha256") if before else secrets.token_bytes(32)
        to = _hash_of(settings.AUDIT_RECIPIENTS)
        anew = before is None or last is None or (to and bytes(last.recipients) != to)
        sealed = _sealed(key) if anew else b""
        kept = to if sealed else bytes(last.recipients) if last and before else b""
        AuditKey.objects.create(number=number, since=now, drawn=before is None, sealed=sealed, recipients=kept)
        AuditSecret.objects.create(number=number, wrapped=_wrapped(number, key))
        top.key, top.mark = number, _mark(key)
        head.keep(top)
        if connection.vendor == "sqlite":  # writers are serial there: nothing is under the one before any more
            AuditSecret.objects.filter(number__lt=number).delete()
    return number


def forget_served(watermark: int, *, now: datetime) -> None:
    """PostgreSQL, by the sealer: delete the keys whose entries are sealed to the last one."""
    served = (
        AuditKey.objects.filter(since__lte=now - GRACE).order_by("-number").values_list("number", flat=True).first()
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT xid::text::bigint FROM core_auditsecret WHERE number = %s", [served])
        began = cursor.fetchone()
    if began is not None and began[0] < watermark:
        AuditSecret.objects.filter(number__lt=served).delete()


def secrets_held() -> dict[int, bytes]:
    """The keys that are still here, by number."""
    rows = AuditSecret.objects.values_list("number", "wrapped")
    return {number: _unwrapped(number, bytes(wrapped)) for number, wrapped in rows}


def opened(sealed: Mapping[int, bytes], keys: Iterable[AuditKey]) -> dict[int, bytes]:
    """All keys that can be worked out of those the auditor opened."""
    found: dict[int, bytes] = {}
    for row in sorted(keys, key=lambda row: row.number):
        if row.number in sealed:
            found[row.number] = sealed[row.number]
        elif not row.drawn and row.number - 1 in found:
            found[row.number] = hmac.digest(found[row.number - 1], b"next", "sha256")
    return found


def sealed_hash(keys: Sequence[AuditKey]) -> bytes:
    """What a checkpoint says of the keys given to the auditor: none of them was exchanged since."""
    return sha256(b"".join(sha256(bytes(row.sealed)).digest() for row in keys)).digest()


def given() -> list[AuditKey]:
    """Those sealed to somebody, the earliest first."""
    return list(AuditKey.objects.exclude(sealed=b"").order_by("number"))


def _sealed(key: bytes) -> bytes:
    if not settings.AUDIT_RECIPIENTS:
        return b""
    import pyrage

    return bytes(pyrage.encrypt(key, [pyrage.x25519.Recipient.from_str(one) for one in settings.AUDIT_RECIPIENTS]))


def _hash_of(recipients: Sequence[str]) -> bytes:
    return sha256("\n".join(sorted(recipients)).encode()).digest() if recipients else b""


def _mark(key: bytes) -> bytes:
    return hmac.digest(key, b"mark", "sha256")[:16]


def _wrapped(number: int, key: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(root.derive("audit|keys")).encrypt(nonce, key, str(number).encode())


def _unwrapped(number: int, wrapped: bytes) -> bytes:
    sealed = AESGCM(root.derive("audit|keys"))
    return sealed.decrypt(wrapped[:NONCE], wrapped[NONCE:], str(number).encode())
