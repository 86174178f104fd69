"""What was begun here and is finished once, within minutes, for the purpose and the session it was begun for."""

from datetime import datetime, timedelta
from hashlib import sha256

from kalka.accounts import rules
from kalka.accounts.models import Attempt
from kalka.accounts.rules import Purpose
from kalka.core.clock import SKEW


def begin(what: bytes, purpose: Purpose, *, session_id: int = 0, detail: bytes = b"", now: datetime) -> None:
    key = sha256(what).digest()
    Attempt.objects.create(key=key, purpose=purpose, session_id=session_id, detail=detail, begun_at=now)


def finish(what: bytes, purpose: Purpose, *, session_id: int = 0, now: datetime) -> bytes | None:
    """Its detail, the first time it is asked for; None for whatever was not begun so, or too long ago."""
    lasts = rules.OUTSIDE_FOR if purpose is Purpose.OUTSIDE else rules.ATTEMPT_FOR
    mine = Attempt.objects.filter(key=sha256(what).digest(), purpose=purpose, session_id=session_id)
    row = mine.filter(begun_at__gt=now - lasts, begun_at__lte=now + SKEW).first()
    if row is None or Attempt.objects.filter(key=row.key).delete()[0] != 1:
        return None
    return bytes(row.detail)


def forget(*, now: datetime) -> int:
    return Attempt.objects.filter(begun_at__lte=now - timedelta(hours=1)).delete()[0]
