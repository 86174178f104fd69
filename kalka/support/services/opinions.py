"""What people think of the help they got. The codes are drawn by the sheet, for nobody: who took which is unknown."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import DomainError
from kalka.core.inserting import insert_unless_there
from kalka.core.permissions import Permission
from kalka.core.refs import new_ref, read_ref
from kalka.support import rules
from kalka.support.models import Opinion, OpinionTicket

SHEET = 12  # codes of one sheet
VALID = timedelta(days=180)


@command("support.draw_tickets", needs=Permission.SUPPORT_GIVE)
def draw_tickets(actor: Actor, *, now: datetime) -> tuple[str, ...]:
    """A sheet of codes to cut apart: whoever got help takes one herself. They are shown this once."""
    if actor.organisation_id is None:
        raise DomainError("support.nobody_to_ask")
    until: date = clock.day_of(now) + VALID
    codes = tuple(new_ref() for _ in range(SHEET))
    OpinionTicket.objects.filter(until__lt=clock.day_of(now)).delete()
    OpinionTicket.objects.bulk_create(
        OpinionTicket(digest=_digest(code), organisation_id=actor.organisation_id, until=until) for code in codes
    )
    return codes


@command("support.say_opinion", needs=Permission.SYSTEM)
def say_opinion(actor: Actor, *, id: UUID, code: str, answers: Mapping[str, str], now: datetime) -> None:
    """By whoever holds a code, without saying who. Returns nothing, so that the record names no row.

    Refuses `support.no_such_ticket` for a code that was used, has run out or never was.
    """
    today = clock.day_of(now)
    if Opinion.objects.filter(pk=id).exists():  # sent twice: said once
        return
    rules.check_opinion(answers)
    ticket = OpinionTicket.objects.select_for_update().filter(digest=_digest(read_ref(code)), until__gte=today).first()
    if ticket is None:
        raise DomainError("support.no_such_ticket", field="code")
    said = {question: answers.get(question, "") for question in rules.QUESTIONS}
    insert_unless_there(Opinion(id=id, organisation_id=ticket.organisation_id, on=today, **said))
    ticket.delete()


def _digest(code: str) -> str:
    return sha256(code.encode()).hexdigest()
