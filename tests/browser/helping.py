"""Help around a file, for the browser: who helps, referrals, a plan, an advocate, a shelter, what was found."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from kalka.cases import selectors as case_selectors
from kalka.cases import services as cases
from kalka.cases.rules import NewConsent
from kalka.core.clock import day_of
from kalka.core.refs import new_id
from kalka.findings import services as findings
from kalka.findings.rules import Mark, NewFinding, NewSchool
from kalka.guide import services as guide
from kalka.guide.rules import Hours, NewLocation
from kalka.guide.rules import NewService as Offered
from kalka.legalaid import services as legalaid
from kalka.legalaid.rules import NewRequest
from kalka.people.rules import Name, NewPerson
from kalka.referrals import services as referrals
from kalka.referrals.models import Decision, Need, Seat
from kalka.referrals.rules.conferences import NewConference, NewDecision, NewMinutes
from kalka.referrals.rules.needs import NewIntake, NewNeed
from kalka.referrals.rules.referral import NewReferral, NewStep
from kalka.referrals.rules.tracks import NewTrack, NewTrackStep
from kalka.shelters import services as shelters
from kalka.shelters.models import Taking
from kalka.shelters.rules import NewChild, NewHold, NewStay, NewTurnAway, Wish
from kalka.strongroom import services as strongroom
from kalka.support import services as support
from kalka.support.rules import NewAction, NewAid, NewContact, NewOutcome, NewService, NewWithout

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NARYN = "41704000000000"
WORKDAYS = (Hours((1, 2, 3, 4, 5), "09:00", "18:00"),)
MOTHER = ("woman", "children")
SHE = NewPerson(sex="f", names=(Name("Сыдыкова", "Назгүл"),), birth_year=1991)


def help_around(town: Any, opened: Any) -> dict[str, str]:
    """A file of its own with all of it, by the names the addresses have. `opened` makes a file with its team."""
    case = opened(town, town.now - 4 * DAY, SHE, danger="yes", children="yes", children_count=1)
    she = case_selectors.protected_person(town.sotsial, case.subject_id, now=town.now - 3 * DAY)
    file = {"ref": case.ref, "person": str(she)}
    offers = directory(town)
    made = {**file, **offers, **asked(town, file, offers), **ways(town, file), **planned(town, file)}
    made |= {**advocate(town, file), **counselled(town, file), **sheltered(town), **found(town, file)}
    return {name: str(getattr(row, "pk", row)) for name, row in made.items()}


def words(ky: str, ru: str) -> dict[str, str]:
    return {"ky": ky, "ru": ru}


def directory(town: Any) -> dict[str, Any]:
    """A centre that works here, a clinic that works here, and a line that is only called."""
    ministry, then = town.ministrlik, town.now - 20 * DAY
    made = {}
    told: dict[str, tuple[Any, ...]] = {
        "centre": (town.kriziz.organisation_id, "«Таяныч» кризистик борбору", ("psychological", "shelter", "safety")),
        "clinic": (town.doktur.organisation_id, "Нарын үй-бүлөлүк медицина борбору", ("health", "postrape")),
        "line": (None, "5200 ыкчам линиясы", ("psychological", "safety", "legal")),
    }
    for name, (organisation_id, title, needs) in told.items():
        named = words(title, title)
        provider = guide.add_provider(ministry, id=new_id(), name=named, organisation_id=organisation_id, now=then)
        where = NewLocation("physical", town.sotsial.place, words("Ленин көчөсү, 12", "улица Ленина, 12"), True)
        if name == "centre":
            where = NewLocation("withheld", town.sotsial.place)
        going = (
            ()
            if name == "line"
            else (guide.add_location(ministry, id=new_id(), provider_id=provider.pk, told=where, now=then).pk,)
        )
        service = Offered(
            name=named,
            about=words("Атыңызды айтпай эле кайрылсаңыз болот. Жардам акысыз.", "Можно не называть имя. Бесплатно."),
            needs=needs,
            serves=("women", "children", "no_documents"),
            languages=("ky", "ru"),
            areas=(NARYN,),
            phones=("+996 555 000 100",) if going else ("5200",),
            hours=WORKDAYS if going else (),
            always=not going,
            locations=tuple(map(str, going)),
        )
        made[f"offer_{name}"] = guide.add_service(
            ministry, id=new_id(), provider_id=provider.pk, told=service, now=then
        )
    return made


def asked(town: Any, file: dict[str, Any], offers: dict[str, Any]) -> dict[str, Any]:
    """What she wants, and whom it was asked of: one that waits, one that was declined, one nobody was asked for."""
    by, then, ref = town.sotsial, town.now - 2 * DAY, file["ref"]
    needs = tuple(NewNeed(code) for code in ("psychological", "health", "legal"))
    told = NewIntake((*needs, NewNeed("shelter", wish="refuses")), told="Балдарым менен тынч уктагым келет.")
    referrals.note_needs(by, id=new_id(), case_ref=ref, told=told, now=then)
    wanted = {need.code: need for need in Need.objects.filter(case__ref=ref)}
    sent = {}
    for code, offer in (("psychological", "centre"), ("health", "clinic")):
        handed = NewReferral(
            service_id=offers[f"offer_{offer}"].pk,
            warm="call",
            handed="Айнагүл деп кайрылыңыз. Түштөн кийин гана чалыңыз.",
            given_by=UUID(file["person"]),
            until=day_of(town.now) + 90 * DAY,
        )
        sent[code] = referrals.refer(
            by, id=new_id(), case_ref=ref, need_id=wanted[code].pk, told=handed, now=then + HOUR
        )
    no = NewStep("declined", "full", "Дүйшөмбүгө чейин убакыт жок.")
    referrals.answer(town.doktur, id=new_id(), referral_id=sent["health"].pk, told=no, now=then + 3 * HOUR)
    free = {"need": wanted["legal"], "need_refused": wanted["shelter"], "need_asked": wanted["psychological"]}
    return {**free, "referral": sent["psychological"], "declined": sent["health"]}


def ways(town: Any, file: dict[str, Any]) -> dict[str, Any]:
    """A way through care with a step done; a conference to come and one that was held."""
    by, then = town.sotsial, town.now - DAY
    named: dict[str, Any] = {"case_ref": file["ref"]}
    way = referrals.begin_track(by, id=new_id(), told=NewTrack("sexual_violence", "known", "h24"), now=then, **named)
    done = NewTrackStep("done", day_of(then))
    referrals.note_track_step(by, id=new_id(), track_id=way.pk, number=1, told=done, now=then, **named)
    posts = (town.koordinator.post_id, town.inspektor.post_id)
    held, coming = (
        referrals.call_conference(by, id=new_id(), told=NewConference(at, posts, where), now=then, **named)
        for at, where in ((then + HOUR, "Борбордо"), (town.now + 2 * DAY, "Айыл өкмөтүндө, 2-кабинет"))
    )
    agreed = NewDecision(
        town.inspektor.post_id, day_of(town.now) + 5 * DAY, "Үйүнө кечинде барып, коңшулар менен сүйлөшөт"
    )
    said = NewMinutes(posts, "Ким эмне кылары сүйлөшүлдү.", "Макулмун, бирок шашпайлы.", (agreed,))
    referrals.write_minutes(by, id=new_id(), conference_id=held.pk, told=said, now=then + 2 * HOUR, **named)
    seat = Seat.objects.get(conference=coming, seated_id=town.inspektor.post_id)
    return {"way": way, "held": held, "coming": coming, "seat": seat, "decision": Decision.objects.get()}


def planned(town: Any, file: dict[str, Any]) -> dict[str, Any]:
    """Her goals, who does what, what was given, and a safety plan; nobody reached her lately."""
    by, then, today = town.sotsial, town.now - DAY, day_of(town.now)
    named: dict[str, Any] = {"case_ref": file["ref"], "now": then}
    goal = support.add_goal(by, id=new_id(), area="home", words="Балдарым менен өзүнчө жашагым келет", **named)
    todo = NewAction(by.post_id, today + 5 * DAY, "Айыл өкмөтүнөн убактылуу үй сурайбыз")
    action = support.add_action(by, id=new_id(), goal_id=goal.pk, told=todo, **named)
    given = support.give_service(by, id=new_id(), told=NewService("talk", 60, day_of(then)), **named)
    plan = {"home": "Ашканага кирбейм", "leaving": "Түнкү автобус", "codeword": "кызыл кийиз"}
    support.write_safety_plan(by, id=new_id(), told=plan, corrects=0, **named)
    aid = support.give_aid(by, id=new_id(), told=NewAid("local", "food", 1500, day_of(then)), **named)
    support.note_document(by, id=new_id(), kind="passport", state="applied", on=day_of(then), **named)
    tried = NewContact(today - DAY, "call", "no_answer", next_on=today + 3 * DAY)
    support.log_contact(by, id=new_id(), told=tried, **named)
    support.measure(by, id=new_id(), told=NewOutcome("before", safe=1, home=2, money=1), **named)
    why = NewWithout("moved", "Ошко көчүп кетти, ишти ал жактагы кызматкер улантат.")
    without = support.explain_without(by, id=new_id(), told=why, **named)
    support.draw_tickets(town.kriziz, now=then)
    return {"goal": goal, "action": action, "given": given, "aid": aid, "without": without}


def advocate(town: Any, file: dict[str, Any]) -> dict[str, Any]:
    """One request that an advocate is to answer, one that nobody has yet; a day in a village to come."""
    by, today = town.sotsial, day_of(town.now)
    named: dict[str, Any] = {"case_ref": file["ref"], "now": town.now - 3 * HOUR}
    agreed = NewConsent(town.advokat.organisation_id, "legal", UUID(file["person"]), today + 90 * DAY, "file")
    cases.give_consent(by, id=new_id(), told=agreed, **named)
    asking = NewRequest(UUID(file["person"]), "civil", "violence", "Ажырашуу жана балдардын жашаган жери боюнча.")
    first = legalaid.request_aid(by, id=new_id(), told=asking, **named)
    asking = NewRequest(UUID(file["person"]), "advice", "violence")
    second = legalaid.request_aid(by, id=new_id(), told=asking, **named)
    post = town.advokat.post_id
    appointed = legalaid.appoint(by, id=new_id(), request_id=first.pk, advocate=post, **named)
    day = legalaid.plan_day(town.advokat, id=new_id(), place=by.place, on=today + 7 * DAY, now=named["now"])
    return {"request": first, "open_request": second, "appointment": appointed, "day": day}


def counselled(town: Any, file: dict[str, Any]) -> dict[str, Any]:
    """She waits for the psychologist of the centre, and a group has begun there."""
    at, post = town.now - 2 * HOUR, town.psiholog.post_id
    named: dict[str, Any] = {"case_ref": file["ref"], "now": at}
    for one in (post, town.kriziz.post_id):
        cases.add_member(town.sotsial, id=new_id(), post_id=one, **named)
    wait = legalaid.put_on_list(town.sotsial, id=new_id(), psychologist=post, urgency="week", **named)
    group = legalaid.begin_group(town.psiholog, id=new_id(), circle="women", seats=8, since=day_of(at), now=at)
    legalaid.add_member(town.psiholog, id=new_id(), group_id=group.pk, **named)
    return {"wait": wait, "group": group}


def sheltered(town: Any) -> dict[str, Any]:
    """A house of six beds: a mother with a child, one bed held, one out of use, three free."""
    by, then, today = town.korgon, town.now - 6 * DAY, day_of(town.now)
    house = shelters.register_shelter(by, id=new_id(), name="Бешик", region=NARYN, now=then)
    beds = [
        shelters.add_place(by, id=new_id(), shelter_id=house.pk, room=1 + n // 2, bed=1 + n % 2, suits=MOTHER, now=then)
        for n in range(6)
    ]
    strongroom.enrol(by, words="арча кийиз өрүк", now=then)
    strongroom.make_post_key(by, now=then)
    shelters.keep_address(by, id=new_id(), shelter_id=house.pk, address="Сай көчөсү, 3-үй", now=then)
    text = "Эшик 22:00дө жабылат.\nДарегибизди эч кимге айтпайбыз."
    shelters.write_rules(by, id=new_id(), shelter_id=house.pk, text=text, now=then)
    arriving = NewStay(beds[0].pk, "f", "25-34", today + 8 * DAY, name="Нургүл", told="Уктай албайт.")
    stay = shelters.take_in(by, id=new_id(), told=arriving, now=then + HOUR)
    child = NewChild("m", "0-6", name="Бек", place_id=beds[1].pk)
    shelters.add_child(by, id=new_id(), stay_id=stay.pk, told=child, now=then + HOUR)
    shelters.tell_rules(by, id=new_id(), stay_id=stay.pk, now=then + HOUR)
    kept = shelters.keep_belonging(by, id=new_id(), stay_id=stay.pk, what="Паспорт, акча", now=then + HOUR)
    shelters.close_place(by, place_id=beds[5].pk, why="repair", now=town.now - DAY)
    wish = NewHold("country", Wish("woman", children=1), note="Бир сааттан кийин келет.", phone="+996700000115")
    hold = shelters.hold_place(town.inspektor, id=new_id(), told=wish, now=town.now - HOUR / 2)
    refused = NewTurnAway(NARYN, "pets", Wish("woman", pets=True))
    shelters.turn_away(town.operator, id=new_id(), told=refused, now=town.now - 2 * DAY)
    taken = set(Taking.objects.running().values_list("place_id", flat=True))
    free = next(bed for bed in beds if bed.pk not in taken)
    return {"shelter": house, "bed": free, "stay": stay, "kept": kept, "hold": hold}


def found(town: Any, file: dict[str, Any]) -> dict[str, Any]:
    """A clinic and a school wrote with the code of the case; child protection has read the school."""
    at, place = town.now - 5 * HOUR, town.sotsial.place
    marks = (Mark("neck", "strangling", "5"), Mark("arm_left_back", "bruise", "10"))
    seen = NewFinding(
        place, "yes", at - 30 * HOUR, file["ref"], "Токтогулова Айнагүл", "Мойнунда муунтуу издери.", marks
    )
    clinic = findings.write_finding(town.doktur, id=new_id(), told=seen, now=at)
    noticed = NewSchool(place, "f", "7-13", ("told", "fear"), "unknown", file["ref"], told="«Атам апамды урду» деди.")
    school = findings.report_child(town.mugalim, id=new_id(), told=noticed, now=at)
    findings.acknowledge(town.baldar, id=new_id(), file=school.subject_id, now=at + HOUR)
    return {"clinic": clinic.subject_id, "school": school.subject_id}
