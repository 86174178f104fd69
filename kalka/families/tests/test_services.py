import pytest

from kalka.access.models import Grant
from kalka.cases import selectors as case_selectors
from kalka.cases.models import Case, Member
from kalka.cases.selectors import identity
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.refs import new_id
from kalka.duties import services as duties
from kalka.duties.models import Duty
from kalka.families import selectors, services
from kalka.families.models import Crossing, FamilyAtRisk, FamilyContact, FamilyEnd, Seat, Work
from kalka.families.tests.factories import DAY, NOW, TODAY, contact, ended, noted, paired, work, world
from kalka.intake.models import Report
from kalka.intake.rules import NewReport
from kalka.referrals.models import Need
from kalka.support.models import AidGiven, DocumentStep
from kalka.support.rules import NewAid

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def at():
    return world()


def holders(family):
    return {(one.holder, one.scope) for one in Grant.objects.filter(subject_id=family.subject_id)}


class TestNoting:
    def test_a_family_is_a_case_of_its_own_that_two_know_of_and_nobody_else(self, at):
        family = noted(at.secretary, at.member)
        case = Case.objects.get(pk=family.case_id)
        assert (case.kind, case.ref, case.subject_id) == ("at_risk", family.case_ref, family.subject_id)
        assert holders(family) == {
            (f"post:{at.secretary.post_id}", "file"),
            (f"post:{at.member.post_id}", "duties"),
        }
        assert set(Member.objects.filter(case=case).values_list("holder", flat=True)) == {
            at.secretary.post_id,
            at.member.post_id,
        }

    def test_sent_twice_it_is_one_family(self, at):
        id = new_id()
        assert noted(at.secretary, at.member, id=id) == noted(at.secretary, at.member, id=id)
        assert (FamilyAtRisk.objects.count(), Case.objects.count(), Seat.objects.count()) == (1, 1, 2)

    @pytest.mark.parametrize(
        ("told", "code"),
        [
            ({"family": "Асанова"}, "families.name_without_reason"),
            ({"named": "consent"}, "families.name_missing"),
            ({"named": "ground", "family": "Асанова"}, "families.ground_missing"),
            ({"named": "ground", "family": "Асанова", "ground": "because"}, "families.not_an_answer"),
            ({"signs": ()}, "families.no_sign"),
            ({"next_on": TODAY - DAY}, "families.next_unfit"),
        ],
    )
    def test_a_name_without_consent_or_a_ground_of_the_law_is_refused_and_nothing_is_written(self, at, told, code):
        with pytest.raises(DomainError) as refused:
            noted(at.secretary, **told)
        assert (refused.value.code, FamilyAtRisk.objects.count(), Case.objects.count()) == (code, 0, 0)

    def test_a_name_she_agreed_to_is_the_persons_and_a_telephone_without_a_name_is_kept_nowhere(self, at):
        noted(at.secretary, named="consent", family="Асанова", given="Бермет")
        noted(at.secretary, phone="+996555121234")
        first, second = (
            identity(at.secretary, one.case_ref, now=NOW)[0].person for one in FamilyAtRisk.objects.order_by("named")
        )
        assert (first.names, first.contact.phone) == ((), "")
        assert [name.whole for name in second.names] == ["Асанова Бермет"]

    def test_the_second_is_of_the_same_committee(self, at):
        for somebody in (at.worker, at.other, at.secretary):
            with pytest.raises(DomainError) as refused:
                noted(at.secretary, somebody)
            assert refused.value.code == "families.not_a_colleague"
        assert FamilyAtRisk.objects.count() == 0

    def test_nobody_but_a_committee_notes_a_family(self, at):
        for somebody in (at.worker, at.inspector, at.region):
            with pytest.raises(AccessDenied):
                noted(somebody)


class TestPair:
    def test_nothing_is_shown_before_the_second_says_yes(self, at):
        family = noted(at.secretary, at.member)
        with pytest.raises(AccessDenied):
            selectors.family_page(at.member, family.case_ref, now=NOW)
        services.take_seat(at.member, id=new_id(), case_ref=family.case_ref, now=NOW)
        assert selectors.family_page(at.member, family.case_ref, now=NOW).told.startswith("Күйөөсү")

    def test_nobody_takes_a_seat_they_were_not_asked_to_take(self, at):
        family = noted(at.secretary, at.member)
        for somebody in (at.third, at.other):
            with pytest.raises(AccessDenied):
                services.take_seat(somebody, id=new_id(), case_ref=family.case_ref, now=NOW)

    def test_whoever_says_no_does_not_even_know_the_code_any_more(self, at):
        family = noted(at.secretary, at.member)
        services.decline_seat(at.member, id=new_id(), case_ref=family.case_ref, now=NOW)
        assert selectors.asked(at.member, now=NOW + DAY) == ()
        with pytest.raises(AccessDenied):
            services.take_seat(at.member, id=new_id(), case_ref=family.case_ref, now=NOW + DAY)

    def test_somebody_else_is_asked_and_the_first_is_asked_no_more(self, at):
        family = noted(at.secretary, at.member)
        services.ask_second(at.secretary, id=new_id(), case_ref=family.case_ref, post_id=at.third.post_id, now=NOW)
        assert [len(selectors.asked(one, now=NOW + DAY)) for one in (at.member, at.third)] == [0, 1]

    def test_a_third_is_not_asked_while_two_work_with_it(self, at):
        family = paired(at.secretary, at.member)
        with pytest.raises(DomainError) as refused:
            services.ask_second(at.member, id=new_id(), case_ref=family.case_ref, post_id=at.third.post_id, now=NOW)
        assert refused.value.code == "families.pair_is_whole"

    def test_whoever_steps_back_is_blind_from_this_moment_on_and_the_family_is_left_to_somebody(self, at):
        family = noted(at.secretary)
        told = {"id": new_id(), "case_ref": family.case_ref, "why": "kin"}
        with pytest.raises(DomainError) as refused:
            services.step_back(at.secretary, **told, now=NOW)
        assert refused.value.code == "families.nobody_left"
        services.step_back(at.secretary, **told, instead=at.third.post_id, now=NOW)
        with pytest.raises(AccessDenied):
            selectors.family_page(at.secretary, family.case_ref, now=NOW + DAY)
        services.take_seat(at.third, id=new_id(), case_ref=family.case_ref, now=NOW + DAY)
        assert selectors.family_page(at.third, family.case_ref, now=NOW + DAY).case_ref == family.case_ref


class TestWork:
    def test_a_contact_ends_the_duty_and_the_next_day_is_another_one_of_the_same_post(self, at):
        family = paired(at.secretary, at.member, next_on=TODAY)
        contact(at.member, family, next_on=TODAY + 7 * DAY)
        standing = Duty.objects.standing().get(subject_id=family.subject_id)
        assert (standing.kind, standing.assignee_id, standing.about) == (
            "families.contact",
            at.member.post_id,
            family.case_ref,
        )
        assert FamilyContact.objects.get().promised == TODAY

    def test_a_contact_is_not_before_the_family_was_noted_and_not_tomorrow(self, at):
        family = paired(at.secretary, at.member)
        for on, code in ((TODAY - DAY, "families.before_it_began"), (TODAY + DAY, "families.day_to_come")):
            with pytest.raises(DomainError) as refused:
                contact(at.secretary, family, on=on)
            assert refused.value.code == code
        assert FamilyContact.objects.count() == 0

    @pytest.mark.parametrize(
        ("kind", "need"),
        [("shelter", "shelter"), ("legal", "legal"), ("psychologist", "psychological"), ("programme", "social")],
    )
    def test_what_others_do_is_asked_of_them_with_her_agreement(self, at, kind, need):
        family = paired(at.secretary, at.member)
        with pytest.raises(DomainError) as refused:
            work(at.secretary, family, kind)
        assert (refused.value.code, Work.objects.count(), Need.objects.count()) == ("families.not_agreed", 0, 0)
        row = work(at.secretary, family, kind, agreed=True)
        assert (row.asked, Need.objects.get(pk=row.need_id).code) == (True, need)
        assert Duty.objects.standing().get(kind="families.help").assignee_id == at.worker.post_id
        assert (f"post:{at.worker.post_id}", "file") in holders(family)

    def test_a_document_is_a_step_of_the_case_and_says_whose_help_it_was(self, at):
        family = paired(at.secretary, at.member)
        row = work(at.member, family, "documents", document="passport", state="applied")
        step = DocumentStep.objects.get(pk=row.step_id)
        assert (step.kind, step.state, step.organisation_id) == ("passport", "applied", at.committee.pk)

    def test_help_is_the_cases_and_says_which_committee_gave_it(self, at):
        family = paired(at.secretary, at.member)
        told = NewAid("community", "money", 6_500, TODAY)
        services.give_help(at.member, id=new_id(), case_ref=family.case_ref, told=told, now=NOW)
        row = AidGiven.objects.get()
        assert (row.subject_id, row.som, row.organisation_id) == (family.subject_id, 6_500, at.committee.pk)

    def test_told_violence_is_a_report_like_every_other_and_the_register_keeps_the_family(self, at):
        family = paired(at.secretary, at.member)
        told = NewReport(danger="no", told_on=TODAY, what="Кечээ урду.")
        services.tell_violence(at.member, id=new_id(), case_ref=family.case_ref, told=told, now=NOW)
        report = Report.objects.get()
        assert (report.way, report.place, Crossing.objects.get().report_id) == ("committee", family.place, report.pk)
        assert Duty.objects.standing().get(kind="intake.triage").assignee_id == at.worker.post_id
        contact(at.secretary, family)

    def test_work_that_ended_closes_the_case_and_nothing_follows(self, at):
        family = paired(at.secretary, at.member, next_on=TODAY + DAY)
        ended(at.secretary, family)
        assert selectors.family_page(at.secretary, family.case_ref, now=NOW).end == ("passed", TODAY, "")
        assert Case.objects.staged().get(pk=family.case_id).stage == "closed"
        assert not Duty.objects.standing().filter(subject_id=family.subject_id).exists()
        with pytest.raises(DomainError) as refused:
            contact(at.secretary, family)
        assert refused.value.code == "families.ended"

    def test_it_does_not_end_while_help_is_waited_for_nor_as_passed_where_violence_was_told(self, at):
        family = paired(at.secretary, at.member)
        work(at.secretary, family, "shelter", agreed=True)
        with pytest.raises(DomainError) as refused:
            ended(at.secretary, family)
        assert refused.value.code == "families.help_waits"
        second = paired(at.secretary, at.member)
        told = NewReport(danger="no", told_on=TODAY, what="Кечээ урду.")
        services.tell_violence(at.member, id=new_id(), case_ref=second.case_ref, told=told, now=NOW)
        with pytest.raises(DomainError) as refused:
            ended(at.secretary, second)
        assert (refused.value.code, FamilyEnd.objects.count()) == ("families.crossed", 0)

    def test_when_help_was_found_the_work_may_end_and_the_case_goes_on_with_those_who_help(self, at):
        family = paired(at.secretary, at.member)
        work(at.secretary, family, "shelter", agreed=True)
        asked = Duty.objects.standing().get(kind="families.help")
        duties.finish_duty(at.worker, id=new_id(), duty_id=asked.pk, now=NOW)
        ended(at.secretary, family, "handed_over")
        assert Case.objects.staged().get(pk=family.case_id).stage == "open"
        assert case_selectors.knows(at.worker, family.case_ref, now=NOW)
