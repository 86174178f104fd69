"""Pages of help that two people open at once; and what each is about, where the world has none that fits."""

from contextlib import suppress
from typing import Any

from kalka.cases import services as cases
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.errors import Stale
from kalka.core.refs import new_id
from kalka.guide import services as guide
from kalka.guide.models import Service
from kalka.guide.rules import NewService as Offered
from kalka.legalaid import services as legalaid
from kalka.legalaid.rules import NewRequest
from kalka.referrals import services as referrals
from kalka.referrals.models import Conference, Need
from kalka.referrals.rules.conferences import NewConference
from kalka.referrals.rules.needs import NewIntake, NewNeed
from kalka.shelters import services as sheltering
from kalka.shelters.models import Place, Shelter, Stay
from kalka.shelters.rules import NewStay
from kalka.support import services as support
from kalka.support.models import Goal
from tests.matrix.helping import NARYN
from tests.matrix.world import World
from tests.security.stale import CASE_WORKERS, POLICE, Parts, Two, day_in

KEEPERS = ("shelter_worker", "crisis_worker")
LONG = "анан эч кандай кабар болгон жок"


def until(days: int) -> Parts:
    """A release that is planned."""
    return {"what": "planned", "until_time": "10:00", **day_in("until", days)}


def tabs(role: str) -> tuple[str, str]:
    return (role, role)


def by(world: World, role: str) -> Actor:
    return world.members[role].actor


def own(world: World, part: str) -> Any:
    return world.bundles["own"].parts[part]


def told(world: World) -> dict[str, Any]:
    """What every command in the own case is given."""
    return {"id": new_id(), "case_ref": str(own(world, "ref")), "now": clock.now()}


def colleague(world: World, role: str) -> Actor:
    """In the team from now on."""
    with suppress(Stale):
        cases.add_member(by(world, "social_worker"), post_id=by(world, role).post_id or 0, **told(world))
    return by(world, role)


def a_line(world: World) -> Service:
    """That is only called."""
    name, now = {"ky": "Ыкчам линия", "ru": "Линия"}, clock.now()
    ministry = by(world, "ministry_coordinator")
    kept = guide.add_provider(ministry, id=new_id(), name=name, now=now)
    lists = {"needs": ("work",), "serves": ("women",), "languages": ("ky",), "areas": (NARYN,), "phones": ("5200",)}
    entry = Offered(name=name, about=name, always=True, **lists)
    return guide.add_service(ministry, id=new_id(), provider_id=kept.pk, told=entry, now=now)


def somebody_to_ask(world: World) -> Parts:
    referrals.note_needs(by(world, "social_worker"), told=NewIntake((NewNeed("work"),)), **told(world))
    need = Need.objects.get(case_ref=own(world, "ref"), code="work")
    return {"need": need.pk, "referrals:refer service": a_line(world).pk}


def called(world: World) -> Conference:
    guest = colleague(world, "psychologist")
    new = NewConference(at=clock.now() + clock.DAY, posts=(guest.post_id or 0,))
    return referrals.call_conference(by(world, "social_worker"), told=new, **told(world))


def a_goal(world: World) -> Goal:
    return support.add_goal(by(world, "social_worker"), area="home", words="Өзүнчө жашагым келет", **told(world))


def nobody_asked_any_more(world: World) -> Parts:
    """The second person did not agree: it can be asked anew."""
    other = by(world, "window_coordinator")
    support.decide_without(other, without_id=own(world, "without"), agreed=False, **told(world))
    return {}


def an_advocate_asked_for(world: World) -> Any:
    new = NewRequest(client=own(world, "person"), category="civil", ground="violence")
    return legalaid.request_aid(by(world, "social_worker"), told=new, **told(world))


def an_appointment_taken(world: World) -> Parts:
    until = clock.day_of(clock.now()) + clock.DAY
    given = {"appointment_id": own(world, "appointment"), "accepted": True, "until": until}
    legalaid.answer_appointment(by(world, "lawyer"), **given, **told(world))
    return {}


def nobody_who_waits(world: World) -> Parts:
    legalaid.leave_list(by(world, "psychologist"), waiting_id=own(world, "waiting"), how="elsewhere", **told(world))
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


def somebody_staying(world: World) -> Stay:
    bed, now = a_place(world), clock.now()
    new = NewStay(bed.pk, "f", "25-34", clock.day_of(now) + 14 * clock.DAY)
    return sheltering.take_in(by(world, "shelter_worker"), id=new_id(), told=new, now=now)


def of(name: str, make: Any) -> Any:
    return lambda world: {name: make(world).pk}


DECIDED = ("what{}", "owner{}", "by{}_day", "by{}_month", "by{}_year")
MINUTES: Parts = {name.format(number): "" for name in DECIDED for number in range(5)} | {"came": []}
WANTED = {"needs": ["documents"], "refused": [], "urgent": []}
OPEN_WEEKDAYS = {"always": [], "hours": "1-5 09:00-18:00", "phones": "5200"}
AGREED = {"accepted": "yes", **day_in("until", 9)}
SAID = {"reason": "moved", "told": f"Биринчи сөз, {LONG}"}
OVERTAKEN: dict[str, Two] = {
    "complaints:paper": Two(tabs("supervising_officer"), {"how": "granted"}),
    "findings:withdraw": Two(tabs("child_protection")),
    "guide:change": Two(tabs("crisis_worker"), OPEN_WEEKDAYS, again=True),
    "legalaid:answer": Two(tabs("lawyer"), AGREED),
    "legalaid:appoint": Two(CASE_WORKERS, there=of("request_id", an_advocate_asked_for)),
    "legalaid:day": Two(tabs("lawyer")),
    "legalaid:day_new": Two(tabs("lawyer"), day_in("on", 5)),
    "legalaid:join": Two(tabs("psychologist")),
    "legalaid:leave": Two(tabs("psychologist")),
    "legalaid:result": Two(tabs("lawyer"), there=an_appointment_taken),
    "legalaid:withdraw": Two(CASE_WORKERS, there=of("request_id", an_advocate_asked_for)),
    "legalaid:wait": Two(CASE_WORKERS, there=nobody_who_waits),
    "referrals:choose": Two(CASE_WORKERS, again=True),
    "referrals:decision": Two(tabs("police_inspector")),
    "proceedings:end": Two(POLICE, {"how": "acquitted", **day_in("on")}, again=True),
    "proceedings:release": Two(POLICE, until(5), until(9), again=True),
    "referrals:minutes": Two(CASE_WORKERS, MINUTES, there=of("conference", called)),
    "referrals:needs": Two(CASE_WORKERS, WANTED),
    "referrals:refer": Two(CASE_WORKERS, there=somebody_to_ask),
    "referrals:reply": Two(KEEPERS),
    "referrals:step": Two(CASE_WORKERS),
    "referrals:track_new": Two(CASE_WORKERS, {"kind": "trafficking"}),
    "referrals:track_step": Two(CASE_WORKERS, again=True),
    "shelters:arrive": Two(KEEPERS, there=of("", a_shelter)),
    "shelters:arrive_held": Two(KEEPERS),
    "shelters:depart": Two(KEEPERS),
    "shelters:extend": Two(KEEPERS, day_in("due_on", 40), day_in("due_on", 60), again=True),
    "shelters:held": Two(tabs("social_worker")),
    "shelters:move": Two(KEEPERS, there=of("stay", somebody_staying)),
    "shelters:place": Two(KEEPERS, {"do": "close"}, there=of("place", a_place)),
    "shelters:rules": Two(KEEPERS, again=True),
    "support:action": Two(CASE_WORKERS),
    "support:end_goal": Two(CASE_WORKERS, there=of("goal", a_goal)),
    "support:safety": Two(CASE_WORKERS, again=True),
    "support:second": Two(tabs("window_coordinator")),
    "support:void": Two(tabs("social_worker")),
    "support:without": Two(CASE_WORKERS, SAID, {**SAID, "told": f"Экинчи сөз, {LONG}"}, there=nobody_asked_any_more),
}
