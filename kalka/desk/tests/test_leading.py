"""What is to be done in a case leads whoever may do it there, and nobody to a page that answers like nothing."""

import pytest
from django.template.loader import render_to_string

from kalka.desk import casefile
from kalka.duties.models import Duty
from kalka.referrals.tests import factories as make
from kalka.referrals.tests.factories import NOW

pytestmark = pytest.mark.django_db


def urls(actor, case):
    return {one.kind: one.url for one in casefile.case_file(actor, case.ref, now=NOW).next}


def assignee():
    return Duty.objects.get(kind="referral.answer", ended_at=None).assignee_id


def test_a_duty_of_another_post_leads_only_where_its_reader_may_go():
    world = make.world()
    make.sent(world)
    asked = next(one for one in (world.psychologist, world.crisis) if one.post_id == assignee())
    make.cases.join(world.inspector, world.case, asked)
    asker = urls(world.inspector, world.case)
    assert asker["referral.answer"] == ""
    assert all(url for kind, url in asker.items() if kind != "referral.answer")
    assert urls(asked, world.case)["referral.answer"].startswith("/help/received/")


def test_a_duty_that_leads_nowhere_is_shown_without_a_link():
    world = make.world()
    make.sent(world)
    (duty,) = (
        one
        for one in casefile.case_file(world.inspector, world.case.ref, now=NOW).next
        if one.kind == "referral.answer"
    )
    shown = render_to_string("desk/parts/case_next.html", {"duty": duty, "now": NOW})
    assert str(duty.title) in shown and "<a " not in shown
