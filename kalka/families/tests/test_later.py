"""What comes later: a name written and taken back, help a sitting decided on, and what keeps the case open."""

import pytest

from kalka.cases.selectors import identity
from kalka.core.blockers import Blocker
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.duties import services as duties
from kalka.duties.models import Duty
from kalka.families import selectors, services
from kalka.families.models import FamilyName, HerWord, Work
from kalka.families.rules import NewName, NewWord
from kalka.families.tests.factories import DAY, NOW, TODAY, contact, ended, noted, paired, work, world
from kalka.people.models import Identifier
from kalka.referrals import services as referrals
from kalka.referrals.models import Need
from kalka.ui.between import Between

pytestmark = [pytest.mark.django_db, pytest.mark.both]
CONSENT = NewName("consent", family="Асанова", given="Бермет", phone="+996555121234")
BACK = NewName("code")


@pytest.fixture
def at():
    return world()


@pytest.fixture
def family(at):
    return paired(at.secretary, at.member)


def named(by, family, told=CONSENT, *, id=None, now=NOW):
    return services.name_family(by, id=id or new_id(), case_ref=family.case_ref, told=told, now=now)


def known(by, family, now=NOW):
    person = identity(by, family.case_ref, now=now)[0].person
    return person.name, person.contact.phone, person.sex, person.age_band


class TestName:
    def test_it_is_written_later_with_a_day_and_shown_when_asked_for(self, at, family):
        id = new_id()
        rows = [named(at.member, family, id=id) for _ in range(2)]
        assert rows[0] == rows[1]
        assert list(FamilyName.objects.values_list("number", "named", "ground", "on")) == [(1, "consent", "", TODAY)]
        page = selectors.family_page(at.secretary, family.case_ref, now=NOW)
        assert (page.named, page.ground) == ("consent", "")
        assert selectors.who(at.secretary, family.case_ref, now=NOW) == (("Асанова Бермет", "+996555121234"),)
        assert known(at.secretary, family) == ("Асанова Бермет", "+996555121234", "f", "25-34")

    def test_taken_back_it_is_shown_no_more_and_finds_nobody(self, at, family):
        named(at.member, family)
        assert Identifier.objects.exists()
        named(at.secretary, family, BACK, now=NOW + DAY)
        assert list(FamilyName.objects.order_by("number").values_list("named", flat=True)) == ["consent", "code"]
        assert selectors.family_page(at.member, family.case_ref, now=NOW + DAY).named == "code"
        assert selectors.who(at.member, family.case_ref, now=NOW + DAY) == ()
        assert known(at.member, family, NOW + DAY) == ("", "", "f", "25-34")
        assert not Identifier.objects.exists()

    def test_a_name_from_the_first_day_is_taken_back_as_well_and_another_ground_is_said(self, at):
        first = noted(at.secretary, named="consent", family="Асанова", given="Бермет")
        named(at.secretary, first, NewName("ground", "child", "Асанова", "Бермет"))
        page = selectors.family_page(at.secretary, first.case_ref, now=NOW)
        assert (page.named, page.ground) == ("ground", "child")
        named(at.secretary, first, BACK)
        assert selectors.who(at.secretary, first.case_ref, now=NOW) == ()

    def test_others_who_work_with_them_keep_what_they_know(self, at, family):
        named(at.secretary, family)
        work(at.secretary, family, "legal", agreed=True)
        named(at.secretary, family, BACK)
        assert selectors.who(at.secretary, family.case_ref, now=NOW) == ()
        assert known(at.worker, family)[0] == "Асанова Бермет"

    @pytest.mark.parametrize(
        ("told", "code"),
        [
            (NewName("code", family="Асанова"), "families.name_without_reason"),
            (NewName("consent"), "families.name_missing"),
            (NewName("ground", "", "Асанова"), "families.ground_missing"),
            (NewName("ground", "because", "Асанова"), "families.not_an_answer"),
            (NewName("asked", "", "Асанова"), "families.not_an_answer"),
            (BACK, "families.no_name"),
        ],
    )
    def test_without_a_reason_nothing_is_written(self, at, family, told, code):
        with pytest.raises(DomainError) as refused:
            named(at.secretary, family, told)
        assert (refused.value.code, FamilyName.objects.count()) == (code, 0)
        assert known(at.secretary, family)[0] == ""

    def test_nobody_else_writes_one_and_none_is_written_after_the_end(self, at, family):
        for stranger in (at.third, at.other, at.worker):
            with pytest.raises(AccessDenied):
                named(stranger, family)
        ended(at.secretary, family)
        with pytest.raises(DomainError):
            named(at.secretary, family)
        assert not FamilyName.objects.exists()


@command("families.test_decide", needs=Permission.SITTING_KEEP)
def decide(actor, *, case_ref, code, now):
    """As a sitting decides it, of a family the actor need not know."""
    made = referrals.decide_referral(actor, id=new_id(), case_ref=case_ref, code=code, now=now)
    if made.ask is not None:
        services.ask_her(actor, case_ref=case_ref, need_id=made.ask, now=now)
    return Need.objects.get(pk=made.record)


def said(by, family, need, told=None, *, id=None):
    told = told or NewWord("wants", agreed=True)
    return services.record_her_word(
        by, id=id or new_id(), case_ref=family.case_ref, need_id=need.pk, told=told, now=NOW
    )


def standing(kind):
    return [one.assignee_id for one in Duty.objects.standing().filter(kind=kind)]


class TestHerWord:
    def test_she_wants_it_and_a_social_worker_finds_who_helps(self, at, family):
        need = decide(at.secretary, case_ref=family.case_ref, code="shelter", now=NOW)
        assert (standing("families.ask_her"), need.wish) == ([at.secretary.post_id], "not_asked")
        assert selectors.family_page(at.member, family.case_ref, now=NOW).to_ask == ("shelter",)

        id = new_id()
        rows = [said(at.member, family, need, id=id) for _ in range(2)]

        assert (rows[0], HerWord.objects.get().says) == (rows[1], "wants")
        assert Need.objects.wished().get().says == "wants"
        assert (standing("families.ask_her"), standing("families.help")) == ([], [at.worker.post_id])
        assert list(Work.objects.values_list("kind", "asked", "need")) == [("shelter", True, need.pk)]
        assert selectors.family_page(at.member, family.case_ref, now=NOW).to_ask == ()

    @pytest.mark.parametrize("says", ["not_now", "refuses", "met"])
    def test_she_does_not_and_nobody_is_told(self, at, family, says):
        need = decide(at.secretary, case_ref=family.case_ref, code="legal", now=NOW)
        said(at.secretary, family, need, NewWord(says))
        assert (Need.objects.wished().get().says, standing("families.ask_her"), standing("families.help")) == (
            says,
            [],
            [],
        )
        assert not Work.objects.exists()

    def test_without_her_agreement_or_when_she_was_asked_nothing_is_written(self, at, family):
        need = decide(at.secretary, case_ref=family.case_ref, code="legal", now=NOW)
        for told in (NewWord("wants"), NewWord("perhaps")):
            with pytest.raises(DomainError):
                said(at.secretary, family, need, told)
        assert not HerWord.objects.exists() and standing("families.ask_her") == [at.secretary.post_id]
        said(at.secretary, family, need, NewWord("not_now"))
        with pytest.raises(DomainError, match="was_asked"):
            said(at.member, family, need)
        with pytest.raises(AccessDenied):
            said(at.third, family, need)
        assert HerWord.objects.count() == 1

    def test_asked_for_on_their_own_it_is_asked_for_once(self, at, family):
        need = decide(at.secretary, case_ref=family.case_ref, code="psychological", now=NOW)
        work(at.member, family, "psychologist", agreed=True)
        assert (Need.objects.wished().get().says, Need.objects.get().pk) == ("wants", need.pk)
        assert (standing("families.ask_her"), standing("families.help")) == ([], [at.worker.post_id])

    def test_whoever_steps_back_leaves_it_to_the_other(self, at, family):
        decide(at.secretary, case_ref=family.case_ref, code="legal", now=NOW)
        services.step_back(at.secretary, id=new_id(), case_ref=family.case_ref, why="kin", now=NOW)
        assert standing("families.ask_her") == [at.member.post_id]
        told = {"why": "kin", "instead": at.third.post_id, "now": NOW + DAY}
        services.step_back(at.member, id=new_id(), case_ref=family.case_ref, **told)
        services.take_seat(at.third, id=new_id(), case_ref=family.case_ref, now=NOW + DAY)
        assert standing("families.ask_her") == [at.third.post_id]

    def test_it_ends_with_their_work(self, at, family):
        decide(at.secretary, case_ref=family.case_ref, code="legal", now=NOW)
        ended(at.secretary, family, "moved")
        assert standing("families.ask_her") == []

    def test_no_word_outside_a_command(self, at, family):
        with pytest.raises(AccessDenied):
            services.ask_her(at.secretary, case_ref=family.case_ref, need_id=new_id(), now=NOW)


class TestClosing:
    def test_the_case_stays_open_while_the_two_work_on_and_says_until_when(self, at, family):
        subject = family.subject_id
        assert selectors.open_work(at.secretary, subject, now=NOW) == (Blocker("families.kept"),)
        contact(at.secretary, family, next_on=TODAY + 7 * DAY)
        work(at.secretary, family, "legal", agreed=True)
        assert selectors.open_work(at.worker, subject, now=NOW) == (
            Blocker("families.kept_until", {"next_on": TODAY + 7 * DAY}),
            Blocker("families.work_waits", {"number": 1}),
        )
        for stranger in (at.third, at.other, at.inspector):
            assert selectors.open_work(stranger, subject, now=NOW) == ()

    def test_nothing_is_open_once_they_have_ended(self, at, family):
        work(at.secretary, family, "legal", agreed=True)
        _helped(at.worker, subject_id=family.subject_id, now=NOW)
        ended(at.secretary, family)
        assert selectors.open_work(at.worker, family.subject_id, now=NOW) == ()


@command("families.test_helped", needs=Permission.CASE_WORK)
def _helped(actor, *, subject_id, now):
    """Whoever was asked found who helps."""
    duties.end_for("families.help", subject_id=subject_id, actor=actor, now=now)


def test_the_register_is_narrowed_to_days_of_which_something_was_written(at):
    early, late = noted(at.secretary, on=TODAY - 90 * DAY), noted(at.secretary)
    contact(at.secretary, early, on=TODAY - 40 * DAY)

    def found(since, until):
        days = Between(TODAY - since * DAY, TODAY - until * DAY)
        return {one.case_ref for one in selectors.register(at.secretary, now=NOW, within=days)}

    assert found(100, 80) == found(50, 30) == {early.case_ref}
    assert (found(29, 1), found(5, 0), found(100, 0)) == (set(), {late.case_ref}, {early.case_ref, late.case_ref})
    assert len(selectors.register(at.secretary, now=NOW, within=Between())) == 2
