"""A filled form must survive an expired session, and nobody else may read it.

The text is sealed under a random key that only the browser's cookie holds; the row lives 30 minutes and is given back
only to the user whose session had ended.
"""

import base64
import json
import secrets
from datetime import datetime
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kalka.accounts.models import KeptForm
from kalka.accounts.rules import KEPT_FOR

Body = dict[str, list[str]]
LARGEST = 2_000_000


def keep(user_id: int, *, address: str, body: Body, now: datetime) -> str | None:
    """Seal the form. Returns the cookie's value, or None when it is too large to keep."""
    data = json.dumps(body).encode()
    if len(data) > LARGEST:
        return None
    key, nonce = secrets.token_bytes(32), secrets.token_bytes(12)
    row = KeptForm(user_id=user_id, address=address[:200], kept_at=now)
    row.body = nonce + AESGCM(key).encrypt(nonce, data, str(row.id).encode())
    row.save(force_insert=True)
    return f"{row.id.hex}.{base64.urlsafe_b64encode(key).decode()}"


def address(cookie: str, user_id: int, *, now: datetime) -> str | None:
    """Where the kept form belongs, for this user."""
    row = _row(cookie, user_id, now)
    return row.address if row else None


def give_back(cookie: str, user_id: int, *, address: str, now: datetime) -> Body | None:
    """The form, once, to the same user at the same address."""
    row = _row(cookie, user_id, now)
    if row is None or row.address != address:
        return None
    try:
        key = base64.urlsafe_b64decode(cookie.partition(".")[2])
        body = AESGCM(key).decrypt(bytes(row.body[:12]), bytes(row.body[12:]), str(row.id).encode())
    except (InvalidTag, ValueError):
        return None
    row.delete()
    return dict(json.loads(body))


def expire(*, now: datetime) -> int:
    return KeptForm.objects.filter(kept_at__lte=now - KEPT_FOR).delete()[0]


def _row(cookie: str, user_id: int, now: datetime) -> KeptForm | None:
    try:
        id = UUID(hex=cookie.partition(".")[0])
    except ValueError:
        return None
    return KeptForm.objects.filter(id=id, user_id=user_id, kept_at__gt=now - KEPT_FOR).first()
