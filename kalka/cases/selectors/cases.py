"""One case, and who may be asked in it."""

from collections.abc import Collection
from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import Q

from kalka.access import selectors as access
from kalka.access import sets
from kalka.access.rules import Scope
from kalka.cases.models import Case, Participant, StageChange
from kalka.cases.rules import Cast, Part, Stage
from kalka.core import sight
from kalka.core.actors import Actor
from kalka.core.blockers import Blocker
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.core.refs import read_ref


def get_case(actor: Actor, ref: str, *, now: datetime, scope: Scope = Scope.FILE) -> Case:
    """The case with `stage` and `stage_number`. AccessDenied for what does not exist and for what is not shown."""
    cases = Case.objects.staged().filter(ref=read_ref(ref))
    found = access.visible(actor, cases, now=now, scope=scope).first()
    if found is None:
        raise AccessDenied("cases.unknown")
    return found


def knows(actor: Actor, ref: str, *, now: datetime, scope: Scope = Scope.FILE) -> bool:
    return access.visible(actor, Case.objects.filter(ref=read_ref(ref)), now=now, scope=scope).exists()


def is_there(actor: Actor, id: UUID) -> bool:
    """Whether the actor opened a case under this id."""
    with sight.beyond():
        return Case.objects.filter(pk=id, author_id=actor.user_id).exists()


def case_of(actor: Actor, subject_id: UUID, *, now: datetime, scope: Scope = Scope.FILE) -> Case:
    """As `get_case`, for a subject another module holds."""
    cases = Case.objects.staged().filter(subject_id=subject_id)
    found = access.visible(actor, cases, now=now, scope=scope).first()
    if found is None:
        raise AccessDenied("cases.unknown")
    return found


def refs(actor: Actor, subject_ids: set[UUID], *, now: datetime, scope: Scope = Scope.DUTIES) -> dict[UUID, str]:
    """The references of those subjects that are cases the actor may know of."""
    cases = access.visible(actor, Case.objects.filter(subject_id__in=subject_ids), now=now, scope=scope)
    return dict(cases.values_list("subject_id", "ref"))


def case_of_report(actor: Actor, report_id: UUID, *, now: datetime) -> Case | None:
    """The case a report was taken into, where the actor may see it."""
    return access.visible(actor, Case.objects.staged().filter(report=report_id), now=now).first()


def cast_of(actor: Actor, subject_id: UUID, *, now: datetime) -> Cast:
    """Who plays which part: what `Cast.may_speak` decides on."""
    rows = access.visible(actor, Participant.objects.filter(subject_id=subject_id), now=now)
    return Cast(frozenset((person, Part(part)) for person, part in rows.values_list("person", "part")))


def alleged_relations(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[str, ...]:
    """What those said to have done it are to the protected person, as codes of `people.relations`."""
    rows = Participant.objects.filter(subject_id=subject_id, part=Part.ALLEGED).order_by("recorded_at", "id")
    return tuple(access.visible(actor, rows, now=now).values_list("relation", flat=True))


def speakers(actor: Actor, subject_id: UUID, *, now: datetime) -> frozenset[UUID]:
    """Persons who may consent, be told and look: never somebody said to have done it."""
    cast = cast_of(actor, subject_id, now=now)
    asked = cast.persons(Part.PROTECTED) | cast.persons(Part.GUARDIAN)
    return frozenset(person for person in asked if cast.may_speak(person))


def protected_person(actor: Actor, subject_id: UUID, *, now: datetime) -> UUID | None:
    """None while nobody was written down yet."""
    rows = Participant.objects.filter(subject_id=subject_id, part=Part.PROTECTED)
    return access.visible(actor, rows, now=now).values_list("person", flat=True).first()


def open_since(actor: Actor, subject_id: UUID, *, now: datetime) -> datetime:
    """The moment the case was last closed, for what must have been said since; the beginning of time where never."""
    rows = StageChange.objects.filter(subject_id=subject_id, stage=Stage.CLOSED).order_by("-number")
    closed = access.visible(actor, rows, now=now).values_list("recorded_at", flat=True).first()
    return closed or datetime.min.replace(tzinfo=UTC)


def closed_of(actor: Actor, case_ids: Collection[UUID]) -> frozenset[UUID]:
    """Which of these cases are closed. Asked by the installation alone."""
    if not actor.may(Permission.SYSTEM):
        raise AccessDenied("core.not_permitted")
    closed = Q(stage=Stage.CLOSED)
    return frozenset(Case.objects.staged().filter(closed, pk__in=case_ids).values_list("pk", flat=True))


def placed(actor: Actor, subject_ids: Collection[UUID]) -> dict[UUID, tuple[UUID, str, str]]:
    """Id, code and place of these cases, also of closed ones. Asked by the installation alone."""
    if not actor.may(Permission.SYSTEM):
        raise AccessDenied("core.not_permitted")
    rows = Case.objects.filter(subject_id__in=subject_ids).values_list("subject_id", "pk", "ref", "place")
    return {subject: (pk, ref, place) for subject, pk, ref, place in rows}


def open_work(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[Blocker, ...]:
    """A case is not closed before it says whom it protects, if only without a name."""
    if protected_person(actor, subject_id, now=now) is None:
        return (Blocker("cases.nobody_protected"),)
    return ()


def planted(actor: Actor, *, now: datetime) -> tuple[tuple[str, str, date], ...]:
    """The files that are nobody's: reference, place, day; for the auditor alone."""
    if not actor.may(Permission.ALARM_READ):
        raise AccessDenied("core.not_permitted")
    rows = Case.objects.filter(subject_id__in=sets.subjects(sets.BAIT)).order_by("-opened_on", "ref")
    with sight.beyond():
        return tuple(rows.values_list("ref", "place", "opened_on"))
