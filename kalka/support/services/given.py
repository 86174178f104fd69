"""Help that was given: services, money and things with their papers, documents that were lost."""

from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import DomainError, Stale
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.files import services as files
from kalka.support import rules, selectors
from kalka.support.models import AidGiven, AidReceipt, DocumentStep, ServiceGiven, ServiceVoid
from kalka.support.rules import NewAid, NewService
from kalka.vault.classes import Klass
from kalka.vault.rows import repeated, written


@command("support.give_service", needs=Permission.SUPPORT_GIVE)
def give_service(actor: Actor, *, id: UUID, case_ref: str, told: NewService, now: datetime) -> ServiceGiven:
    """Help of one kind on a day, in minutes; what was spoken of is nobody's figure.

    Refuses `support.case_closed`, and a kind of help that is not of the actor's profession.
    """
    case = selectors.open_case(actor, case_ref, now=now)
    content = asdict(told)
    if again := repeated(ServiceGiven, actor, id=id, content=content):
        return again
    rules.check_service(told, may=rules.services_of(actor.permissions), today=clock.day_of(now))
    row = ServiceGiven(
        **written(actor, id=id, subject_id=case.subject_id, content=content, now=now),
        kind=told.kind,
        minutes=told.minutes,
        on=told.on,
    )
    row.save(force_insert=True)
    return row


@command("support.void_service", needs=Permission.SUPPORT_GIVE)
def void_service(actor: Actor, *, id: UUID, case_ref: str, service_id: UUID, now: datetime) -> ServiceVoid:
    """It was noted by mistake: by its author alone. Refuses `support.not_your_service`, `support.service_void`."""
    service = selectors.get_service(actor, case_ref, service_id, now=now)
    if again := repeated(ServiceVoid, actor, id=id, content=[service_id]):
        return again
    if service.author_id != actor.user_id:
        raise DomainError("support.not_your_service")
    if ServiceVoid.objects.filter(service=service).exists():
        raise Stale("support.service_void")
    row = ServiceVoid(
        **written(actor, id=id, subject_id=service.subject_id, content=[service_id], now=now), service=service
    )
    row.save(force_insert=True)
    return row


@command("support.give_aid", needs=Permission.SUPPORT_WORK)
def give_aid(actor: Actor, *, id: UUID, case_ref: str, told: NewAid, now: datetime) -> AidGiven:
    """Money or things out of one budget line. Refuses money without an amount, and help of nobody known."""
    case = selectors.open_case(actor, case_ref, now=now)
    content = asdict(told)
    if again := repeated(AidGiven, actor, id=id, content=content):
        return again
    rules.check_aid(told, today=clock.day_of(now))
    row = AidGiven(
        **written(actor, id=id, subject_id=case.subject_id, content=content, now=now),
        budget=told.budget,
        what=told.what,
        som=told.som,
        on=told.on,
        organisation_id=_giver(actor, told.organisation),
        decision=told.decision,
    )
    row.save(force_insert=True)
    return row


@command("support.attach_receipt", needs=Permission.SUPPORT_WORK)
def attach_receipt(
    actor: Actor, *, id: UUID, case_ref: str, aid_id: UUID, name: str, content: bytes, now: datetime
) -> AidReceipt:
    """The paper for what was given, sealed as it came. `id` is that of the file as well."""
    aid = selectors.get_aid(actor, case_ref, aid_id, now=now)
    keys = access.keys_for(actor, aid.subject_id, now=now, klasses=[Klass.EVIDENCE])
    file = files.keep(actor, keys, id=id, subject_id=aid.subject_id, name=name, content=content, now=now)
    if again := repeated(AidReceipt, actor, id=id, content=[aid_id]):
        return again
    row = AidReceipt(
        **written(actor, id=id, subject_id=aid.subject_id, content=[aid_id], now=now), aid=aid, attachment=file
    )
    row.save(force_insert=True)
    return row


@command("support.note_document", needs=Permission.SUPPORT_WORK)
def note_document(
    actor: Actor,
    *,
    id: UUID,
    case_ref: str,
    kind: str,
    state: str,
    on: date,
    organisation: int | None = None,
    now: datetime,
) -> DocumentStep:
    """Where the restoring of a document stands. Its number is written nowhere. `organisation`: as of aid."""
    case = selectors.open_case(actor, case_ref, now=now)
    content = [kind, state, on, *([organisation] if organisation is not None else [])]
    if again := repeated(DocumentStep, actor, id=id, content=content):
        return again
    rules.check_document(kind, state, on, today=clock.day_of(now))
    row = DocumentStep(
        **written(actor, id=id, subject_id=case.subject_id, content=content, now=now),
        kind=kind,
        state=state,
        on=on,
        organisation_id=_giver(actor, organisation),
    )
    row.save(force_insert=True)
    return row


def _giver(actor: Actor, organisation_id: int | None) -> int | None:
    if organisation_id is None:
        return actor.organisation_id
    if organisation_id not in {one.id for one in directory.organisations()}:
        raise DomainError("support.not_an_answer", field="organisation")
    return organisation_id
