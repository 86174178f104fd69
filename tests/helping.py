"""More of everything that helps, in the own file and beside it."""

from datetime import datetime
from typing import Any

from kalka.core import clock
from kalka.core.refs import new_id
from kalka.findings import services as findings
from kalka.findings.rules import NewFinding
from kalka.guide import services as guide
from kalka.guide.rules import NewService as Offered
from kalka.legalaid import services as legalaid
from kalka.legalaid.rules import NewRequest, NewSession
from kalka.referrals import services as referrals
from kalka.referrals.models import Need
from kalka.referrals.rules.conferences import NewConference
from kalka.referrals.rules.needs import PURPOSES, NewChoice, NewIntake, NewNeed
from kalka.referrals.rules.referral import NewReferral
from kalka.referrals.rules.tracks import NewTrackStep
from kalka.shelters import services as shelters
from kalka.shelters.rules import NewChild, NewStay
from kalka.support import services as support
from kalka.support.rules import NewAction, NewAid, NewContact, NewService, NewWord
from tests.matrix.helping import NARYN
from tests.matrix.world import World

Parts = dict[str, Any]


def more_help(world: World, number: int, at: datetime) -> None:
    parts, by = world.bundles["own"].parts, {role: one.actor for role, one in world.members.items()}
    same = {"case_ref": parts["ref"], "now": at}
    asked(by, parts, same)
    planned(by, parts, same)
    sheltered(by, parts, at, bed=3 + len(Need.objects.filter(case_ref=parts["ref"])))
    told = NewFinding(by["social_worker"].place, "no", None, str(parts["ref"]), told=f"Колунда көгала {number}")
    findings.write_finding(by["health_worker"], id=new_id(), told=told, now=at)


def asked(by: Parts, parts: Parts, same: Parts) -> None:
    """One need more, with somebody asked for it; her word, a step, a conference."""
    worker, ref = by["social_worker"], str(parts["ref"])
    there = set(Need.objects.filter(case_ref=ref).values_list("code", flat=True))
    code = next(one for one in PURPOSES if one not in there and one != "postrape")
    referrals.note_needs(worker, id=new_id(), told=NewIntake((NewNeed(code),), told="Керек"), **same)
    need, name = Need.objects.get(case_ref=ref, code=code), {"ky": "Линия", "ru": "Линия"}
    ministry, at = by["ministry_coordinator"], same["now"]
    line = guide.add_provider(ministry, id=new_id(), name=name, now=at)
    lists = {"needs": (code,), "serves": ("women",), "languages": ("ky",), "areas": (NARYN,), "phones": ("5200",)}
    entry = Offered(name=name, about=name, always=True, **lists)
    service = guide.add_service(ministry, id=new_id(), provider_id=line.pk, told=entry, now=at)
    sent = NewReferral(service_id=service.pk, warm="call", handed="Чалыңыз", given_by=parts["person"])
    referrals.refer(worker, id=new_id(), need_id=need.pk, told=sent, **same)
    referrals.choose(worker, id=new_id(), need_id=parts["need"], told=NewChoice("wants", "Ооба"), **same)
    step = NewTrackStep("not_possible", clock.day_of(at), "Жол жабык")
    referrals.note_track_step(worker, id=new_id(), track_id=parts["track"], number=2, told=step, **same)
    new = NewConference(at + clock.DAY, (by["police_inspector"].post_id,))
    referrals.call_conference(worker, id=new_id(), told=new, **same)


def planned(by: Parts, parts: Parts, same: Parts) -> None:
    """A goal and what is done for it, what was given, how she is; an advocate, a session."""
    worker, today = by["social_worker"], clock.day_of(same["now"])
    goal = support.add_goal(worker, id=new_id(), area="home", words="Батир", **same)
    todo = NewAction(worker.post_id, today, "Чалуу")
    support.add_action(worker, id=new_id(), goal_id=goal.pk, told=todo, **same)
    support.give_service(worker, id=new_id(), told=NewService("talk", 30, today), **same)
    support.give_aid(worker, id=new_id(), told=NewAid("local", "food", 500, today), **same)
    contact = NewContact(on=today, channel="call", reached="spoke", told="Жакшы")
    support.log_contact(worker, id=new_id(), told=contact, **same)
    support.record_word(worker, id=new_id(), told=NewWord("safer", alone=True, told="Жакшы"), **same)
    request = NewRequest(parts["person"], "civil", "violence")
    legalaid.request_aid(worker, id=new_id(), told=request, **same)
    legalaid.hold_session(by["psychologist"], id=new_id(), told=NewSession("usual", 50, today), **same)


def sheltered(by: Parts, parts: Parts, at: datetime, *, bed: int) -> None:
    """A bed more and somebody in it; a child and a thing more in the stay there is."""
    keeper, named = by["shelter_worker"], {"now": at}
    house = {"shelter_id": parts["shelter"], "room": 1, "suits": ("woman", "children")}
    place = shelters.add_place(keeper, id=new_id(), bed=bed, **house, **named)
    told = NewStay(place.pk, "f", "25-34", clock.day_of(at) + 14 * clock.DAY)
    shelters.take_in(keeper, id=new_id(), told=told, **named)
    shelters.keep_belonging(keeper, id=new_id(), stay_id=parts["stay"], what="Китеп", **named)
    shelters.add_child(keeper, id=new_id(), stay_id=parts["stay"], told=NewChild("f", "7-13"), **named)
