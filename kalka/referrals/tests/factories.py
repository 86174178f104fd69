"""A case in a raion where somebody helps: a crisis centre that works here, a clinic, and a line that is only called."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kalka.cases.rules import NewConsent
from kalka.cases.services import withdraw_consent
from kalka.cases.tests import factories as cases
from kalka.core.actors import Actor, post_holder
from kalka.core.errors import DomainError
from kalka.core.models import AuditEntry
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.directory.roles import ROLES
from kalka.duties.models import Duty
from kalka.guide import services as guide
from kalka.guide.rules import NewLocation, NewService
from kalka.referrals import services
from kalka.referrals.models import (
    Carried,
    Chase,
    Choice,
    Conference,
    Decision,
    Intake,
    Minutes,
    Need,
    Referral,
    ReferralStep,
    Seat,
    Track,
    TrackStep,
)
from kalka.referrals.rules.conferences import NewConference, NewDecision, NewMinutes
from kalka.referrals.rules.needs import NewChoice, NewIntake, NewNeed
from kalka.referrals.rules.referral import NewReferral, NewStep
from kalka.referrals.rules.tracks import NewTrack, NewTrackStep
from tests.standing import stands

NOW, TODAY, DAY, HOUR = cases.NOW, cases.TODAY, cases.DAY, timedelta(hours=1)
HANDED = "Гүлнара деп кайрылыңыз. Эртең менен гана чалыңыз."
HER_WORDS = "Балдарым менен тынч уктай турган жер керек."
MODELS = (
    Intake,
    Need,
    Choice,
    Referral,
    ReferralStep,
    Chase,
    Track,
    TrackStep,
    Conference,
    Seat,
    Minutes,
    Decision,
    Carried,
    Duty,
)
MINISTRY = Actor(
    9_000_000, ROLES["ministry_coordinator"].permissions, (post_holder(0),), post_id=None, role="ministry_coordinator"
)


def words(text: str) -> dict[str, str]:
    return {"ky": text, "ru": text, "en": text}


@stands
def world() -> SimpleNamespace:
    made = cases.raion()
    made.clinic = cases.office("health", cases.RAION)
    made.doctor = cases.post("health_worker", place=cases.RAION, organisation=made.clinic)
    made.lead = cases.post("crisis_worker", place=cases.RAION, organisation=made.centre, leads=True)
    made.help = service("Психолог", ("psychological", "shelter"), made.centre.pk)
    made.care = service("Дарыгер", ("health", "postrape"), made.clinic.pk)
    made.line = service("Ыкчам линия", ("psychological",), None)
    made.case = cases.opened(made)
    made.she = cases.protected_of(made.case)
    return made


def service(name: str, needs: tuple[str, ...], organisation_id: int | None, *, area: str = cases.RAION):
    """What is offered everywhere in the raion, to women, with a telephone."""
    provider = guide.add_provider(
        MINISTRY, id=new_id(), name=words(f"{name} уюму"), organisation_id=organisation_id, now=NOW
    )
    told = NewService(
        name=words(name),
        about=words("Жардам берет"),
        needs=needs,
        serves=("women",),
        languages=("ky",),
        areas=(area,),
        phones=("5200",),
        always=True,
    )
    return guide.add_service(MINISTRY, id=new_id(), provider_id=provider.pk, told=told, now=NOW)


def at_location(provider_id, place: str = cases.RAION):
    told = NewLocation("physical", place, words("Борбордук көчө, 1"))
    return guide.add_location(MINISTRY, id=new_id(), provider_id=provider_id, told=told, now=NOW)


def asked(world, *codes: str, by=None, now=NOW, id=None, **said) -> dict[str, Need]:
    """Needs of the case, each wanted within days unless said otherwise."""
    told = NewIntake(needs=tuple(NewNeed(code, **said) for code in codes), told=HER_WORDS)
    if "postrape" in codes:
        told = replace(told, ago="h24")
    services.note_needs(by or world.inspector, id=id or new_id(), case_ref=world.case.ref, told=told, now=now)
    return {need.code: need for need in Need.objects.filter(case=world.case)}


def chosen(world, need, wish: str, *, now=NOW, told: str = "") -> Choice:
    return services.choose(
        world.inspector,
        id=new_id(),
        case_ref=world.case.ref,
        need_id=need.pk,
        told=NewChoice(wish, told),
        now=now,
    )


def told_of(world, service, **said) -> NewReferral:
    given = {"given_by": world.she, "until": TODAY + 90 * DAY} | said
    return NewReferral(service_id=service.pk, warm="call", handed=HANDED, **given)


def referred(world, need, service=None, *, by=None, now=NOW, id=None, **said) -> Referral:
    return services.refer(
        by or world.inspector,
        id=id or new_id(),
        case_ref=world.case.ref,
        need_id=need.pk,
        told=told_of(world, service or world.help, **said),
        now=now,
    )


def sent(world, code: str = "psychological", **said) -> Referral:
    """A need of the case, and the centre asked for it."""
    need = asked(world, code, urgency=said.pop("urgency", "days"))[code]
    return referred(world, need, **said)


def answered(world, referral, to: str, why: str = "", *, by=None, now=NOW, id=None, told: str = ""):
    return services.answer(
        by or world.psychologist, id=id or new_id(), referral_id=referral.pk, told=NewStep(to, why, told), now=now
    )


def noted(world, referral, to: str, why: str = "", *, by=None, now=NOW, id=None, told: str = ""):
    return services.note_step(
        by or world.inspector,
        id=id or new_id(),
        case_ref=world.case.ref,
        referral_id=referral.pk,
        told=NewStep(to, why, told),
        now=now,
    )


def unagreed(world, referral, *, now=NOW) -> None:
    """She takes her consent back."""
    withdraw_consent(world.inspector, id=new_id(), case_ref=world.case.ref, consent_id=referral.consent_id, now=now)


def consent_for(world, organisation, *, scope: str = "duties", purpose: str = "social") -> NewConsent:
    return NewConsent(
        organisation_id=organisation.pk, purpose=purpose, given_by=world.she, until=TODAY + 90 * DAY, scope=scope
    )


def track(world, kind: str = "sexual_violence", *, id=None, now=NOW, **said) -> Track:
    told = NewTrack(kind, **said)
    return services.begin_track(world.inspector, id=id or new_id(), case_ref=world.case.ref, told=told, now=now)


def track_step(world, track, number: int, outcome: str = "done", *, on=TODAY, told: str = "", now=NOW, id=None):
    return services.note_track_step(
        world.inspector,
        id=id or new_id(),
        case_ref=world.case.ref,
        track_id=track.pk,
        number=number,
        told=NewTrackStep(outcome, on, told),
        now=now,
    )


def called(world, *posts: Actor, at=None, now=NOW, id=None) -> Conference:
    told = NewConference(at=at or NOW + 30 * HOUR, posts=tuple(post.post_id for post in posts), where="Борбордо")
    return services.call_conference(world.inspector, id=id or new_id(), case_ref=world.case.ref, told=told, now=now)


def minutes(world, conference, *decisions: NewDecision, came=(), now=NOW + 31 * HOUR, id=None) -> Minutes:
    told = NewMinutes(
        tuple(post.post_id for post in came), "Ким эмне кылары сүйлөшүлдү", "Макулмун, бирок шашпайлы", decisions
    )
    return services.write_minutes(
        world.inspector, id=id or new_id(), case_ref=world.case.ref, conference_id=conference.pk, told=told, now=now
    )


def steps(referral) -> list[tuple[str, str]]:
    return list(ReferralStep.objects.filter(referral=referral).order_by("number").values_list("step", "why"))


def duties(world) -> dict[str, int]:
    """The standing duties of this module in the case, and whose they are."""
    standing = Duty.objects.standing().filter(subject_id=world.case.subject_id, kind__startswith="referral.")
    return dict(standing.values_list("kind", "assignee"))


def standing(world, kind: str, referral) -> Duty:
    about = f"{world.case.ref}/{referral.pk}"
    return Duty.objects.standing().get(subject_id=world.case.subject_id, kind=kind, about=about)


def refusal(do: Callable[[], object]) -> DomainError:
    """What was refused; nothing may have been written but the refusal."""
    before = [model.objects.count() for model in MODELS]
    with pytest.raises(DomainError) as refused:
        do()
    assert [model.objects.count() for model in MODELS] == before
    assert AuditEntry.objects.latest("id").refusal == refused.value.code
    return refused.value


def with_board(actor: Actor) -> Actor:
    return replace(actor, permissions=actor.permissions | {Permission.BOARD_READ})


def statements(do: Callable[[], object]) -> int:
    """How often the database is asked."""
    with CaptureQueriesContext(connection) as found:
        do()
    return len(found)
