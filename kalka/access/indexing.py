"""The one passage without a person at a page: the names of everybody, for the encrypted index alone.

It opens the compartment of names and no other, only for the installation itself, and each opening is recorded first.
Who may import it is held by a test: the making of the index, and nothing a page can reach.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from kalka.core import audit
from kalka.core.actors import SYSTEM_ID, Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.vault.classes import Klass
from kalka.vault.keys import Keys, Passage, unlock_stored
from kalka.vault.models import SubjectKey


def unlock_names(actor: Actor, subject_ids: Iterable[UUID]) -> Keys:
    """Keys of the names of these subjects; whose key was destroyed is left out. Refused to anybody but the system."""
    if actor.user_id != SYSTEM_ID or not actor.may(Permission.SYSTEM):
        raise AccessDenied("access.not_the_system")
    wanted, klasses = frozenset(subject_ids), frozenset({Klass.IDENTITY})
    with transaction.atomic():
        audit.read(actor, "people.index", wanted)
        stored = list(SubjectKey.objects.filter(subject_id__in=wanted, klass__in=klasses))
    return unlock_stored(Passage(wanted, klasses), stored)
