import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.utils import translation

from kalka.core.errors import AccessDenied
from kalka.core.extract import Extract
from kalka.core.refs import new_id
from kalka.files.models import Attachment
from kalka.findings import facts, views
from kalka.findings.models import Acknowledged, ClinicFinding, HandedOver, SchoolReport
from kalka.findings.tests.factories import DAY, HOUR, JPEG, NOW, SAID, TOLD, VILLAGE, found, reported, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return world()


def ask(view, actor, *args, told=None):
    factory = RequestFactory()
    request = factory.post("/", {"key": str(new_id())} | told) if told is not None else factory.get("/")
    request.actor, request.now, request.LANGUAGE_CODE = actor, NOW, "en"
    with translation.override("en"):
        return view(request, *args)


def text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


FINDING = {
    "place": VILLAGE,
    "sexual": "unknown",
    "told": TOLD,
    "region_0": "neck",
    "kind_0": "strangling",
    "size_0": "5",
}
SCHOOL = {"place": VILLAGE, "sex": "f", "age_band": "7-13", "signs": ["fear"], "told": SAID, "by_parent": "no"}


def test_an_examination_is_written_with_marks_and_a_photo_and_shown_on_the_body_chart(at):
    photo = SimpleUploadedFile("neck.jpg", JPEG, "image/jpeg")
    answer = ask(views.clinic_new, at.clinic, told=FINDING | {"photo_0": photo})
    row = ClinicFinding.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/findings/clinic/{row.subject_id}/")
    shown = text(ask(views.clinic, at.clinic, row.subject_id))
    assert shown.count('fill="currentColor"') == 1 and "Marks of strangling" in shown and TOLD in shown
    assert shown.count("term not established") == 2
    assert str(Attachment.objects.get().pk) in shown


@pytest.mark.parametrize(
    "wrong", [{"region_0": ""}, {"kind_0": ""}, {"sexual": ""}, {"place": ""}, {"told": "ө" * 4001}]
)
def test_what_is_wrong_is_said_and_nothing_is_lost(at, wrong):
    shown = text(ask(views.clinic_new, at.clinic, told=FINDING | wrong))
    assert "field--bad" in shown and (wrong.get("told") or TOLD) in shown
    assert not ClinicFinding.objects.exists()


def test_a_school_reports_and_child_protection_hands_over(at):
    assert ask(views.school_new, at.school, told=SCHOOL).status_code == 302
    row = SchoolReport.objects.get()
    assert "Nobody has read it yet" in text(ask(views.school, at.school, row.subject_id))
    assert ask(views.acknowledge, at.guard, row.subject_id, told={}).status_code == 302
    on = {"on_day": "23", "on_month": "11", "on_year": "2026", "number": "ПЗД-17"}
    assert ask(views.hand_over, at.guard, row.subject_id, told=on).status_code == 302
    assert (Acknowledged.objects.count(), HandedOver.objects.count()) == (1, 1)
    assert "ПЗД-17" in text(ask(views.school, at.guard, row.subject_id))
    shown = text(ask(views.school, at.school, row.subject_id))
    assert "ПЗД-17" not in shown and "handed over to 111" in shown


def test_the_lists_say_what_is_there_and_not_what_is_in_it(at):
    row = found(at.clinic, case_ref=at.case.ref)
    for shown in (
        text(ask(views.listing, at.clinic)),
        text(ask(views.listing, at.worker)),
        text(ask(views.of_case, at.guard, at.case.ref)),
    ):
        assert "Clinic documentation" in shown and TOLD not in shown and "Айгүл" not in shown
    answer = ask(views.acknowledge_of_case, at.guard, at.case.ref, row.subject_id, told={})
    assert answer.url == f"/findings/clinic/{row.subject_id}/"


def test_what_may_not_be_seen_is_not_found(at):
    clinic, school = found(at.clinic), reported(at.school)
    for view, actor, args in (
        (views.clinic, at.school, (clinic.subject_id,)),
        (views.school, at.clinic, (school.subject_id,)),
        (views.hand_over, at.crisis, (school.subject_id,)),
        (views.photo, at.crisis, (clinic.subject_id, new_id())),
        (views.of_case, at.clinic, (at.case.ref,)),
        (views.withdraw, at.crisis, (at.case.ref, school.subject_id)),
    ):
        with pytest.raises(AccessDenied):
            ask(view, actor, *args)


def test_figures_are_codes(at):
    found(at.clinic, assaulted_at=NOW - 80 * HOUR)
    reported(at.school, by_parent="yes")
    asked = Extract(before=NOW + DAY, until=(NOW + DAY).date(), salt=b"s", size=1)
    (clinic,), (school,) = (
        [row for b in read(asked) for row in b.rows] for read in (facts.findings, facts.school_reports)
    )
    assert (clinic.sexual, clinic.hours, clinic.read) == ("yes", "day_4", False)
    assert (school.by_parent, school.handed, school.age_band) == ("yes", False, "7-13")
    assert TOLD not in repr(clinic) and SAID not in repr(school)
