"""A user's own compartment: the keys to it, for sign-in and for what the user half wrote."""

from uuid import UUID

from kalka.vault.classes import Klass
from kalka.vault.keys import Keys, Passage, unlock_stored
from kalka.vault.models import SubjectKey


def own_keys(subject_id: UUID) -> Keys:
    """Only ever called for the person who is signing in or is signed in."""
    rows = SubjectKey.objects.filter(subject_id=subject_id, klass=Klass.OWN)
    return unlock_stored(Passage(frozenset({subject_id}), frozenset({Klass.OWN})), rows)
