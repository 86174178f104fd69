"""By what somebody wants to be told, and that they want it no longer."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from kalka.access import selectors as sight
from kalka.access import services as access
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError, Stale
from kalka.core.permissions import Permission
from kalka.core.refs import new_id, new_ref, read_ref
from kalka.notices import rules, selectors, services
from kalka.notices.marks import reached
from kalka.notices.messenger import HOLDER
from kalka.notices.models import Chosen, Invitation, Notice, Stopped
from kalka.notices.rules import INVITED_FOR, Way
from kalka.people import selectors as people
from kalka.vault.classes import Klass
from kalka.vault.rows import repeated, written

INVITED = "invitation"


@command("notices.choose_way", needs=Permission.CASE_WORK)
def choose_way(
    actor: Actor,
    *,
    id: UUID,
    person_id: UUID,
    way: str,
    address: str = "",
    now: datetime,
    seen: str | None = None,
) -> Chosen:
    """What she chose: SMS, mail, or nothing at all. Telegram is chosen by writing to the bot, see `invite`.

    Whoever had stopped this way and chooses it again is told by it again. `seen`: what was chosen last, as
    `selectors.last_chosen` says it; refuses with `notices.changed_meanwhile` where it is something else by now.
    """
    person = people.get_person(actor, person_id, now=now)
    content = [person_id, way, address]
    if again := repeated(Chosen, actor, id=id, content=content):
        return again
    rules.check_address(way, address.strip())
    if seen is not None and seen != selectors.last_chosen(actor, person_id, now=now):
        raise Stale("notices.changed_meanwhile")
    return _chosen(actor, id, person, way, address.strip(), content, now)


@command("notices.invite", needs=Permission.CASE_WORK)
def invite(actor: Actor, *, id: UUID, person_id: UUID, now: datetime) -> str:
    """A code she sends to the bot from her own phone: only then does it know her. It is shown this once.

    Lends the messenger sight of the file for as long as the code holds.
    """
    person = people.get_person(actor, person_id, now=now)
    code, until = new_ref(), now + INVITED_FOR
    row = Invitation(
        **written(actor, id=id, subject_id=person.subject_id, content=[person_id], now=now),
        person_id=person_id,
        code=_digest(code),
        until=until,
    )
    row.save(force_insert=True)
    access.grant(person.subject_id, HOLDER, why=INVITED, now=now, until=until)
    return code


@command("notices.write_to", needs=Permission.CASE_WORK)
def write_to(actor: Actor, *, id: UUID, person_id: UUID, kind: str, now: datetime) -> Notice:
    """A neutral message to somebody, by the way she chose. Under one id it is written once.

    Refuses `notices.not_chosen` where she was not asked yet, or wants none.
    """
    person = people.get_person(actor, person_id, now=now)
    there = Notice.objects.filter(pk=id).first()
    if there is not None and (there.to_person_id, there.kind) == (person_id, kind):
        return there
    if there is not None:
        raise AccessDenied("notices.not_visible")
    if selectors.way_of(actor, person_id, now=now) in ("", Way.NOTHING):
        raise DomainError("notices.not_chosen")
    return services.tell(person_id, person.subject_id, kind, now, id=id)


@command("notices.accept_invitation", needs=Permission.SYSTEM)
def accept_invitation(actor: Actor, *, code: str, address: str, now: datetime) -> Chosen:
    """She wrote to the bot. Refuses `notices.no_such_code` for one that was used, has run out or never was."""
    open_ = Invitation.objects.select_for_update().filter(used_at=None, until__gt=now)
    row = open_.filter(code=_digest(read_ref(code))).first()
    if row is None:
        raise DomainError("notices.no_such_code")
    Invitation.objects.filter(pk=row.pk).update(used_at=now)
    person = people.get_person(actor, row.person_id, now=now)
    made = _chosen(actor, new_id(), person, Way.TELEGRAM, address, [row.person_id, address], now)
    access.end_grant(person.subject_id, HOLDER, now=now, why=INVITED)
    return made


@command("notices.stop", needs=Permission.SYSTEM)
def stop(actor: Actor, *, way: str, address: str, now: datetime) -> None:
    """Whoever reads at this address wants nothing more by this way. Twice is once; who it is, nobody looks up."""
    Stopped.objects.get_or_create(way=Way(way), mac=reached(way, address), lifted_at=None, defaults={"at": now})


def _chosen(
    actor: Actor, id: UUID, person: people.PersonRef, way: str, address: str, content: list[object], now: datetime
) -> Chosen:
    row = Chosen(
        **written(actor, id=id, subject_id=person.subject_id, content=content, now=now), person_id=person.id, way=way
    )
    if address:
        keys = sight.keys_for(actor, person.subject_id, now=now, klasses=[Klass.CONTACT])
        keys.put(row, "address", address)
    row.save(force_insert=True)
    _lift(actor, person, way, address, now)
    return row


def _lift(actor: Actor, person: people.PersonRef, way: str, address: str, now: datetime) -> None:
    """For SMS the address is the number in the file, opened for this alone."""
    if way == Way.SMS:
        address = _number(actor, person, now)
    if address:
        Stopped.objects.filter(way=way, mac=reached(way, address), lifted_at=None).update(lifted_at=now)


def _number(actor: Actor, person: people.PersonRef, now: datetime) -> str:
    keys = sight.keys_for(actor, person.subject_id, now=now, klasses=[Klass.IDENTITY, Klass.CONTACT])
    shown = next(one for one in people.persons(actor, person.subject_id, keys) if one.id == person.id)
    return shown.contact.phone if shown.contact else ""


def _digest(code: str) -> str:
    return sha256(code.encode()).hexdigest()
