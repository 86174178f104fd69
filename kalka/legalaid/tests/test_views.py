import pytest
from django.test import RequestFactory

from kalka.cases.tests.factories import VILLAGE, protected_of
from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.lawbook.tests.amending import law_says
from kalka.legalaid import views
from kalka.legalaid.duty import APPOINT_TERM
from kalka.legalaid.models import (
    Appointment,
    AppointmentAnswer,
    ConsultationDay,
    ConsultationHeld,
    CounselSession,
    Group,
    GroupMeeting,
    LegalRequest,
    LegalResult,
    Waiting,
)
from kalka.legalaid.tests.factories import NOW, TODAY, agreed, appointed, asked, took, world
from kalka.legalaid.tests.test_counselling import group, waits

pytestmark = pytest.mark.django_db
ON = {"on_day": "23", "on_month": "11", "on_year": "2026"}


@pytest.fixture
def at():
    return world()


def ask(view, actor, *args, told=None):
    request = RequestFactory().post("/", told) if told is not None else RequestFactory().get("/")
    request.actor, request.now, request.LANGUAGE_CODE = actor, NOW, "ky"
    return view(request, *args)


def keyed(**told):
    return {"key": str(new_id()), **told}


def saved(view, actor, *args, told, table):
    before = table.objects.count()
    assert ask(view, actor, *args).status_code == 200
    return (ask(view, actor, *args, told=told).status_code, table.objects.count() - before) == (302, 1)


def test_from_asking_to_the_result(at):
    agreed(at, at.case, at.office.pk)
    told = keyed(client=str(protected_of(at.case)), category="civil", ground="violence", told="")
    assert saved(views.new, at.worker, at.case.ref, told=told, table=LegalRequest)
    request = LegalRequest.objects.get()
    given = keyed(advocate=str(at.advocate.post_id))
    assert saved(views.appoint, at.worker, at.case.ref, request.pk, told=given, table=Appointment)
    row = Appointment.objects.get()
    until = {"until_day": "1", "until_month": "12", "until_year": "2026"}
    answered = keyed(accepted="yes", reason="", **until)
    assert saved(views.answer, at.advocate, at.case.ref, row.pk, told=answered, table=AppointmentAnswer)
    ended = keyed(how="won", **ON)
    assert saved(views.result, at.advocate, at.case.ref, request.pk, told=ended, table=LegalResult)
    for view, more in ((views.case, ()), (views.one, (request.pk,))):
        assert ask(view, at.worker, at.case.ref, *more).status_code == 200


def test_whoever_works_on_the_case_writes_down_that_she_does_not_want_to_go_on(at):
    request = asked(at)
    assert "/withdraw/" in ask(views.one, at.worker, at.case.ref, request.pk).content.decode()
    assert saved(views.withdraw, at.worker, at.case.ref, request.pk, told=keyed(), table=LegalResult)
    assert "/withdraw/" not in ask(views.one, at.worker, at.case.ref, request.pk).content.decode()


def test_where_the_law_sets_no_term_the_page_says_so_and_where_it_does_it_does_not(at, monkeypatch, tmp_path):
    request = asked(at)
    words = "мөөнөтү мыйзамда белгиленген эмес"
    assert words in ask(views.one, at.worker, at.case.ref, request.pk).content.decode()
    law_says(monkeypatch, tmp_path, APPOINT_TERM, 3, since=f"{TODAY}")
    assert words not in ask(views.one, at.worker, at.case.ref, request.pk).content.decode()


def test_an_office_of_the_other_side_is_refused_without_a_word_of_whose(at):
    from kalka.legalaid.tests.test_services import crossed

    other = crossed(at)
    for case in (at.case, other):
        agreed(at, case, at.office.pk)
    took(appointed(at, asked(at), at.advocate), at.advocate)
    page = ask(
        views.appoint, at.worker, other.ref, asked(at, other).pk, told=keyed(advocate=str(at.partner.post_id))
    ).content.decode()
    assert "field--bad" in page and at.case.ref not in page


def test_days_in_villages(at):
    assert saved(views.day_new, at.advocate, told=keyed(place=VILLAGE, **ON), table=ConsultationDay)
    for actor in (at.advocate, at.worker):
        assert ask(views.days, actor).status_code == 200
    told = keyed(women="9", men="2", topic_family="6")
    assert saved(views.day, at.advocate, ConsultationDay.objects.get().pk, told=told, table=ConsultationHeld)


def test_counselling_from_the_list_to_the_group(at):
    told = keyed(psychologist=str(at.psychologist.post_id), urgency="now")
    assert saved(views.wait, at.worker, at.case.ref, told=told, table=Waiting)
    page = ask(views.counselling, at.psychologist).content.decode()
    assert at.case.ref in page and "Токтосунова" not in page
    held = keyed(came="yes", minutes="45", kind="first", **ON)
    assert saved(views.session, at.psychologist, at.case.ref, told=held, table=CounselSession)
    since = {"since_day": "23", "since_month": "11", "since_year": "2026"}
    assert saved(views.group_new, at.psychologist, told=keyed(circle="women", seats="8", **since), table=Group)
    made = Group.objects.get()
    assert ask(views.join, at.psychologist, at.case.ref, told=keyed(group=str(made.pk))).status_code == 302
    met = keyed(minutes="90", present=[str(one.pk) for one in made.members.all()], **ON)
    assert saved(views.group, at.psychologist, made.pk, told=met, table=GroupMeeting)


def test_what_may_not_be_seen_is_not_found(at):
    row, made = waits(at), group(at)
    for do in (
        lambda: ask(views.case, at.stranger, at.case.ref),
        lambda: ask(views.new, at.stranger, at.case.ref),
        lambda: ask(views.leave, at.colleague, at.case.ref, row.pk),
        lambda: ask(views.group, at.worker, made.pk),
        lambda: ask(views.day, at.advocate, new_id()),
    ):
        with pytest.raises(AccessDenied):
            do()
