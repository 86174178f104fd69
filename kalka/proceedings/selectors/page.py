"""The page of the proceedings of a case, and the page of one of them."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.core.actors import Actor
from kalka.core.permissions import Permission
from kalka.core.timeline import TimelineItem
from kalka.people import selectors as people
from kalka.people.selectors import PersonRef
from kalka.proceedings import happened
from kalka.proceedings.lines import CustodyLine, ProceedingLine, WeaponLine, custodies, proceedings, weapons
from kalka.proceedings.models import Custody, Proceeding, WeaponCheck
from kalka.proceedings.numbers import numbers_of
from kalka.proceedings.selectors.proceedings import alleged, get_proceeding
from kalka.vault.classes import Klass


@dataclass(frozen=True, slots=True)
class CasePage:
    """`people` are those said to have done it, by sex and age alone."""

    ref: str
    proceedings: tuple[ProceedingLine, ...]
    custody: tuple[CustodyLine, ...]
    weapons: tuple[WeaponLine, ...]
    people: dict[UUID, PersonRef]
    alleged: frozenset[UUID]
    may_keep: bool
    may_tell: bool
    may_cross: bool  # look at the person across cases


@dataclass(frozen=True, slots=True)
class ProceedingPage:
    line: ProceedingLine
    person: PersonRef | None
    numbers: tuple[tuple[str, str], ...] = field(repr=False)
    past: tuple[TimelineItem, ...] = field(repr=False)
    may_keep: bool


def case_page(actor: Actor, ref: str, *, now: datetime) -> CasePage:
    """Codes and days; nothing sealed is opened."""
    case = cases.get_case(actor, ref, now=now)
    mine = {"subject_id": case.subject_id}
    told = access.visible(actor, Proceeding.objects.filter(**mine), now=now).order_by("-on", "id")
    kept = access.visible(actor, Custody.objects.filter(**mine), now=now).order_by("-begun_at", "id")
    asked = access.visible(actor, WeaponCheck.objects.filter(**mine), now=now).order_by("-on", "-recorded_at", "id")
    return CasePage(
        ref=case.ref,
        proceedings=proceedings(told),
        custody=custodies(kept),
        weapons=weapons(asked),
        people=people.codes(actor, case.subject_id, now=now),
        alleged=alleged(actor, case.subject_id, now=now),
        may_keep=actor.may(Permission.PROCEEDING_KEEP),
        may_tell=actor.may(Permission.CUSTODY_TELL),
        may_cross=actor.may(Permission.PERPETRATOR_READ),
    )


def proceeding_page(actor: Actor, ref: str, proceeding_id: UUID, *, now: datetime) -> ProceedingPage:
    """With its numbers and what was told. Leaves the read entry `proceedings.page`."""
    row = get_proceeding(actor, ref, proceeding_id, now=now)
    keys = access.unlock(
        actor, [row.subject_id], what="proceedings.page", now=now, klasses=[Klass.IDENTITY, Klass.NARRATIVE]
    )
    line = proceedings([row])[0]
    past = happened.of_proceedings([row], keys)
    return ProceedingPage(
        line=line,
        person=people.codes(actor, row.subject_id, now=now).get(row.person_id),
        numbers=tuple(numbers_of([row.pk], keys).get(row.pk, ())),
        past=tuple(sorted(past, key=lambda item: item.at, reverse=True)),
        may_keep=actor.may(Permission.PROCEEDING_KEEP),
    )
