"""Asking how she is, by her safe way, and how she stands."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.duties import services as duties
from kalka.support import rules, selectors
from kalka.support.duty import CONTACT, end_of
from kalka.support.models import Contact, Outcome
from kalka.support.rules import NewContact, NewOutcome
from kalka.vault.rows import repeated, written


@command("support.log_contact", needs=Permission.SUPPORT_WORK)
def log_contact(actor: Actor, *, id: UUID, case_ref: str, told: NewContact, now: datetime) -> Contact:
    """She was asked how she is, or it was tried. Ends the duty it was, and plans the next where a day was agreed.

    Refuses a contact to come, and a next one with somebody who wants none.
    """
    case = selectors.open_case(actor, case_ref, now=now)
    content = asdict(told)
    if again := repeated(Contact, actor, id=id, content=content):
        return again
    rules.check_contact(told, today=clock.day_of(now))
    row = Contact(
        **written(actor, id=id, subject_id=case.subject_id, content=content, now=now),
        on=told.on,
        channel=told.channel,
        reached=told.reached,
        next_on=told.next_on,
    )
    if told.told.strip():
        access.keys_for(actor, case.subject_id, now=now).put(row, "told", told.told.strip())
    row.save(force_insert=True)
    duties.end_for(CONTACT, subject_id=case.subject_id, actor=actor, now=now)
    if told.next_on is not None:
        if actor.post_id is None:
            raise DomainError("support.nobody_to_ask")
        duties.assign(
            CONTACT,
            subject_id=case.subject_id,
            post_id=actor.post_id,
            due_at=end_of(told.next_on),
            basis=None,
            now=now,
            about=case.ref,
        )
    return row


@command("support.measure", needs=Permission.SUPPORT_WORK)
def measure(actor: Actor, *, id: UUID, case_ref: str, told: NewOutcome, now: datetime) -> Outcome:
    """How she stands in her own eyes. What nobody asked stays 0, which is not the worst answer."""
    case = selectors.open_case(actor, case_ref, now=now)
    content = asdict(told)
    if again := repeated(Outcome, actor, id=id, content=content):
        return again
    rules.check_outcome(told)
    row = Outcome(
        **written(actor, id=id, subject_id=case.subject_id, content=content, now=now),
        moment=told.moment,
        **told.scores(),
    )
    row.save(force_insert=True)
    return row
