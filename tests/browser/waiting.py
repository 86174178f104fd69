"""Files of their own for the days of the window and of the crisis centre: one a screen, so that none meets another's
work. Somebody was asked for help three days ago and did not answer; somebody has only just come."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from kalka.cases import selectors as cases
from kalka.cases import services as case_steps
from kalka.core.actors import SYSTEM
from kalka.core.clock import day_of
from kalka.core.refs import new_id, show_ref
from kalka.people.rules import NewPerson
from kalka.referrals import services as referrals
from kalka.referrals.models import Need
from kalka.referrals.rules.needs import NewIntake, NewNeed
from kalka.referrals.rules.referral import NewReferral

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SHE = NewPerson(sex="f", band="25-34")
SCREENS = ("phone", "desk")


def waiting(town: Any, opened: Any, made: dict[str, str]) -> dict[str, Any]:
    """The codes of both kinds, by the screen they are for. `made`: what helping.py left."""
    late = {screen: _unanswered(town, opened(town, town.now - 4 * DAY, SHE), made) for screen in SCREENS}
    referrals.chase(SYSTEM, now=town.now - HOUR)  # as the installation does by itself
    return {"late": late, "new": {screen: _just_came(town, opened) for screen in SCREENS}}


def _unanswered(town: Any, case: Any, made: dict[str, str]) -> str:
    by, then, ref = town.koordinator, town.now - 3 * DAY, case.ref
    told = NewIntake((NewNeed("psychological"), NewNeed("documents")), told="Түнкүсүн коркпой уктасам.")
    referrals.note_needs(by, id=new_id(), case_ref=ref, told=told, now=then)
    handed = NewReferral(
        service_id=UUID(made["offer_centre"]),
        warm="call",
        handed="Түштөн кийин гана чалыңыз.",
        given_by=cases.protected_person(by, case.subject_id, now=then),
        until=day_of(town.now) + 90 * DAY,
    )
    need = Need.objects.get(case=case, code="psychological")
    referrals.refer(by, id=new_id(), case_ref=ref, need_id=need.pk, told=handed, now=then)
    return show_ref(ref)


def _just_came(town: Any, opened: Any) -> str:
    """The crisis centre works on it; a bed of the shelter is free for her."""
    case = opened(town, town.now - 5 * HOUR, SHE)
    crisis = town.kriziz.post_id
    case_steps.add_member(town.sotsial, id=new_id(), case_ref=case.ref, post_id=crisis, now=town.now - 3 * HOUR)
    return show_ref(case.ref)
