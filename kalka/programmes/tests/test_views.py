import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.papers.tests.factories import text as printed
from kalka.programmes import views
from kalka.programmes.models import Attendance, Enrolment, Group, Sending, Session, StepTaken, Threat
from kalka.programmes.tests.factories import (
    NOW,
    TODAY,
    WOMAN,
    another,
    attended,
    group,
    placed,
    sent,
    stepped,
    threatened,
    world,
)

pytestmark = pytest.mark.django_db
HERS = (WOMAN.contact.phone, WOMAN.contact.address, WOMAN.names[0].given, "Мектеп")


@pytest.fixture
def at():
    return world()


def ask(view, actor, *args, told=None, now=NOW):
    request = RequestFactory().post("/", told) if told is not None else RequestFactory().get("/")
    request.actor, request.now, request.LANGUAGE_CODE = actor, now, "ky"
    return view(request, *args)


def said(view, actor, *args, now=NOW, **told):
    return ask(view, actor, *args, told={"key": str(new_id()), **told}, now=now)


def day(name, on):
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def read(answer):
    return answer.content.decode()


def test_the_inspector_sends_him_and_sees_how_far_he_is(at):
    page = read(ask(views.case, at.inspector, at.case.ref))
    assert f'value="{at.man}"' in page and f'value="{at.prison.pk}"' in page
    to = {"person": str(at.man), "ground": "order", "organisation": str(at.probation.pk), "phone": "0700112233"}
    made = said(views.case, at.inspector, at.case.ref, **to)
    sending = Sending.objects.get()
    assert (made.status_code, made.url) == (302, f"/cases/{at.case.ref}/programme/")
    assert f"/programmes/{sending.enrolment_id}/" in read(ask(views.case, at.inspector, at.case.ref))


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(at):
    page = said(views.case, at.inspector, at.case.ref, person=str(at.man), phone=WOMAN.contact.phone)
    assert page.status_code == 200 and "field--bad" in read(page)
    assert not Sending.objects.exists()
    sending = sent(at)
    for view, told in ((views.step, {"to": "ended"}), (views.threat, {"against": "her", "told": ""})):
        page = said(view, at.leader, sending.enrolment_id, **told)
        assert page.status_code == 200 and "field--bad" in read(page)
    assert (StepTaken.objects.count(), Threat.objects.count()) == (1, 0)


def test_the_leader_answers_seats_him_and_marks_everybody_on_one_screen(at):
    one, two = sent(at), another(at)
    made = said(views.group_new, at.leader, audience="men", language="ky", seats="8", **day("since", TODAY))
    room = Group.objects.get()
    assert made.url == "/programmes/"
    listed = read(ask(views.overview, at.leader))
    assert listed.count(f"/programmes/groups/{room.pk}/") == 1 and f"/programmes/{one.enrolment_id}/" in listed
    for sending in (one, two):
        made = said(views.step, at.leader, sending.enrolment_id, to="placed", group=str(room.pk))
        assert made.url == f"/programmes/{sending.enrolment_id}/"
    page = read(ask(views.session, at.leader, room.pk))
    assert "Токтосунов Эркин" in page and "Асанов Бакыт" in page
    first = Enrolment.objects.staged().order_by("last_at", "id").first()
    marks = {"how0": "came", "how1": "excused", "why1": "road"}
    made = said(views.session, at.leader, room.pk, module="agreement", **marks, **day("on", TODAY))
    assert made.url == f"/programmes/groups/{room.pk}/"
    assert Session.objects.get().on == TODAY
    found = dict(Attendance.objects.values_list("how", "why"))
    assert found == {"came": "", "excused": "road"}
    assert first is not None and "1" in read(ask(views.group, at.leader, room.pk))


def test_nobody_is_left_unmarked(at):
    sending, room = sent(at), group(at)
    placed(at, sending, room)
    page = said(views.session, at.leader, room.pk, module="agreement", **day("on", TODAY))
    assert page.status_code == 200 and not Attendance.objects.exists()


def test_only_what_may_follow_is_offered(at):
    sending = sent(at)
    page = read(ask(views.step, at.leader, sending.enrolment_id))
    assert [code for code in ("waiting", "placed", "evasion", "completed") if f'value="{code}"' in page] == ["waiting"]
    group(at)
    assert 'value="placed"' in read(ask(views.step, at.leader, sending.enrolment_id))


def test_nothing_of_her_is_on_any_page_of_whoever_leads(at):
    sending, room = sent(at), group(at)
    placed(at, sending, room)
    threatened(at, sending)
    pages = [
        ask(views.overview, at.leader),
        ask(views.group, at.leader, room.pk),
        ask(views.session, at.leader, room.pk),
        ask(views.enrolment, at.leader, sending.enrolment_id),
        ask(views.step, at.leader, sending.enrolment_id),
        ask(views.threat, at.leader, sending.enrolment_id),
    ]
    told = "".join(read(page) for page in pages)
    assert [one for one in (*HERS, at.case.ref, str(at.case.subject_id)) if one in told] == []
    for lang in ("ky", "ru"):
        pdf = ask(views.paper, at.leader, sending.enrolment_id, "referral", lang).content
        assert [one for one in (*HERS, at.case.ref) if one in printed(pdf)] == []


def test_the_referral_says_where_to_go_and_that_it_is_a_draft(at):
    sending = sent(at)
    for lang, words in (
        ("ky", ("Токтосунов Эркин", "Эркектер үчүн программа", "себебин билдириңиз", "Коргоо ордери", "№ 417")),
        ("ru", ("Токтосунов Эркин", "Программа для мужчин", "назовите причину", "Охранный ордер", "№ 417")),
    ):
        text = printed(ask(views.paper, at.leader, sending.enrolment_id, "referral", lang).content)
        assert [one for one in words if one not in text] == []


def test_no_certificate_before_he_has_finished_and_one_after(at):
    sending, room = sent(at), group(at)
    placed(at, sending, room)
    page = ask(views.paper, at.leader, sending.enrolment_id, "certificate", "ky")
    assert page.status_code == 200 and page["Content-Type"].startswith("text/html")
    later = attended(at, room, sending)
    stepped(at, sending, "completed", now=later)
    pdf = ask(views.paper, at.leader, sending.enrolment_id, "certificate", "ky", now=later)
    assert pdf["Content-Type"] == "application/pdf" and pdf["Content-Disposition"].endswith('"programme-ky.pdf"')
    words = printed(pdf.content)
    assert [one for one in ("Токтосунов Эркин", "№ 417", "Өткөн модулдар") if one not in words] == []


def test_another_language_or_kind_is_not_there(at):
    sending = sent(at)
    for kind, lang in (("referral", "en"), ("diploma", "ky")):
        with pytest.raises(AccessDenied):
            ask(views.paper, at.leader, sending.enrolment_id, kind, lang)


def test_handed_over_the_leader_is_back_on_the_list(at):
    sending = sent(at)
    made = said(views.step, at.leader, sending.enrolment_id, to="moved", organisation=str(at.prison.pk))
    assert made.url == "/programmes/"


def test_the_list_asks_as_much_for_many_as_for_one(at):
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            ask(views.overview, at.leader)
        return len(found)

    sent(at)
    few = asked()
    another(at)
    assert asked() == few
