from dataclasses import replace
from datetime import date, timedelta

import pytest

from kalka.access import selectors as access
from kalka.access.models import Wall, WallLifted
from kalka.accounts import marks
from kalka.accounts import services as accounts
from kalka.cases import selectors, services
from kalka.cases.models import WallLift, WallLiftDecision
from kalka.cases.rules import Part
from kalka.cases.tests import factories as f
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.demo.staffing import FOUNDER
from kalka.duties.models import Duty
from kalka.notices.models import Notice
from kalka.people.rules import Contact, Name, NewPerson

pytestmark = [pytest.mark.django_db, pytest.mark.both]

LATER = f.NOW + timedelta(minutes=5)
PIN = "10903198500457"
BORN = date(1985, 3, 9)


@pytest.fixture
def world():
    made = f.raion()
    made.lead = f.post("supervising_officer", place=f.RAION, leads=True)
    made.window = replace(made.coordinator, leads=True)
    return made


def account(login: str) -> int:
    return accounts.create_user(FOUNDER, login=login, name=login, password=None, now=f.NOW).pk


def colleague(login: str = "asanov"):
    """A second inspector who has an account and is in the team of every case he is joined to."""
    return f.post("police_inspector", user_id=account(login))


def sees(actor, case) -> bool:
    return selectors.knows(actor, case.ref, now=LATER + timedelta(days=1))


class TestDeclared:
    def test_whoever_says_so_is_blind_at_once_in_the_case_and_in_its_report(self, world):
        case = f.opened(world)
        services.declare_conflict(world.inspector, typed_ref=case.ref, why="kin", now=LATER)
        assert not sees(world.inspector, case)
        walls = Wall.objects.filter(user_id=world.inspector.user_id)
        assert {(wall.subject_id, wall.why) for wall in walls} == {
            (case.subject_id, "declared.kin"),
            (case.report.subject_id, "declared.kin"),
        }

    def test_whoever_answers_for_the_case_learns_that_somebody_is_shut_out_but_not_who(self, world):
        case = f.opened(world)
        f.join(world.inspector, case, world.worker)
        services.declare_conflict(world.inspector, typed_ref=case.ref, why="knows", now=LATER)
        told = Notice.objects.get(kind="staff_shut_out")
        assert (told.to_post_id, told.subject_id) == (world.worker.post_id, case.subject_id)

    def test_a_code_nobody_has_is_answered_the_same_and_is_on_record(self, world):
        assert services.declare_conflict(world.stranger, typed_ref="ZZZZZ-ZZZZZ", why="knows", now=LATER) is None
        assert Wall.objects.count() == 0
        entry = AuditEntry.objects.latest("id")
        assert (entry.kind, entry.command, entry.actor_id) == (
            "done",
            "cases.declare_conflict",
            world.stranger.user_id,
        )

    def test_a_reason_outside_the_list_is_refused(self, world):
        case = f.opened(world)
        with pytest.raises(DomainError):
            services.declare_conflict(world.inspector, typed_ref=case.ref, why="bored", now=LATER)
        assert Wall.objects.count() == 0


class TestMatched:
    def test_the_officer_who_is_written_down_as_the_perpetrator_is_shut_out_in_the_same_step(self, world):
        case, officer = f.opened(world), colleague()
        f.join(world.inspector, case, officer)
        services.say_who_i_am(officer, told=NewPerson(pin=PIN), now=f.NOW)
        assert sees(officer, case)
        f.add(world.inspector, case, replace(f.MAN, pin="1090 3198500 457"), now=LATER)
        assert not sees(officer, case)
        assert Wall.objects.get(subject_id=case.subject_id).why == "matched"
        assert Notice.objects.filter(kind="staff_shut_out").count() == 1

    @pytest.mark.parametrize(
        ("part", "person"),
        [
            (Part.OTHER, NewPerson(contact=Contact(phone="0555 44 33 22"))),
            (Part.GUARDIAN, NewPerson(names=(Name("Асанов", "Бакыт"),), birth_date=BORN)),
        ],
    )
    def test_kin_and_household_are_found_by_phone_and_by_name_with_the_day_of_birth(self, world, part, person):
        case, officer = f.opened(world), colleague()
        f.join(world.inspector, case, officer)
        mine = NewPerson(names=(Name("Асанов", "Бакыт"),), birth_date=BORN, contact=Contact(phone="+996555443322"))
        services.say_who_i_am(officer, told=mine, now=f.NOW)
        f.add(world.inspector, case, person, part, now=LATER)
        assert not sees(officer, case)

    def test_the_other_way_round_telling_who_one_is_shuts_one_out_of_what_stands_there(self, world):
        case, officer = f.opened(world), colleague()
        f.join(world.inspector, case, officer)
        f.add(world.inspector, case, replace(f.MAN, pin=PIN))
        assert sees(officer, case)
        assert services.say_who_i_am(officer, told=NewPerson(pin=PIN), now=LATER) is None
        assert not sees(officer, case)
        assert access.walled_users(case.report.subject_id) == {officer.user_id}

    def test_a_correction_finds_them_as_well(self, world):
        case, officer = f.opened(world), colleague()
        f.join(world.inspector, case, officer)
        services.say_who_i_am(officer, told=NewPerson(pin=PIN), now=f.NOW)
        man = f.add(world.inspector, case)
        services.correct_participant(
            world.inspector,
            id=new_id(),
            case_ref=case.ref,
            person_id=man.person_id,
            told=replace(f.MAN, pin=PIN),
            corrects=0,
            now=LATER,
        )
        assert not sees(officer, case)

    def test_who_writes_himself_down_is_shut_out_and_what_he_wrote_stays(self, world):
        officer = colleague()
        case = f.opened(world, by=world.inspector)
        f.join(world.inspector, case, officer)
        services.say_who_i_am(officer, told=NewPerson(pin=PIN), now=f.NOW)
        row = f.add(officer, case, replace(f.MAN, pin=PIN), now=LATER)
        assert not sees(officer, case)
        assert row.pk in {part.id for part in selectors.case_page(world.inspector, case.ref, now=LATER).people}

    def test_nothing_is_kept_but_digests_and_they_are_not_taken_back(self, world):
        officer = colleague()
        services.say_who_i_am(officer, told=NewPerson(pin=PIN), now=f.NOW)
        services.say_who_i_am(officer, told=NewPerson(pin="20101199000011"), now=LATER)
        assert marks.given(officer.user_id) == {"pin": LATER}
        kept = marks.StaffMark.objects.filter(user=officer.user_id)
        assert [len(bytes(row.mac)) for row in kept] == [16, 16]
        assert PIN.encode() not in b"".join(bytes(row.mac) for row in kept)

    def test_whoever_makes_accounts_tells_for_others_and_learns_nothing(self, world):
        case, officer = f.opened(world), colleague()
        f.join(world.inspector, case, officer)
        f.add(world.inspector, case, replace(f.MAN, pin=PIN))
        told = NewPerson(pin=PIN)
        assert services.identify_staff(FOUNDER, user_id=officer.user_id, told=told, now=LATER) is None
        assert not sees(officer, case)
        with pytest.raises(AccessDenied):
            services.identify_staff(world.inspector, user_id=officer.user_id, told=told, now=LATER)


class TestByALead:
    def test_a_leading_post_shuts_out_whoever_holds_another(self, world):
        case = f.opened(world)
        services.shut_out(world.window, case_ref=case.ref, post_id=world.inspector.post_id, why="kin", now=LATER)
        assert not sees(world.inspector, case)
        (wall,) = selectors.walls_page(world.window, case.ref, now=LATER).walls
        assert (wall.user_id, wall.why) == (world.inspector.user_id, "lead.kin")

    def test_nobody_else_may(self, world):
        case = f.opened(world)
        for actor in (replace(world.window, leads=False), world.worker):
            with pytest.raises(DomainError):
                services.shut_out(actor, case_ref=case.ref, post_id=world.inspector.post_id, why="kin", now=LATER)
        assert Wall.objects.count() == 0

    def test_oneself_is_declared_and_not_shut_out(self, world):
        case = f.opened(world)
        with pytest.raises(DomainError, match="nobody_to_shut_out"):
            services.shut_out(world.window, case_ref=case.ref, post_id=world.window.post_id, why="kin", now=LATER)


class TestLifting:
    def asked(self, world):
        case = f.opened(world)
        services.declare_conflict(world.inspector, typed_ref=case.ref, why="knows", now=LATER)
        given = {"case_ref": case.ref, "user_id": world.inspector.user_id, "reason": "Башка адам экен"}
        return case, services.ask_to_lift(world.window, id=new_id(), **given, now=LATER)

    def test_one_person_alone_takes_nothing_away(self, world):
        case, lift = self.asked(world)
        assert not sees(world.inspector, case)
        with pytest.raises(DomainError, match="own_lift"):
            services.decide_lift(world.window, id=new_id(), case_ref=case.ref, lift_id=lift.pk, agreed=True, now=LATER)
        assert (WallLiftDecision.objects.count(), Wall.objects.count()) == (0, 2)

    def test_with_a_second_person_it_is_a_dated_record(self, world):
        case, lift = self.asked(world)
        assert Duty.objects.get(kind="cases.lift_wall", ended_at=None).assignee_id == world.lead.post_id
        page = selectors.walls_page(world.lead, case.ref, now=LATER)
        assert page.of(world.inspector.user_id).reason == "Башка адам экен"
        given = {"case_ref": case.ref, "lift_id": lift.pk, "agreed": True, "now": LATER}
        services.decide_lift(world.lead, id=new_id(), **given)
        assert sees(world.inspector, case)
        assert Wall.objects.count() == 0
        told = WallLifted.objects.get(subject_id=case.subject_id)
        assert (told.user_id, told.why, told.asked_by, told.agreed_by) == (
            world.inspector.user_id,
            "declared.knows",
            world.window.user_id,
            world.lead.user_id,
        )
        assert not Duty.objects.filter(kind="cases.lift_wall", ended_at=None).exists()

    def test_a_no_leaves_it_standing(self, world):
        case, lift = self.asked(world)
        services.decide_lift(world.lead, id=new_id(), case_ref=case.ref, lift_id=lift.pk, agreed=False, now=LATER)
        assert not sees(world.inspector, case)

    def test_what_two_persons_took_away_the_comparison_does_not_put_up_again(self, world):
        case, officer = f.opened(world), colleague()
        f.join(world.inspector, case, officer)
        services.say_who_i_am(officer, told=NewPerson(pin=PIN), now=f.NOW)
        man = f.add(world.inspector, case, replace(f.MAN, pin=PIN), now=LATER)
        given = {"case_ref": case.ref, "user_id": officer.user_id, "reason": "Ката номер"}
        lift = services.ask_to_lift(world.window, id=new_id(), **given, now=LATER)
        services.decide_lift(world.lead, id=new_id(), case_ref=case.ref, lift_id=lift.pk, agreed=True, now=LATER)
        told = {"person_id": man.person_id, "told": replace(f.MAN, pin=PIN, note="х"), "corrects": 0}
        services.correct_participant(world.inspector, id=new_id(), case_ref=case.ref, **told, now=LATER)
        assert sees(officer, case)

    def test_where_no_wall_stands_there_is_nothing_to_ask(self, world):
        case = f.opened(world)
        with pytest.raises(AccessDenied):
            services.ask_to_lift(world.window, id=new_id(), case_ref=case.ref, user_id=5, reason="х", now=LATER)
        assert WallLift.objects.count() == 0
