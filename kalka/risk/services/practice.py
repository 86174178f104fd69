"""An institution takes over a practice by an act of its own, or lets it go."""

from datetime import datetime
from uuid import UUID

from kalka.core import commands
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.permissions import Permission
from kalka.risk import practice
from kalka.risk.models import Practice
from kalka.risk.practice import LONGEST_CITE
from kalka.vault.keys import fingerprint


@command("risk.set_practice", needs=Permission.PRACTICE_SET)
def set_practice(actor: Actor, *, id: UUID, pack: str, running: bool, cite: str, now: datetime) -> Practice:
    """For the actor's own institution and those below it. Levels set before keep the term they had.

    Refuses `risk.practice_needs_an_act`, `risk.no_such_practice`.
    """
    if actor.organisation_id is None:
        raise AccessDenied("risk.no_institution")
    content = [pack, running, cite]
    if there := _again(actor, id, content):
        return there
    practice.pack(pack)
    cite = cite.strip()
    if running and not cite:
        raise DomainError("risk.practice_needs_an_act", field="cite")
    if len(cite) > LONGEST_CITE:
        raise DomainError("risk.too_long", field="cite", most=LONGEST_CITE)
    return Practice.objects.create(
        id=id,
        author_id=actor.user_id,
        post_id=actor.post_id,
        organisation_id=actor.organisation_id,
        digest=fingerprint(str(id), content),
        recorded_at=now,
        pack=pack,
        running=running,
        cite=cite,
    )


def _again(actor: Actor, id: UUID, content: object) -> Practice | None:
    there = Practice.objects.filter(pk=id).first()
    if there is None:
        commands.found_free(lambda: Practice.objects.filter(pk=id).exists())
        return None
    if (there.author_id, bytes(there.digest)) != (actor.user_id, fingerprint(str(id), content)):
        raise AccessDenied("core.id_taken")
    return there
