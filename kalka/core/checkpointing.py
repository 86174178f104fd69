"""What the auditor does with the record itself."""

from datetime import datetime

from kalka.core import checkpoints
from kalka.core.actors import Actor
from kalka.core.checkpoints import Checkpoint
from kalka.core.commands import command
from kalka.core.permissions import Permission


@command("core.checkpoint", needs=Permission.AUDIT_READ)
def take_checkpoint(actor: Actor, *, now: datetime) -> Checkpoint:
    """Of what is sealed at this moment; the entry about it comes after."""
    return checkpoints.make(now=now)
