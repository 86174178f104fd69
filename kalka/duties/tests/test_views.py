from datetime import timedelta

import pytest
from django.test import RequestFactory

from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.duties import views
from kalka.duties.models import Duty, DutyEnd
from kalka.duties.tests.factories import FAR, NOW, acting, duty, organisation, post, team

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def office():
    return team()


def ask(view, actor, *args, told=None, lang="en"):
    request = RequestFactory().post("/", told) if told is not None else RequestFactory().get("/")
    request.actor, request.now, request.LANGUAGE_CODE = actor, NOW, lang
    return view(request, *args)


def test_a_duty_by_hand_has_one_button_and_the_ways_around_it(office):
    made = duty(office.inspector, "notice.social_service", due_at=None, basis=None)
    page = ask(views.finish, acting(office.inspector), made.pk)
    text = page.content.decode()
    assert page.status_code == 200
    assert text.count('<button class="btn btn--big"') == 1
    assert f"/duties/{made.pk}/hand-over/" in text
    assert f"/duties/{made.pk}/let-go/" in text
    assert "chip--open" in text, "the law sets no term, and the page says so"


def test_done_leads_back_to_today_also_when_sent_twice(office):
    made = duty(office.inspector, "notice.social_service")
    told = {"key": str(new_id())}
    for _ in range(2):
        answer = ask(views.finish, acting(office.inspector), made.pk, told=told)
        assert (answer.status_code, answer.url) == (302, "/")
    assert DutyEnd.objects.count() == 1
    assert ask(views.finish, acting(office.inspector), made.pk).status_code == 302, "nothing is left to do"


def test_a_duty_with_a_step_of_its_own_leads_to_that_step(office):
    made = duty(office.inspector, "visit.make")
    text = ask(views.finish, acting(office.inspector), made.pk).content.decode()
    assert "<button class" not in text
    answer = ask(views.finish, acting(office.inspector), made.pk, told={"key": str(new_id())})
    assert answer.status_code == 200
    assert 'class="errors"' in answer.content.decode()
    assert Duty.objects.standing().exists()


def test_whoever_may_not_let_a_duty_go_is_told_who_may(office):
    made = duty(office.inspector)
    text = ask(views.waive, acting(office.inspector), made.pk).content.decode()
    assert "notice--care" in text
    assert "<textarea" not in text


def test_an_internal_rule_is_let_go_with_a_reason(office):
    made = duty(office.inspector, "visit.make", basis=None)
    actor = acting(office.inspector)
    empty = ask(views.waive, actor, made.pk, told={"key": str(new_id()), "reason": " "})
    assert empty.status_code == 200
    assert "field--bad" in empty.content.decode()
    assert ask(views.waive, actor, made.pk, told={"key": str(new_id()), "reason": "Эшик жабык"}).status_code == 302
    assert DutyEnd.objects.get().how == "waived"


def test_handing_over_offers_the_colleagues_and_keeps_what_was_written(office):
    made = duty(office.inspector)
    actor = acting(office.inspector)
    text = ask(views.hand_over, actor, made.pk).content.decode()
    assert f'value="{office.colleague.pk}"' in text
    assert f'value="{office.inspector.pk}"' not in text
    told = {"key": str(new_id()), "reason": "Өргүүдөмүн"}
    kept = ask(views.hand_over, actor, made.pk, told=told).content.decode()
    assert "Өргүүдөмүн" in kept
    assert "field--bad" in kept
    assert ask(views.hand_over, actor, made.pk, told=told | {"to_post": office.colleague.pk}).status_code == 302
    assert Duty.objects.standing().get().assignee_id == office.colleague.pk


@pytest.mark.parametrize("view", [views.finish, views.waive, views.hand_over])
def test_anothers_duty_is_not_found(office, view):
    made = duty(office.inspector)
    for id in (made.pk, new_id()):
        with pytest.raises(AccessDenied):
            ask(view, acting(post(organisation(FAR))), id)


def test_the_overseers_page_names_organisations_only(office):
    duty(office.inspector, due_at=NOW - 30 * HOUR)
    text = ask(views.oversee, acting(office.lead)).content.decode()
    assert "Ak-Jar police" in text
    assert "7K3M9" not in text
