"""The one passage without a person at a page: the names of everybody for the encrypted index, and names and contacts
for the digests of people who were written down before there were any.

It opens no other compartment, only for the installation itself, and each opening is recorded first. Who may import it
is held by a test: the making of the two, and nothing a page can reach.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from kalka.core import audit, commands
from kalka.core.actors import SYSTEM_ID, Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.vault.classes import Klass
from kalka.vault.keys import Keys, Passage, unlock_stored
from kalka.vault.models import SubjectKey


def unlock_names(actor: Actor, subject_ids: Iterable[UUID]) -> Keys:
    """Keys of the names of these subjects; whose key was destroyed is left out. Refused to anybody but the system."""
    _only_the_system(actor)
    with transaction.atomic():
        return _unlocked(actor, "people.index", frozenset(subject_ids), frozenset({Klass.IDENTITY}))


def unlock_to_identify(actor: Actor, subject_ids: Iterable[UUID]) -> Keys:
    """As `unlock_names`, with the contacts; inside a command. Until it ends none of the keys is destroyed."""
    _only_the_system(actor)
    if not commands.inside():
        raise AccessDenied("access.outside_a_command")
    klasses = frozenset({Klass.IDENTITY, Klass.CONTACT})
    return _unlocked(actor, "people.identify", frozenset(subject_ids), klasses, held=True)


def _unlocked(
    actor: Actor, what: str, wanted: frozenset[UUID], klasses: frozenset[Klass], *, held: bool = False
) -> Keys:
    audit.read(actor, what, wanted)
    stored = SubjectKey.objects.filter(subject_id__in=wanted, klass__in=klasses).order_by("id")
    return unlock_stored(Passage(wanted, klasses), list(stored.select_for_update() if held else stored))


def _only_the_system(actor: Actor) -> None:
    if actor.user_id != SYSTEM_ID or not actor.may(Permission.SYSTEM):
        raise AccessDenied("access.not_the_system")
