from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from kalka.access import selectors as access
from kalka.access.models import Grant, Wall
from kalka.accounts import services as accounts
from kalka.cases import services as cases
from kalka.cases.rules import Part
from kalka.cases.tests.factories import MAN, WOMAN, add, wall
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.demo.staffing import FOUNDER
from kalka.directory.models import Holding
from kalka.duties.models import Duty
from kalka.files.models import Attachment
from kalka.findings import selectors, services
from kalka.findings.models import Acknowledged, ClinicFinding, Filed, HandedOver, SchoolReport, Shown, Withdrawn
from kalka.findings.tests.factories import DAY, HOUR, JPEG, NOW, SAID, TOLD, family, found, reported, world
from kalka.notices.models import Notice
from kalka.people.rules import Contact, NewPerson

pytestmark = [pytest.mark.django_db, pytest.mark.both]
ROWS = (Filed, ClinicFinding, SchoolReport, Acknowledged, HandedOver, Shown, Withdrawn, Attachment, Grant, Duty)


@pytest.fixture
def at():
    return world()


def refusal(do):
    before = [model.objects.count() for model in ROWS]
    with pytest.raises(DomainError) as refused:
        do()
    assert [model.objects.count() for model in ROWS] == before
    assert AuditEntry.objects.latest("id").refusal == refused.value.code
    return refused.value


def standing(kind):
    return Duty.objects.filter(kind=kind, ended_at=None)


def test_what_a_clinic_finds_is_sealed_and_goes_to_whoever_answers_for_the_place(at):
    row = found(at.clinic, assaulted_at=NOW - 30 * HOUR, photos=(("neck.jpg", JPEG),))
    assert (row.sexual, row.hours) == ("yes", "day_2")
    for sealed in (row.told, row.marks, row.name, row.assaulted_at):
        assert sealed and TOLD.encode() not in bytes(sealed.blob) and b"neck" not in bytes(sealed.blob)
    assert Attachment.objects.get().subject_id == row.subject_id
    (duty,) = standing("findings.acknowledge")
    assert (duty.assignee_id, duty.due_at, duty.subject_id) == (at.worker.post_id, None, row.subject_id)
    holders = set(Grant.objects.filter(subject_id=row.subject_id).values_list("holder", flat=True))
    assert holders == {f"post:{at.clinic.post_id}", f"post:{at.worker.post_id}"}
    page = selectors.clinic_page(at.clinic, row.subject_id, now=NOW)
    assert (page.told, page.name, page.hours, len(page.photos)) == (TOLD, "Айгүл", 30, 1)
    assert [one.hours for one in page.windows] == [None, None], "unset where no fact gives the hours"


def test_sent_twice_it_is_written_once(at):
    id = new_id()
    assert found(at.clinic, id=id) == found(at.clinic, id=id) and Filed.objects.count() == 1
    assert isinstance(refusal(lambda: found(at.clinic, id=id, told="x")), AccessDenied)


def test_a_writer_sees_neither_the_case_nor_what_others_wrote_to_it(at):
    mine, other = found(at.clinic, case_ref=at.case.ref), reported(at.school, case_ref=at.case.ref)
    assert not access.sees(at.clinic, at.case.subject_id, now=NOW)
    assert [line.file for line in selectors.mine(at.clinic, now=NOW)] == [mine.subject_id]
    for actor, file in ((at.clinic, other.subject_id), (at.school, mine.subject_id)):
        assert not access.sees(actor, file, now=NOW)
    with pytest.raises(AccessDenied):
        selectors.of_case(at.clinic, at.case.ref, now=NOW)


def test_the_case_it_names_finds_it_and_reads_it_once_it_is_acknowledged(at):
    row = found(at.clinic, case_ref=f" {at.case.ref.lower()} ")
    (line,) = selectors.of_case(at.inspector, at.case.ref, now=NOW)
    assert (line.kind, line.read_at, line.url) == ("clinic", None, "")
    with pytest.raises(AccessDenied):
        selectors.clinic_page(at.guard, row.subject_id, now=NOW)
    told = {"id": new_id(), "file": row.subject_id, "case_ref": at.case.ref, "now": NOW + HOUR}
    assert services.acknowledge(at.guard, **told) == services.acknowledge(at.guard, **told)
    assert selectors.clinic_page(at.guard, row.subject_id, now=NOW + HOUR).told == TOLD
    (line,) = selectors.mine(at.clinic, now=NOW + HOUR)
    assert line.read_at == NOW + HOUR and not standing("findings.acknowledge").exists()
    notice = Notice.objects.get(kind="finding_received")
    assert (notice.to_post_id, notice.subject_id) == (at.clinic.post_id, row.subject_id)


def test_a_code_nobody_has_loses_nothing(at):
    row = found(at.clinic, case_ref="ZZZZZ-ZZZZZ")
    assert selectors.clinic_page(at.worker, row.subject_id, now=NOW).told == TOLD
    assert selectors.of_case(at.inspector, at.case.ref, now=NOW) == ()


def test_nobody_acknowledges_by_a_case_it_does_not_name_or_they_do_not_see(at):
    row = found(at.clinic)
    told = {"id": new_id(), "file": row.subject_id, "now": NOW}
    for actor, ref in ((at.guard, at.case.ref), (at.guard, ""), (at.crisis, at.case.ref)):
        do = lambda actor=actor, ref=ref: services.acknowledge(actor, case_ref=ref, **told)  # noqa: E731  (read at once)
        assert isinstance(refusal(do), AccessDenied)


def test_whoever_is_shut_out_of_the_case_is_shut_out_of_what_names_it(at):
    wall(at.case.subject_id, 77)
    row = found(at.clinic, case_ref=at.case.ref)
    services.acknowledge(at.guard, id=new_id(), file=row.subject_id, case_ref=at.case.ref, now=NOW)
    assert Wall.objects.filter(subject_id=row.subject_id, user_id=77).exists()


def test_a_school_report_goes_to_child_protection_and_is_handed_over_to_111(at):
    row = reported(at.school)
    (duty,) = standing("findings.hand_over")
    assert (duty.assignee_id, duty.subject_id) == (at.guard.post_id, row.subject_id)
    told = {"file": row.subject_id, "on": row.on, "now": NOW + HOUR}
    services.hand_over(at.guard, id=new_id(), number="ПЗД-17", **told)
    assert not standing("findings.hand_over").exists()
    theirs = selectors.school_page(at.guard, row.subject_id, now=NOW + HOUR)
    mine = selectors.school_page(at.school, row.subject_id, now=NOW + HOUR)
    assert (theirs.number, mine.number) == ("ПЗД-17", ""), "the school sees its own part and the acknowledgement"
    assert (mine.told, mine.line.handed_on) == (SAID, row.on)
    assert isinstance(refusal(lambda: services.hand_over(at.school, id=new_id(), number="", **told)), AccessDenied)
    early = told | {"on": row.on - DAY}
    assert refusal(lambda: services.hand_over(at.guard, id=new_id(), **early)).facts["field"] == "on"


def test_a_parent_who_works_here_is_shut_out_of_a_report_that_names_them(at):
    phone = "+996555987654"
    father = accounts.create_user(FOUNDER, login="father", name="Эркин", password=None, now=NOW)
    Holding.objects.create(post_id=at.guard.post_id, user_id=father.id, since=date(2020, 1, 1))
    him = replace(at.guard, user_id=father.id, subject_id=father.subject_id)
    cases.say_who_i_am(him, told=NewPerson(contact=Contact(phone=phone)), now=NOW)
    row = reported(at.school, by_parent="yes", parent_given="Эркин", parent_phone=phone)
    assert Wall.objects.filter(subject_id=row.subject_id, user_id=father.id).exists()
    with pytest.raises(AccessDenied):
        selectors.school_page(him, row.subject_id, now=NOW)
    assert selectors.school_page(at.guard, row.subject_id, now=NOW).closed_to_parent, (
        "the colleague of his post reads it"
    )


def test_a_parent_said_to_have_done_it_neither_sees_nor_withdraws_it(at):
    mother, father = family(at)
    row = reported(at.school, by_parent="yes", case_ref=at.case.ref)
    told = {"file": row.subject_id, "case_ref": at.case.ref, "now": NOW}
    for do in (services.show, lambda actor, **more: services.withdraw(actor, reason="Ата сурады", **more)):
        refused = refusal(lambda do=do: do(at.guard, id=new_id(), person=father, **told))
        assert (refused.code, refused.facts["field"]) == ("findings.not_by_whom_it_names", "person")
    assert selectors.speakers(at.guard, at.case.ref, now=NOW).count(father) == 0
    services.show(at.guard, id=new_id(), person=mother, **told)
    assert Shown.objects.get().person_id == mother
    services.withdraw(at.guard, id=new_id(), person=mother, reason="Апасы сурады", **told)
    assert selectors.school_page(at.school, row.subject_id, now=NOW).withdrawn_at == NOW
    again = refusal(lambda: services.withdraw(at.guard, id=new_id(), person=mother, reason="Дагы", **told))
    assert again.code == "findings.is_withdrawn"
    assert selectors.school_page(at.guard, row.subject_id, now=NOW).told == SAID, "it stays as it was written"


def test_a_guardian_whom_the_report_names_is_refused_though_the_case_says_nothing_of_it(at):
    father = add(at.inspector, at.case, MAN, Part.GUARDIAN, relation="unknown").person_id
    mother = add(at.inspector, at.case, WOMAN, Part.GUARDIAN, relation="unknown").person_id
    named = ({"parent_given": "Эркин"}, {"parent_family": "Tokosunov", "parent_given": "Erkin"})
    for parent in (*named, {"parent_family": "Токтосунов"}):
        file = reported(at.school, by_parent="yes", case_ref=at.case.ref, **parent).subject_id
        told = {"file": file, "case_ref": at.case.ref, "now": NOW}
        for do in (services.show, partial(services.withdraw, reason="Ата сурады")):
            refused = refusal(lambda do=do, told=told: do(at.guard, id=new_id(), person=father, **told))
            assert (refused.code, refused.facts["field"]) == ("findings.not_by_whom_it_names", "person")
        if parent in named:
            assert services.show(at.guard, id=new_id(), person=mother, **told).person_id == mother


def test_by_the_telephone_too_and_whom_it_does_not_name_might_be_either(at):
    mother = add(at.inspector, at.case, WOMAN, Part.GUARDIAN, relation="unknown").person_id
    for parent in ({"parent_phone": "0555 12 12 34"}, {}):
        file = reported(at.school, by_parent="yes", case_ref=at.case.ref, **parent).subject_id
        told = {"file": file, "case_ref": at.case.ref, "person": mother, "now": NOW}
        assert refusal(lambda told=told: services.show(at.guard, id=new_id(), **told)).facts["field"] == "person"
    add(at.inspector, at.case, MAN, Part.ALLEGED)
    services.show(at.guard, id=new_id(), **told)
    assert Shown.objects.get().person_id == mother, "whom the case says to have done it is the one"


def test_only_whoever_may_writes_and_reads(at):
    for do in (
        lambda: found(at.school),
        lambda: reported(at.clinic),
        lambda: found(at.worker),
    ):
        assert isinstance(refusal(do), AccessDenied)
    row = found(at.clinic)
    own = refusal(lambda: services.acknowledge(at.clinic, id=new_id(), file=row.subject_id, now=NOW))
    assert isinstance(own, AccessDenied)


def test_a_case_is_not_closed_on_what_nobody_has_read(at):
    row = found(at.clinic, case_ref=at.case.ref)
    (blocker,) = selectors.open_work(at.worker, at.case.subject_id, now=NOW)
    assert (blocker.code, blocker.facts["url"]) == ("findings.unread", f"/cases/{at.case.ref}/findings/")
    services.acknowledge(at.worker, id=new_id(), file=row.subject_id, now=NOW)
    assert selectors.open_work(at.worker, at.case.subject_id, now=NOW) == ()
    (item,) = selectors.timeline(at.worker, selectors.of_case(at.worker, at.case.ref, now=NOW))
    assert (item.what, item.lines) == ("findings.clinic", ())
