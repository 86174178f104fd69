from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.cases import effects, labels
from kalka.cases.models import Consent, ConsentWithdrawn
from kalka.cases.selectors.cases import cast_of, get_case
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied, DomainError


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
