"""Pages of help that two people open at once, and what each is about. As in `stale`."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from kalka.access import services as access
from kalka.cases import services as cases
from kalka.cases.rules import NewConsent
from kalka.core import clock
from kalka.core.actors import SYSTEM, Actor, post_holder
from kalka.core.errors import Stale
from kalka.core.refs import new_id
from kalka.findings import services as findings
from kalka.findings.rules import NewSchool
from kalka.guide import services as guide
from kalka.guide.models import Service
from kalka.guide.rules import NewService as Offered
from kalka.legalaid import services as legalaid
from kalka.legalaid.rules import NewRequest
from kalka.referrals import services as referrals
from kalka.referrals.models import Conference, Decision, Need
from kalka.referrals.rules.conferences import NewConference, NewDecision, NewMinutes
from kalka.referrals.rules.needs import NewIntake, NewNeed
from kalka.referrals.rules.referral import NewReferral
from kalka.referrals.rules.tracks import NewTrack
from kalka.shelters import selectors as shelters
from kalka.shelters import services as sheltering
from kalka.shelters.models import Hold, Place, Shelter, Stay
from kalka.shelters.rules import NewHold, NewStay, Wish
from kalka.support import services as support
from kalka.support.models import Goal
from kalka.support.rules import HELP, NewAction, NewService, NewWithout
from tests.matrix.world import World, step
from tests.security.stale import CASE_WORKERS, Parts, Two, day_in

NARYN = "41704000000000"
KEEPERS = ("shelter_worker", "crisis_worker")
LONG = "анан эч кандай кабар болгон жок"


def tabs(role: str) -> tuple[str, str]:
    return (role, role)


def by(world: World, role: str) -> Actor:
    return world.members[role].actor


def told(world: World) -> dict[str, Any]:
    """What every command in the own case is given."""
    return {"id": new_id(), "case_ref": str(world.bundles["own"].parts["ref"]), "now": clock.now()}


def her(world: World) -> UUID:
    return UUID(str(world.bundles["own"].parts["person"]))


def colleague(world: World, role: str) -> Actor:
    """In the team from now on."""
    with suppress(Stale):
        cases.add_member(by(world, "social_worker"), post_id=by(world, role).post_id or 0, **told(world))
    return by(world, role)


def words(text: str) -> dict[str, str]:
    return {"ky": text, "ru": text}


def offered(world: World, role: str, *needs: str) -> Service:
    """By the organisation of somebody; by one that is only called without a role."""
    organisation, now = by(world, role).organisation_id if role else None, clock.now()
    ministry = by(world, "ministry_coordinator")
    own = guide.add_provider(ministry, id=new_id(), name=words("Жардам"), organisation_id=organisation, now=now)
    lists = {"needs": needs, "serves": ("women",), "languages": ("ky",), "areas": (NARYN,), "phones": ("5200",)}
    entry = Offered(name=words("Жардам"), about=words("Сүйлөшүү"), always=True, **lists)
    return guide.add_service(ministry, id=new_id(), provider_id=own.pk, told=entry, now=now)


def an_entry(world: World) -> Parts:
    return {"service_id": offered(world, "social_worker", "social").pk}


def a_need(world: World, code: str = "work") -> Need:
    referrals.note_needs(by(world, "social_worker"), told=NewIntake((NewNeed(code),)), **told(world))
    return Need.objects.get(case_ref=told(world)["case_ref"], code=code)


def something_asked(world: World, role: str = "") -> Parts:
    """A referral; to an organisation that is only called, unless somebody of it is named."""
    need = a_need(world, "psychological")
    service = offered(world, role, "psychological")
    given = {"given_by": her(world), "until": clock.day_of(clock.now()) + 60 * clock.DAY}
    new = NewReferral(service_id=service.pk, warm="call", handed="Эртең менен чалыңыз", **given)
    sent = referrals.refer(by(world, "social_worker"), need_id=need.pk, told=new, **told(world))
    return {"referral": sent.pk, "step": "accepted" if role else "withdrawn"}


def called(world: World) -> Conference:
    guest = colleague(world, "psychologist")
    new = NewConference(at=clock.now() + clock.DAY, posts=(guest.post_id or 0,))
    return referrals.call_conference(by(world, "social_worker"), told=new, **told(world))


def decided(world: World) -> Parts:
    held, owner = called(world), by(world, "psychologist").post_id or 0
    decision = NewDecision(owner, clock.day_of(clock.now()) + 3 * clock.DAY, "Чалат")
    minutes = NewMinutes((owner,), "Сүйлөштүк", "", (decision,))
    referrals.write_minutes(by(world, "social_worker"), conference_id=held.pk, told=minutes, **told(world))
    return {"decision": Decision.objects.get(conference=held).pk}


def a_track(world: World) -> Parts:
    begun = referrals.begin_track(by(world, "social_worker"), told=NewTrack("trafficking"), **told(world))
    return {"track": begun.pk, "number": 1}


def a_goal(world: World) -> Goal:
    return support.add_goal(by(world, "social_worker"), area="home", words="Өзүнчө жашагым келет", **told(world))


def an_action(world: World) -> Parts:
    owner = colleague(world, "psychologist").post_id or 0
    new = NewAction(owner=owner, by=clock.day_of(clock.now()) + clock.DAY, what="Батир издөө")
    goal = a_goal(world)
    return {"action": support.add_action(by(world, "psychologist"), goal_id=goal.pk, told=new, **told(world)).pk}


def a_service(world: World) -> Parts:
    new = NewService(kind=next(iter(HELP)), minutes=30, on=clock.day_of(clock.now()))
    return {"service": support.give_service(by(world, "social_worker"), told=new, **told(world)).pk}


def nothing_of_hers(world: World) -> Parts:
    colleague(world, "window_coordinator")
    new = NewWithout("moved", f"Көчүп кетти, {LONG}")
    return {"without": support.explain_without(by(world, "social_worker"), told=new, **told(world)).pk}


def an_advocate_asked_for(world: World) -> Any:
    """With her consent to tell the office."""
    office = by(world, "lawyer").organisation_id or 0
    until = clock.day_of(clock.now()) + 60 * clock.DAY
    agreed = NewConsent(organisation_id=office, purpose="legal", given_by=her(world), until=until, scope="file")
    cases.give_consent(by(world, "social_worker"), told=agreed, **told(world))
    new = NewRequest(client=her(world), category="civil", ground="violence")
    return legalaid.request_aid(by(world, "social_worker"), told=new, **told(world))


def an_appointment(world: World) -> Any:
    request, office = an_advocate_asked_for(world), by(world, "lawyer").post_id or 0
    return legalaid.appoint(by(world, "social_worker"), request_id=request.pk, advocate=office, **told(world))


def an_appointment_taken(world: World) -> Parts:
    made, until = an_appointment(world), clock.day_of(clock.now()) + clock.DAY
    lawyer = by(world, "lawyer")
    legalaid.answer_appointment(lawyer, appointment_id=made.pk, accepted=True, until=until, **told(world))
    return {"request_id": made.request_id}


def a_day_in_a_village(world: World) -> Parts:
    lawyer, now = by(world, "lawyer"), clock.now()
    village = by(world, "social_worker").place
    return {"day": legalaid.plan_day(lawyer, id=new_id(), place=village, on=clock.day_of(now), now=now).pk}


def somebody_who_waits(world: World) -> Parts:
    post = colleague(world, "psychologist").post_id or 0
    worker = by(world, "social_worker")
    return {"waiting": legalaid.put_on_list(worker, psychologist=post, urgency="week", **told(world)).pk}


def a_group(world: World) -> Parts:
    now = clock.now()
    leading = by(world, "psychologist")
    legalaid.begin_group(leading, id=new_id(), circle="women", seats=8, since=clock.day_of(now), now=now)
    return {}


def a_shelter(world: World) -> Shelter:
    keeper, now = by(world, "shelter_worker"), clock.now()
    house = sheltering.register_shelter(keeper, id=new_id(), name="Бешик", region=NARYN, now=now)
    for bed in (1, 2, 3):
        suits = ("woman", "children")
        sheltering.add_place(keeper, id=new_id(), shelter_id=house.pk, room=1, bed=bed, suits=suits, now=now)
    return house


def a_place(world: World) -> Place:
    return Place.objects.filter(shelter=a_shelter(world)).earliest("bed")


def a_place_held(world: World) -> Hold:
    a_shelter(world)
    asker, now = by(world, "social_worker"), clock.now()
    area = next(one.code for one in shelters.network(asker, now=now) if one.free)
    return sheltering.hold_place(asker, id=new_id(), told=NewHold(area, Wish("woman")), now=now)


def somebody_staying(world: World) -> Stay:
    bed, now = a_place(world), clock.now()
    new = NewStay(bed.pk, "f", "25-34", clock.day_of(now) + 14 * clock.DAY)
    return sheltering.take_in(by(world, "shelter_worker"), id=new_id(), told=new, now=now)


def a_child_reported(world: World) -> Parts:
    teacher, guard = by(world, "educator"), by(world, "child_protection")
    known = told(world)
    lists = {"signs": ("told",), "case_ref": known["case_ref"], "told": "Атам апамды урду"}
    new = NewSchool(place=teacher.place, sex="f", age_band="7-13", **lists)
    file = findings.report_child(teacher, id=new_id(), told=new, now=known["now"]).subject_id
    holder = post_holder(guard.post_id or 0)
    step(SYSTEM, do=lambda: access.grant(file, holder, why="stale", now=known["now"]))
    return {"finding": file}


def of(name: str, make: Any) -> Any:
    return lambda world: {name: make(world).pk}


DECIDED = ("what{}", "owner{}", "by{}_day", "by{}_month", "by{}_year")
MINUTES: Parts = {name.format(number): "" for name in DECIDED for number in range(5)} | {"came": []}
WANTED = {"needs": ["documents"], "refused": [], "urgent": []}
OPEN_WEEKDAYS = {"always": [], "hours": "1-5 09:00-18:00", "phones": "5200"}
OVERTAKEN: dict[str, Two] = {
    "findings:withdraw": Two(tabs("child_protection"), there=a_child_reported),
    "guide:change": Two(tabs("social_worker"), OPEN_WEEKDAYS, again=True, there=an_entry),
    "legalaid:answer": Two(
        tabs("lawyer"), {"accepted": "yes", **day_in("until", 9)}, there=of("appointment", an_appointment)
    ),
    "legalaid:appoint": Two(CASE_WORKERS, there=of("request_id", an_advocate_asked_for)),
    "legalaid:day": Two(tabs("lawyer"), there=a_day_in_a_village),
    "legalaid:day_new": Two(tabs("lawyer"), day_in("on", 5)),
    "legalaid:join": Two(tabs("psychologist"), there=a_group),
    "legalaid:leave": Two(tabs("psychologist"), there=somebody_who_waits),
    "legalaid:result": Two(tabs("lawyer"), there=an_appointment_taken),
    "legalaid:wait": Two(CASE_WORKERS, there=lambda world: {"": colleague(world, "psychologist")}),
    "referrals:choose": Two(CASE_WORKERS, again=True, there=of("need", a_need)),
    "referrals:decision": Two(tabs("psychologist"), there=decided),
    "referrals:minutes": Two(CASE_WORKERS, MINUTES, there=of("conference", called)),
    "referrals:needs": Two(CASE_WORKERS, WANTED),
    "referrals:refer": Two(
        CASE_WORKERS, there=lambda world: {"need": a_need(world).pk, "service": offered(world, "", "work").pk}
    ),
    "referrals:reply": Two(KEEPERS, there=lambda world: something_asked(world, "crisis_worker")),
    "referrals:step": Two(CASE_WORKERS, there=something_asked),
    "referrals:track_new": Two(CASE_WORKERS, {"kind": "trafficking"}),
    "referrals:track_step": Two(CASE_WORKERS, again=True, there=a_track),
    "shelters:arrive": Two(KEEPERS, there=of("", a_shelter)),
    "shelters:arrive_held": Two(KEEPERS, there=of("hold", a_place_held)),
    "shelters:depart": Two(KEEPERS, there=of("stay", somebody_staying)),
    "shelters:extend": Two(
        KEEPERS, day_in("due_on", 40), day_in("due_on", 60), again=True, there=of("stay", somebody_staying)
    ),
    "shelters:held": Two(tabs("social_worker"), there=of("hold", a_place_held)),
    "shelters:move": Two(KEEPERS, there=of("stay", somebody_staying)),
    "shelters:place": Two(KEEPERS, {"do": "close"}, there=of("place", a_place)),
    "shelters:rules": Two(KEEPERS, again=True, there=of("shelter", a_shelter)),
    "support:action": Two(CASE_WORKERS, there=an_action),
    "support:end_goal": Two(CASE_WORKERS, there=of("goal", a_goal)),
    "support:safety": Two(CASE_WORKERS, again=True),
    "support:second": Two(tabs("window_coordinator"), there=nothing_of_hers),
    "support:void": Two(tabs("social_worker"), there=a_service),
    "support:without": Two(
        CASE_WORKERS,
        {"reason": "moved", "told": f"Биринчи сөз, {LONG}"},
        {"reason": "moved", "told": f"Экинчи сөз, {LONG}"},
        there=lambda world: {"": colleague(world, "psychologist")},
    ),
}
