from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.cases import effects, labels
from kalka.cases.models import Case, Consent, ConsentWithdrawn, Participant
from kalka.cases.rules import Cast, Part
from kalka.cases.selectors.cases import cast_of, get_case
from kalka.core import clock, sight
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.refs import read_ref


@dataclass(frozen=True, slots=True)
class Agreement:
    """A consent that runs, by whoever may give it."""

    id: UUID
    subject_id: UUID
    organisation_id: int
    given_by: UUID


def require_consent(actor: Actor, case_ref: str, *, organisation_id: int, purpose: str, now: datetime) -> Consent:
    """The running consent to tell this organisation for this purpose. Refuses with `cases.no_consent`.

    A consent by somebody who is by now said to have done it counts for nothing.
    """
    case = get_case(actor, case_ref, now=now)
    cast = cast_of(actor, case.subject_id, now=now)
    rows = Consent.objects.filter(case=case, organisation=organisation_id, purpose=purpose)
    for consent in rows.running(clock.day_of(now)).order_by("-until"):
        if cast.may_speak(consent.given_by_id):
            return consent
    raise DomainError("cases.no_consent", purpose=labels.label(labels.PURPOSES, purpose), organisation=organisation_id)


def agreed(
    actor: Actor, case_ref: str, *, organisation_id: int, purpose: str, now: datetime
) -> tuple[UUID, UUID] | None:
    """As `require_consent`, for whoever knows the case by its code alone: its subject and the consent, or None.

    Whoever was not let know of the case at all learns nothing: None as well.
    """
    found = agreed_with(actor, case_ref, purpose=purpose, now=now)
    return next(((one.subject_id, one.id) for one in found if one.organisation_id == organisation_id), None)


def agreed_with(actor: Actor, case_ref: str, *, purpose: str, now: datetime) -> list[Agreement]:
    """Every organisation that may be told for this purpose today, the longest consent first. For whom: as `agreed`."""
    cases = Case.objects.filter(ref=read_ref(case_ref))
    case = access.visible(actor, cases, now=now, scope=Scope.DUTIES).first()
    if case is None:
        return []
    rows = Consent.objects.filter(case=case, purpose=purpose)
    with sight.beyond():  # who plays which part is shown to nobody here
        parts = Participant.objects.filter(subject_id=case.subject_id).values_list("person", "part")
        cast = Cast(frozenset((person, Part(part)) for person, part in parts))
        found = list(rows.running(clock.day_of(now)).order_by("-until", "pk"))
    return [
        Agreement(one.pk, one.subject_id, one.organisation_id, one.given_by_id)
        for one in found
        if cast.may_speak(one.given_by_id)
    ]


def get_consent(actor: Actor, case_ref: str, consent_id: UUID, *, now: datetime) -> Consent:
    case = get_case(actor, case_ref, now=now)
    consent = Consent.objects.filter(case=case, pk=consent_id).first()
    if consent is None:
        raise AccessDenied("cases.unknown")
    return consent


def running_consents(actor: Actor, subject_id: UUID, *, on: date, now: datetime) -> list[Consent]:
    rows = Consent.objects.filter(subject_id=subject_id).running(on).order_by("until", "id")
    return list(access.visible(actor, rows, now=now))


def is_withdrawn(actor: Actor, consent: Consent) -> bool:
    return ConsentWithdrawn.objects.filter(consent=consent).exists()


def still_open(actor: Actor, consents: Collection[tuple[UUID, UUID]], *, now: datetime) -> frozenset[UUID]:
    """Which of these consents, each with its subject, still show something to somebody at this moment.

    Read off what they opened, so that what is withdrawn is over with the next question, whoever asks.
    """
    if not consents:
        return frozenset()
    subjects = {subject_id for subject_id, _consent in consents}
    running = access.running_whys(subjects, begins=effects.CONSENT, now=now)
    return frozenset(id for subject_id, id in consents if (subject_id, effects.consent_why(id)) in running)
