"""The names of a course, once no paper needs them any more."""

from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.training import selectors
from kalka.training.keeping import again, kept
from kalka.training.models import Participant, RollDestroyed
from kalka.vault.fields import Sealed


@command("training.destroy_roll", needs=Permission.TRAINING_KEEP)
def destroy_roll(actor: Actor, *, id: UUID, course_id: UUID, now: datetime) -> RollDestroyed:
    """Names, telephones and what tells one person in two courses are gone, of entries that were taken back too. How
    many there were stays, and each certificate is found by its code; its paper cannot be made again.

    Refuses where nobody is on the roll.
    """
    course = selectors.own_course(actor, course_id)
    if there := again(RollDestroyed, actor, id=id, content=[course_id]):
        return there
    rows = access.visible(actor, Participant.objects.filter(course=course, gone=False), now=now)
    count = rows.update(name=Sealed(b""), phone=Sealed(b""), mac=None, gone=True)
    if not count:
        raise DomainError("training.nobody_on_roll", field="destroy")
    return RollDestroyed.objects.create(**kept(actor, id=id, content=[course_id], now=now), course=course, count=count)
