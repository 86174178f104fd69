from dataclasses import replace
from datetime import timedelta

import pytest

from kalka.access import selectors as access
from kalka.cases import selectors, services
from kalka.cases.models import Consent, Member, Word
from kalka.cases.rules import NewConsent, NewWord, Saying
from kalka.cases.tests import factories as make
from kalka.cases.tests.factories import DAY, NOW, TODAY
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.refs import new_id

pytestmark = [pytest.mark.django_db, pytest.mark.both]
CHILD_NOTICE = "cases.notify_child_protection"


@pytest.fixture
def world():
    world = make.raion()
    world.case = make.opened(world)
    world.she = make.protected_of(world.case)
    return world


def consent(world, **change):
    told = NewConsent(world.centre.pk, "shelter", world.she, TODAY + 30 * DAY, "file")
    return services.give_consent(
        world.inspector, id=new_id(), case_ref=world.case.ref, told=replace(told, **change), now=NOW
    )


def test_a_consent_shows_the_organisation_what_was_agreed_until_the_day_ends(world):
    consent(world)
    bishkek_midnight = NOW.replace(hour=18, minute=0) + 30 * DAY
    assert access.sees(world.crisis, world.case.subject_id, now=bishkek_midnight - timedelta(seconds=1))
    assert not access.sees(world.crisis, world.case.subject_id, now=bishkek_midnight)


def test_taking_a_consent_back_ends_what_it_showed_and_nothing_else(world):
    shelter, legal = consent(world), consent(world, purpose="legal")
    services.withdraw_consent(world.inspector, id=new_id(), case_ref=world.case.ref, consent_id=shelter.pk, now=NOW)
    assert access.sees(world.crisis, world.case.subject_id, now=NOW)
    services.withdraw_consent(world.inspector, id=new_id(), case_ref=world.case.ref, consent_id=legal.pk, now=NOW)
    assert not access.sees(world.crisis, world.case.subject_id, now=NOW)
    with pytest.raises(DomainError, match="cases.consent_is_withdrawn"):
        services.withdraw_consent(world.inspector, id=new_id(), case_ref=world.case.ref, consent_id=legal.pk, now=NOW)


def test_a_step_asks_for_a_consent_for_its_purpose_and_organisation(world):
    given = consent(world)
    asked = {"organisation_id": world.centre.pk, "now": NOW}
    found = selectors.require_consent(world.inspector, world.case.ref, purpose="shelter", **asked)
    assert found.pk == given.pk
    for purpose, now in (("legal", NOW), ("shelter", NOW + 31 * DAY)):
        with pytest.raises(DomainError) as refusal:
            selectors.require_consent(world.inspector, world.case.ref, purpose=purpose, **asked | {"now": now})
        assert refusal.value.code == "cases.no_consent"
        assert str(refusal.value.facts["purpose"]) and refusal.value.facts["organisation"]


def test_a_consent_by_a_stranger_is_refused_and_shows_nothing(world):
    with pytest.raises(DomainError, match="cases.may_not_consent"):
        consent(world, given_by=new_id())
    assert Consent.objects.count() == 0
    assert not access.sees(world.crisis, world.case.subject_id, now=NOW)


def test_a_post_sees_the_case_while_it_is_in_the_team(world):
    member = make.join(world.inspector, world.case, world.psychologist, until=TODAY + DAY)
    assert access.sees(world.psychologist, world.case.subject_id, now=NOW)
    assert not access.sees(world.psychologist, world.case.subject_id, now=NOW + 3 * DAY)
    services.remove_member(world.inspector, id=new_id(), case_ref=world.case.ref, member_id=member.pk, now=NOW)
    assert not access.sees(world.psychologist, world.case.subject_id, now=NOW)


def test_whoever_leaves_sees_the_report_no_longer_either(world):
    case = make.opened(world, by=world.worker, danger="no")
    report = case.report
    assert access.sees(world.inspector, report.subject_id, now=NOW)
    member = Member.objects.get(case=case, holder=world.inspector.post_id)
    services.remove_member(world.worker, id=new_id(), case_ref=case.ref, member_id=member.pk, now=NOW)
    assert not access.sees(world.inspector, report.subject_id, now=NOW)


def test_whoever_joined_later_and_never_saw_the_report_takes_a_post_out_of_both(world):
    case = make.opened(world, by=world.worker, danger="no")
    make.join(world.worker, case, world.children)
    report = case.report
    assert not access.sees(world.children, report.subject_id, now=NOW)
    member = Member.objects.get(case=case, holder=world.inspector.post_id)
    services.remove_member(world.children, id=new_id(), case_ref=case.ref, member_id=member.pk, now=NOW)
    assert not access.sees(world.inspector, report.subject_id, now=NOW)
    assert not access.sees(world.inspector, case.subject_id, now=NOW)


def test_nobody_joins_twice_and_the_file_is_never_left_to_nobody(world):
    with pytest.raises(DomainError, match="cases.already_in_team"):
        make.join(world.inspector, world.case, world.inspector)
    own = next(
        line
        for line in selectors.team(world.inspector, world.case.subject_id, now=NOW)
        if line.post.id == world.inspector.post_id
    )
    with pytest.raises(DomainError, match="cases.last_member"):
        services.remove_member(world.inspector, id=new_id(), case_ref=world.case.ref, member_id=own.id, now=NOW)
    assert access.sees(world.inspector, world.case.subject_id, now=NOW)


def test_who_does_not_see_the_case_can_do_nothing_to_it(world):
    told = NewWord(Saying.WITHDRAWAL, TODAY)
    for ref in (world.case.ref, "0000000000"):
        with pytest.raises(AccessDenied) as refusal:
            services.record_word(world.stranger, id=new_id(), case_ref=ref, told=told, now=NOW)
        assert refusal.value.code == "cases.unknown"
    assert Word.objects.count() == 0
