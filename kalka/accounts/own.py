"""A user's own compartment: the keys to it, for sign-in and for what the user half wrote."""

from datetime import datetime
from uuid import UUID

from kalka.accounts.models import Session, User
from kalka.accounts.rules import Stage
from kalka.core import sight
from kalka.core.clock import SKEW
from kalka.vault.classes import Klass
from kalka.vault.keys import Keys, Passage, unlock_stored
from kalka.vault.models import SubjectKey


def own_keys(subject_id: UUID) -> Keys:
    """Only ever called for the person who is signing in or is signed in."""
    with sight.beyond():  # whoever signs in is nobody yet
        rows = list(SubjectKey.objects.filter(subject_id=subject_id, klass=Klass.OWN))
    return unlock_stored(Passage(frozenset({subject_id}), frozenset({Klass.OWN})), rows)


def own_name(user_id: int, subject_id: UUID, blob: bytes, wrapped: bytes) -> str:
    """The person's name out of a row that was read together with its key."""
    key = SubjectKey(subject_id=subject_id, klass=Klass.OWN, wrapped=wrapped)
    keys = unlock_stored(Passage(frozenset({subject_id}), frozenset({Klass.OWN})), [key])
    return str(keys.open(User, user_id, subject_id, "name", blob))


def still_there(session_id: int, *, now: datetime) -> None:
    Session.objects.filter(id=session_id).update(seen_at=now)


def end_those_ahead(*, now: datetime) -> int:
    """The clock was set back: what was seen ahead of it would run on for as long. Whoever it is signs in again; a
    token of a program, which counts in days, stays. Returns how many ended."""
    ahead = Session.objects.filter(ended_at=None, seen_at__gt=now + SKEW).exclude(stage=Stage.API)
    return ahead.update(ended_at=now)
