"""References and ids that say nothing: drawn at random, never counted."""

import secrets
from uuid import UUID, uuid5

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
_MEANT = str.maketrans("OILU", "011V")


def new_ref() -> str:
    """Ten Crockford base-32 letters: 50 random bits."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def read_ref(typed: str) -> str:
    """The reference a person meant: spaces and hyphens dropped, O read as 0, I and L as 1, U as V."""
    return "".join(c for c in typed.upper() if c.isalnum()).translate(_MEANT)


def show_ref(ref: str) -> str:
    return f"{ref[:5]}-{ref[5:]}"


def new_id() -> UUID:
    """128 random bits. Not a time-ordered UUID: an id must not tell when it was made."""
    return UUID(bytes=secrets.token_bytes(16))


def derived(id: UUID, what: str) -> UUID:
    """The id of a row that a command makes beside the one it was given: the same when it is sent twice."""
    return uuid5(id, what)
