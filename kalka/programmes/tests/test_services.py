import pytest

from kalka.access import selectors as sight
from kalka.access import services as access
from kalka.cases.services import mark_closed
from kalka.core.actors import SYSTEM
from kalka.core.errors import AccessDenied
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.people.rules import Contact, Name, NewPerson
from kalka.programmes import selectors, services
from kalka.programmes.models import Attendance, Enrolment, Sending, StepTaken, Threat
from kalka.programmes.rules import Mark, NewSending, NewStep, NewThreat
from kalka.programmes.tests.factories import (
    HIM,
    HOUR,
    NOW,
    TODAY,
    WOMAN,
    add,
    another,
    group,
    held,
    in_a_command,
    join,
    opened,
    placed,
    refusal,
    sent,
    standing,
    stepped,
    threatened,
    world,
)
from kalka.risk import selectors as risk
from kalka.risk.tests.factories import assessed
from kalka.risk.tests.factories import standing as of_the_case

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def at():
    return world()


def last(sending: Sending) -> str:
    return Enrolment.objects.staged().get(pk=sending.enrolment_id).last


def test_whoever_is_sent_waits_with_the_programme_for_an_answer(at):
    sending = sent(at, phone="0700 11 22 33")
    enrolment = sending.enrolment
    assert (enrolment.audience, enrolment.setting, enrolment.ground, enrolment.on) == (
        "men",
        "probation",
        "order",
        TODAY,
    )
    assert (enrolment.basis["key"], enrolment.basis["act"], enrolment.basis["article"]) == (
        "programme.is_mandatory",
        "law-161",
        None,
    )
    assert enrolment.subject_id != sending.subject_id == at.case.subject_id
    page = selectors.page(at.leader, enrolment.pk, now=NOW)
    assert (page.line.name, page.phone, page.line.last) == ("Токтосунов Эркин", "+996700112233", "sent")
    duty = standing(enrolment.subject_id)["programme.answer"]
    assert (duty.assignee_id, duty.due_at, duty.basis) == (at.leader.post_id, NOW + 72 * HOUR, {"rule": "internal"})
    assert AuditEntry.objects.filter(command="programmes.send").count() == 1


def test_a_woman_and_a_minor_go_into_streams_of_their_own(at):
    woman = add(at.inspector, at.case, NewPerson(sex="f", names=(Name("Токтосунова", "Сайра"),), birth_year=1960))
    boy = add(at.inspector, at.case, NewPerson(sex="m", names=(Name("Токтосунов", "Нур"),), birth_year=2010))
    assert [sent(at, person=one.person_id).enrolment.audience for one in (woman, boy)] == ["women", "minors"]


def test_the_prison_has_its_own(at):
    assert sent(at, to=at.prison.pk, ground="sentence").enrolment.setting == "penitentiary"


def test_who_comes_without_being_told_rests_on_no_law(at):
    assert sent(at, ground="own").enrolment.basis == {"rule": "internal"}


def test_sending_twice_is_once(at):
    id = new_id()
    assert sent(at, id=id).pk == sent(at, id=id).pk == Sending.objects.get().pk


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"ground": "anger"}, "programmes.not_an_answer"),
        ({"phone": "12"}, "programmes.not_a_phone"),
        ({"phone": WOMAN.contact.phone}, "programmes.her_phone"),
    ],
)
def test_what_cannot_be_sent(at, more, code):
    assert refusal(lambda: sent(at, **more)).code == code


def test_nobody_else_of_the_case_is_sent(at):
    other = add(at.inspector, at.case, NewPerson(sex="m", names=(Name("А", "Б"),), band="35-44"))
    nameless = add(at.inspector, at.case, NewPerson(sex="m", band="35-44"))
    unknown = add(at.inspector, at.case, NewPerson(names=(Name("В", "Г"),)))
    she = selectors.person_choices(at.inspector, at.case.ref, now=NOW)
    assert {code for code, _words in she} == {str(at.man), *(str(one.person_id) for one in (other, nameless, unknown))}
    for person, code in (
        (nameless.person_id, "programmes.no_name"),
        (unknown.person_id, "programmes.age_or_sex_unknown"),
        (new_id(), "programmes.not_said_to_have_done_it"),
    ):
        assert refusal(lambda person=person: sent(at, person=person)).code == code
    assert refusal(lambda: sent(at, to=at.centre.pk)).code == "programmes.not_an_answer"
    sent(at)
    assert refusal(lambda: sent(at)).code == "programmes.sent_already"


def test_a_closed_case_sends_nobody(at):
    join(at.inspector, at.case, at.worker)
    mark_closed(at.worker, id=new_id(), case_ref=at.case.ref, now=NOW)
    assert refusal(lambda: sent(at)).code == "programmes.case_closed"


def test_whoever_leads_sees_nothing_of_the_case_and_another_body_nothing_at_all(at):
    sending = sent(at)
    with pytest.raises(AccessDenied):
        selectors.of_case(at.leader, at.case.ref, now=NOW)
    for actor in (at.guard, at.worker, at.stranger):
        with pytest.raises(AccessDenied):
            selectors.page(actor, sending.enrolment_id, now=NOW)
    assert selectors.page(at.inspector, sending.enrolment_id, now=NOW).leads is False


def test_a_wall_before_the_case_stands_before_the_enrolment(at):
    in_a_command(lambda: access.wall(at.case.subject_id, at.leader.user_id, why="kin", now=NOW))
    sending = sent(at)
    with pytest.raises(AccessDenied):
        selectors.page(at.leader, sending.enrolment_id, now=NOW)


def test_a_wall_raised_later_is_found(at):
    sending = sent(at)
    in_a_command(lambda: access.wall(at.case.subject_id, at.leader.user_id, why="kin", now=NOW))
    assert services.keep_apart(SYSTEM, now=NOW) == 1
    with pytest.raises(AccessDenied):
        selectors.page(at.leader, sending.enrolment_id, now=NOW)


def test_a_wall_before_one_of_a_group_keeps_nobody_from_writing_of_the_others(at):
    seen, hidden, room = sent(at), another(at), group(at)
    placed(at, seen, room)
    placed(at, hidden, room)
    in_a_command(lambda: access.wall(hidden.subject_id, at.leader.user_id, why="kin", now=NOW))
    services.keep_apart(SYSTEM, now=NOW)
    page = selectors.group_page(at.leader, room.pk, now=NOW)
    assert ([one.id for one in page.members], page.group.taken) == ([seen.enrolment_id], 1)
    held(at, room, {seen.enrolment_id: Mark("came")})
    assert Attendance.objects.values_list("enrolment_id", flat=True).get() == seen.enrolment_id


def test_a_seat_is_given_and_the_waiting_is_answered(at):
    sending = sent(at)
    placed(at, sending, group(at))
    assert last(sending) == "placed"
    assert standing(sending.enrolment.subject_id) == {}


def test_a_full_group_leaves_him_waiting(at):
    one, two, full = sent(at), another(at), group(at, seats=1)
    placed(at, one, full)
    stepped(at, two, "waiting")
    assert refusal(lambda: placed(at, two, full)).code == "programmes.group_is_full"
    found = selectors.overview(at.leader, now=NOW)
    assert [line.id for line in found.waiting] == [two.enrolment_id]
    assert [(line.taken, line.seats, line.free) for line in found.groups] == [(1, 1, 0)]


def test_nobody_sits_in_a_group_of_others(at):
    sending = sent(at)
    women = group(at, audience="women")
    assert refusal(lambda: placed(at, sending, women)).code == "programmes.other_stream"
    theirs = group(at, by=at.guard)
    assert refusal(lambda: placed(at, sending, theirs)).code == "programmes.unknown"


def test_two_men_of_one_case_never_sit_together(at):
    brother = add(at.inspector, at.case, NewPerson(sex="m", names=(Name("Токтосунов", "Марат"),), birth_year=1990))
    one, two, room = sent(at), sent(at, person=brother.person_id), group(at)
    placed(at, one, room)
    refused = refusal(lambda: placed(at, two, room))
    assert (refused.code, refused.facts) == ("programmes.not_together", {"field": "group"})
    placed(at, two, group(at))


def test_two_men_who_hurt_one_woman_in_two_cases_never_sit_together(at):
    her = NewPerson(sex="f", names=(Name("Садыкова", "Айгүл"),), birth_year=1993, pin="20303199300888")
    case = opened(at, protected=her)
    first = sent(at, case=case, person=add(at.inspector, case, HIM).person_id)
    second, room = another(at, her=her), group(at)
    placed(at, first, room)
    assert refusal(lambda: placed(at, second, room)).code == "programmes.not_together"


def test_strangers_may_sit_together(at):
    one, two, room = sent(at), another(at), group(at)
    placed(at, one, room)
    placed(at, two, room)
    assert len(selectors.group_page(at.leader, room.pk, now=NOW).members) == 2


def test_what_becomes_known_later_asks_for_another_seat(at):
    one, two, room = sent(at), another(at), group(at)
    placed(at, one, room)
    placed(at, two, room)
    assert services.keep_apart(SYSTEM, now=NOW) == 0
    her = NewPerson(sex="f", names=(Name("Садыкова", "Айгүл"),), birth_year=1993, pin="20303199300888")
    add(at.inspector, at.case, her, part="child")
    assert services.keep_apart(SYSTEM, now=NOW) == 1
    assert "programme.apart" in {
        **standing(one.enrolment.subject_id),
        **standing(two.enrolment.subject_id),
    }


def test_a_threat_is_told_to_whoever_warns_her(at):
    sending = sent(at)
    threatened(at, sending)
    duty = standing(at.case.subject_id)["programme.warn"]
    assert (duty.assignee_id, duty.due_at) == (at.inspector.post_id, NOW + HOUR)
    seen = selectors.page(at.inspector, sending.enrolment_id, now=NOW)
    assert [one.told for one in seen.happened if one.sort == "threat"] == ["Үйгө барсам өлтүрөм деди."]
    assert Threat.objects.count() == 1
    again = of_the_case(at.case)["risk.assess"]
    assert (again.due_at, again.about) == (NOW + 4 * HOUR, at.case.ref)


def test_a_threat_lifts_the_level_though_whoever_heard_it_sees_nothing_of_the_case(at):
    sending = sent(at)
    assessed(at.inspector, at.case, "low")
    told = NewThreat("her", NOW, "Үйгө барсам өлтүрөм деди.")
    services.report_threat(at.leader, id=new_id(), enrolment_id=sending.enrolment_id, told=told, now=NOW + HOUR)
    level = risk.current(at.inspector, at.case.subject_id, now=NOW + HOUR)
    assert (level.position, level.since) == ("3/4", ("threat_heard",))
    duties = of_the_case(at.case)
    assert duties["risk.reassess"].due_at == NOW + 5 * HOUR
    assert {"measure.daily_contact", "measure.offer_shelter", "order.consider"} <= set(duties)
    assert not sight.sees(at.leader, at.case.subject_id, now=NOW + HOUR)


def test_whoever_sent_him_takes_no_steps(at):
    sending = sent(at)
    told = NewStep("waiting")
    with pytest.raises(AccessDenied):
        services.take_step(at.inspector, id=new_id(), enrolment_id=sending.enrolment_id, told=told, now=NOW)
    assert StepTaken.objects.count() == 1


def test_her_number_is_hers_however_it_is_written(at):
    child = NewPerson(sex="f", band="7-13", contact=Contact(phone="+996 700 55 55 55"))
    add(at.inspector, at.case, child, part="child")
    told = NewSending(at.man, at.probation.pk, "order", "0700555555")
    assert (
        refusal(lambda: services.send(at.inspector, id=new_id(), case_ref=at.case.ref, told=told, now=NOW)).code
        == "programmes.her_phone"
    )
