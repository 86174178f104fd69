"""What help leaves in a file and beside it: needs, referrals, a plan, an advocate, a shelter, what was found."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from kalka.cases import selectors as case_selectors
from kalka.cases import services as cases
from kalka.cases.rules import NewConsent
from kalka.core import clock
from kalka.core.actors import SYSTEM, Actor
from kalka.core.refs import new_id
from kalka.demo.staffing import found, seat
from kalka.files.models import Attachment
from kalka.findings import services as findings
from kalka.findings.rules import NewFinding, NewSchool
from kalka.guide import services as guide
from kalka.guide.models import Service
from kalka.guide.rules import NewService as Offered
from kalka.legalaid import services as legalaid
from kalka.legalaid.rules import NewRequest
from kalka.referrals import services as referrals
from kalka.referrals.models import Decision, Need, Seat
from kalka.referrals.rules.conferences import NewConference, NewDecision, NewMinutes
from kalka.referrals.rules.needs import NewIntake, NewNeed
from kalka.referrals.rules.referral import NewReferral
from kalka.referrals.rules.tracks import NewTrack
from kalka.shelters import selectors as network
from kalka.shelters import services as shelters
from kalka.shelters.rules import NewHold, NewStay, Wish
from kalka.strongroom import services as strongroom
from kalka.support import services as support
from kalka.support.rules import NewAction, NewAid, NewService, NewWithout
from kalka.vault import boxes
from tests.matrix.preventing import prevented
from tests.matrix.programmed import grouped
from tests.matrix.seated import seated
from tests.matrix.trained import trained

BATKEN, NARYN = "41705000000000", "41704000000000"
WORDS = "көк асман ак булут"
# Of a shelter, a clinic and a school: whom one's own file meets, and whom a stranger's.
HELPERS = {
    "korgon": "shelter_worker",
    "psiholog": "psychologist",
    "advokat": "lawyer",
    "doktur": "health_worker",
    "mugalim": "educator",
    "baldar": "child_protection",
}
PLAIN = b"plain words"
Parts = dict[str, object]
Found = tuple[Parts, list[UUID]]


def elsewhere(now: datetime) -> dict[str, Actor]:
    """A centre that nobody of the matrix works in, with everybody who helps."""
    name = {"ky": "Башка борбор", "ru": "Другой центр", "en": "Another centre"}
    centre = found(kind="crisis_centre", name=name, place=BATKEN, now=now)
    made = {
        login: seat(centre, role=role, place=BATKEN, login=f"{login}-far", name="Башка Адам", leads=True, now=now)
        for login, role in HELPERS.items()
    }
    return {login: member.actor for login, member in made.items()}


def offered(ministry: Actor, who: Mapping[str, Actor], area: str, now: datetime) -> Service:
    """What the centre of these helpers stands in the guide with; its keeper has a key for where the shelter is."""
    name = {"ky": "Борбор", "ru": "Центр", "en": "A centre"}
    centre = who["korgon"].organisation_id
    provider = guide.add_provider(ministry, id=new_id(), name=name, organisation_id=centre, now=now)
    told = Offered(
        name=name,
        about=name,
        needs=("psychological", "shelter"),
        serves=("women",),
        languages=("ky",),
        areas=(area,),
        phones=("5200",),
        always=True,
    )
    strongroom.enrol(who["korgon"], words=WORDS, now=now)
    strongroom.make_post_key(who["korgon"], now=now)
    return guide.add_service(ministry, id=new_id(), provider_id=provider.pk, told=told, now=now)


def ready(now: datetime) -> None:
    strongroom.set_recovery(SYSTEM, public=boxes.pair()[1], now=now)


def helped(who: Mapping[str, Actor], offer: Service, ref: str, person: UUID | None, at: datetime) -> Found:
    """All of it around one file. The second part: the files of their own that came with it."""
    assert person is not None
    beside = [sheltered(who, ref, at), examined(who, ref, at)]
    inside = [
        asked(who, offer, ref, person, at),
        together(who, ref, at),
        planned(who["sotsial"], ref, at),
        advised(who, ref, person, at),
    ]
    parts: Parts = {
        name: part for more in (*inside, *(found for found, _files in beside)) for name, part in more.items()
    }
    return parts, [file for _parts, files in beside for file in files]


def asked(who: Mapping[str, Actor], offer: Service, ref: str, person: UUID, at: datetime) -> Parts:
    """What she wants, and the centre that was asked for it; a way through care."""
    by, named = who["sotsial"], {"case_ref": ref, "now": at}
    told = NewIntake((NewNeed("psychological"),), told="Тынч уктагым келет")
    referrals.note_needs(by, id=new_id(), told=told, **named)
    need = Need.objects.get(case_ref=ref)
    until = clock.day_of(at) + timedelta(days=30)
    handed = NewReferral(service_id=offer.pk, warm="call", handed="Эртең менен чалыңыз", given_by=person, until=until)
    sent = referrals.refer(by, id=new_id(), need_id=need.pk, told=handed, **named)
    way = referrals.begin_track(by, id=new_id(), told=NewTrack("sexual_violence", "known", "h24"), **named)
    return {
        "need": need.pk,
        "referrals:refer service": offer.pk,
        "referral": sent.pk,
        "referrals:reply step": "accepted",
        "referrals:step step": "withdrawn",
        "step": "accepted",
        "track": way.pk,
        "number": 1,
    }


def together(who: Mapping[str, Actor], ref: str, at: datetime) -> Parts:
    """A conference with minutes, and what one post is to do."""
    by, named, post = who["sotsial"], {"case_ref": ref, "now": at}, who["inspektor"].post_id or 0
    held = referrals.call_conference(by, id=new_id(), told=NewConference(at, (post,)), **named)
    agreed = NewDecision(post, clock.day_of(at), "Кечинде барат")
    said = NewMinutes((post,), "Сүйлөшүлдү", "Макулмун", (agreed,))
    referrals.write_minutes(by, id=new_id(), conference_id=held.pk, told=said, **named)
    return {
        "conference": held.pk,
        "seat": Seat.objects.get(conference=held, seated=post).pk,
        "decision": Decision.objects.get(conference=held).pk,
    }


def planned(by: Actor, ref: str, at: datetime) -> Parts:
    """A goal and who does what; help and money given, with its paper; why there is no word of hers."""
    named: dict[str, Any] = {"case_ref": ref, "now": at}
    today = clock.day_of(at)
    goal = support.add_goal(by, id=new_id(), area="home", words="Өзүнчө жашагым келет", **named)
    todo = NewAction(by.post_id or 0, today, "Убактылуу үй сурайбыз")
    aid = support.give_aid(by, id=new_id(), told=NewAid("local", "food", 1500, today), **named)
    paper = support.attach_receipt(by, id=new_id(), aid_id=aid.pk, name="a.txt", content=PLAIN, **named)
    return {
        "goal": goal.pk,
        "action": support.add_action(by, id=new_id(), goal_id=goal.pk, told=todo, **named).pk,
        "service": support.give_service(by, id=new_id(), told=NewService("talk", 60, today), **named).pk,
        "aid": aid.pk,
        "support:receipt_file file": paper.pk,
    }


def advised(who: Mapping[str, Actor], ref: str, person: UUID, at: datetime) -> Parts:
    """An advocate who is to answer, a psychologist she waits for; why the case may end without her word."""
    by, named = who["sotsial"], {"case_ref": ref, "now": at}
    today = clock.day_of(at)
    office, post = who["advokat"].organisation_id or 0, who["psiholog"].post_id or 0
    agreed = NewConsent(office, "legal", person, today + timedelta(days=30), "file")
    cases.give_consent(by, id=new_id(), told=agreed, **named)
    request = legalaid.request_aid(by, id=new_id(), told=NewRequest(person, "advice", "violence"), **named)
    advocate = who["advokat"].post_id or 0
    asked_ = legalaid.appoint(by, id=new_id(), request_id=request.pk, advocate=advocate, **named)
    for other in (post, who["baldar"].post_id or 0):  # the last is asked to agree
        cases.add_member(by, id=new_id(), post_id=other, **named)
    waits = legalaid.put_on_list(by, id=new_id(), psychologist=post, urgency="week", **named)
    why = NewWithout("moved", "Башка облуска көчүп кетти, кайда экенин эч ким билбейт.")
    without = support.explain_without(by, id=new_id(), told=why, **named)
    return {"request_id": request.pk, "appointment": asked_.pk, "waiting": waits.pk, "without": without.pk}


def sheltered(who: Mapping[str, Actor], ref: str, at: datetime) -> Found:
    """A house of two beds: somebody stays in one, the other is held for whoever of the file is on the way."""
    by, named = who["korgon"], {"now": at}
    house = shelters.register_shelter(by, id=new_id(), name="Бешик", region=NARYN, **named)
    bed, _held = (
        shelters.add_place(by, id=new_id(), shelter_id=house.pk, room=1, bed=n, suits=("woman",), **named)
        for n in (1, 2)
    )
    shelters.keep_address(by, id=new_id(), shelter_id=house.pk, address="Ырыс көчөсү, 4", **named)
    until = clock.day_of(at) + timedelta(days=14)
    stay = shelters.take_in(by, id=new_id(), told=NewStay(bed.pk, "f", "25-34", until), **named)
    kept = shelters.keep_belonging(by, id=new_id(), stay_id=stay.pk, what="Паспорт", **named)
    area = next(one.code for one in network.network(who["sotsial"], **named) if one.free)
    about, wish = case_selectors.get_case(who["sotsial"], ref, now=at).subject_id, NewHold(area, Wish("woman"))
    hold = shelters.hold_place(who["sotsial"], id=new_id(), told=wish, about=about, **named)
    parts: Parts = {
        "shelter": house.pk,
        "place": bed.pk,
        "stay": stay.pk,
        "belonging": kept.pk,
        "hold": hold.pk,
    }
    return parts, [house.subject_id, stay.subject_id, hold.subject_id]


def examined(who: Mapping[str, Actor], ref: str, at: datetime) -> Found:
    """What a clinic found, with a photograph, and what a school noticed; both name the file."""
    place = who["sotsial"].place
    seen = NewFinding(place, "no", None, ref, told="Колунда көгала")
    clinic = findings.write_finding(who["doktur"], id=new_id(), told=seen, photos=[("a.txt", PLAIN)], now=at)
    noticed = NewSchool(place, "f", "7-13", ("fear",), "unknown", ref, told="Үйгө баргысы келбейт")
    school = findings.report_child(who["mugalim"], id=new_id(), told=noticed, now=at)
    parts: Parts = {
        "finding": school.subject_id,
        "findings:clinic finding": clinic.subject_id,
        "findings:photo finding": clinic.subject_id,
        "photo": Attachment.objects.get(subject_id=clinic.subject_id).pk,
    }
    return parts, [clinic.subject_id, school.subject_id]


def kept_here(who: Mapping[str, Actor], offer: Service, at: datetime) -> Parts:
    """What belongs to an office, and to nobody's file: its entry in the guide, a day in a village, a group."""
    today = clock.day_of(at)
    place = who["sotsial"].place
    group = legalaid.begin_group(who["psiholog"], id=new_id(), circle="women", seats=8, since=today, now=at)
    return {
        "service_id": offer.pk,
        "day": legalaid.plan_day(who["advokat"], id=new_id(), place=place, on=today, now=at).pk,
        "group": group.pk,
        **trained(who["katchy"], at),
        **seated(who["katchy"], at),
        **prevented(who["katchy"], at),
        **grouped(who["probatsiya"], at),
    }
