"""On which side an office and its advocates stand: kept and compared as keyed digests alone.

Whoever asks learns yes or no, and nothing of the file it was found in. What was taken stays: neither that office nor
that advocate, wherever they work later, ever acts for the other side.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from kalka.cases import selectors as cases
from kalka.cases.rules import Part
from kalka.core import commands
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied, DomainError
from kalka.directory import selectors as directory
from kalka.legalaid import rules
from kalka.legalaid.models import Appointment, LegalRequest, OfficeMark
from kalka.legalaid.rules import Side
from kalka.people import identifiers
from kalka.vault.blind import Kind, mac


def of_request(actor: Actor, request: LegalRequest, *, now: datetime) -> tuple[frozenset[bytes], frozenset[bytes]]:
    """The digests of whom an advocate would act for, and of those said to have done it.

    Each person of a file has one of its own besides, so that one case is never split where nobody's name is known.
    """
    cast = cases.cast_of(actor, request.subject_id, now=now)
    others = cast.persons(Part.ALLEGED) - {request.client_id}
    return _digests({request.client_id}), _digests(others)


def ensure_one(
    organisation_id: int,
    users: Collection[int],
    client: Collection[bytes],
    others: Collection[bytes],
    *,
    but: UUID | None = None,
) -> None:
    """Refuses `legalaid.both_sides` for the office, or for these advocates by whichever office they took it before.

    Whose, and in which file, is told to nobody. Two steps of one office wait for each other.
    """
    _inside_a_command()
    directory.hold(organisation_id)
    found: dict[Side, set[bytes]] = {Side.FOR: set(), Side.AGAINST: set()}
    theirs = Q(organisation_id=organisation_id) | Q(user_id__in=list(users))
    rows = OfficeMark.objects.filter(theirs, mac__in=[*client, *others])
    others_than = rows.exclude(appointment_id=but) if but else rows
    for side, there in others_than.values_list("side", "mac"):
        found[Side(side)].add(bytes(there))
    if rules.is_both_sides(for_us=client, against_us=others, marks=found):
        raise DomainError("legalaid.both_sides", field="advocate")


def mark(row: Appointment, client: Collection[bytes], others: Collection[bytes], *, user_id: int | None = None) -> None:
    _inside_a_command()
    told = [*((Side.FOR, one) for one in client), *((Side.AGAINST, one) for one in others)]
    OfficeMark.objects.bulk_create(
        OfficeMark(organisation_id=row.organisation_id, user_id=user_id, side=side, mac=one, appointment_id=row.pk)
        for side, one in told
    )


def taken(row: Appointment, user_id: int, client: Collection[bytes], others: Collection[bytes]) -> None:
    """By this advocate; whoever was written into the file since it was asked stands there as well."""
    unmark(row)
    mark(row, client, others, user_id=user_id)


def unmark(row: Appointment) -> None:
    """It was not taken: the office never stood there."""
    _inside_a_command()
    OfficeMark.objects.filter(appointment_id=row.pk).delete()


def _digests(person_ids: Collection[UUID]) -> frozenset[bytes]:
    return identifiers.digests_of(person_ids) | {mac(Kind.REACHED, f"person {one}") for one in person_ids}


def _inside_a_command() -> None:
    if not commands.inside():
        raise AccessDenied("legalaid.outside_a_command")
