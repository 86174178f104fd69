from datetime import timedelta

import pytest

from kalka.core.actors import post_holder
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.refs import new_id
from kalka.duties.models import Duty
from kalka.intake import rules, selectors, services
from kalka.intake.models import Correction, ReporterOpened, Triage
from kalka.intake.tests.factories import FAR, HOUR, NOW, holders, received, standing, village

pytestmark = [pytest.mark.django_db, pytest.mark.both]

REASON = "Сот күбөнү чакырганы жатат, тергөөчү сурады"


def test_a_report_one_may_not_see_does_not_exist() -> None:
    here = village()
    report = received(here.secretary)
    for id in (report.pk, new_id()):
        for attempt in (
            lambda id=id: services.correct_report(here.foreign, id=new_id(), report_id=id, text="а", now=NOW),
            lambda id=id: services.triage_report(
                here.foreign, id=new_id(), report_id=id, outcome="no_case", reason="а", now=NOW
            ),
            lambda id=id: services.open_reporter(here.foreign, id=new_id(), report_id=id, reason=REASON, now=NOW),
            lambda id=id: selectors.report_page(here.foreign, id, now=NOW),
        ):
            with pytest.raises(AccessDenied) as refused:
                attempt()
            assert refused.value.code == "intake.unknown"
    assert not (Correction.objects.exists() or Triage.objects.exists() or ReporterOpened.objects.exists())


def test_not_a_case_needs_a_reason_and_ends_the_duty() -> None:
    here = village()
    report = received(here.secretary)
    with pytest.raises(DomainError, match="intake.reason_short"):
        services.triage_report(here.worker, id=new_id(), report_id=report.pk, outcome="no_case", now=NOW)
    assert not Triage.objects.exists()
    id = new_id()
    for _ in range(2):
        services.triage_report(
            here.worker, id=id, report_id=report.pk, outcome="no_case", reason="Тууган эмес", now=NOW + HOUR
        )
    assert not Duty.objects.filter(ended_at=None).exists()
    page = selectors.report_page(here.worker, report.pk, now=NOW + HOUR)
    assert [(t.outcome, t.reason, t.to_post) for t in page.triage] == [("no_case", "Тууган эмес", None)]
    assert (page.may_triage, page.may_open_case) == (False, False)


def test_what_becomes_of_a_report_is_said_once() -> None:
    here = village()
    report = received(here.secretary)
    services.triage_report(here.worker, id=new_id(), report_id=report.pk, outcome="case", now=NOW)
    for outcome in rules.OUTCOMES:
        with pytest.raises(DomainError) as refused:
            services.triage_report(
                here.worker,
                id=new_id(),
                report_id=report.pk,
                outcome=outcome,
                reason="а",
                to_role="police_inspector",
                now=NOW,
            )
        assert refused.value.code == "intake.already_decided"
    assert Triage.objects.count() == 1


def test_passing_on_moves_the_duty_and_the_sight() -> None:
    here = village()
    report = received(here.secretary)
    said = {
        "id": new_id(),
        "report_id": report.pk,
        "outcome": "passed_on",
        "reason": "Кадамжайда",
        "to_role": "social_worker",
        "to_place": FAR,
        "now": NOW + HOUR,
    }
    for _ in range(2):
        services.triage_report(here.worker, **said)
    duty = standing(report)
    assert (duty.assignee_id, duty.due_at) == (here.foreign.post_id, NOW + timedelta(hours=25))
    assert holders(report) >= {
        (post_holder(here.secretary.post_id), "intake"),
        (post_holder(here.foreign.post_id), "triage"),
    }
    later = NOW + timedelta(hours=2)
    with pytest.raises(AccessDenied):
        selectors.get_report(here.worker, report.pk, now=later)
    page = selectors.report_page(here.foreign, report.pk, now=later)
    assert [(t.outcome, t.to_post) for t in page.triage] == [("passed_on", here.foreign.post_id)]
    assert page.may_triage
    services.triage_report(here.foreign, id=new_id(), report_id=report.pk, outcome="case", now=later)
    assert Triage.objects.count() == 2


@pytest.mark.parametrize(
    ("to_role", "to_place", "code"),
    [
        ("", "", "intake.nobody_there"),
        ("lawyer", "", "intake.nobody_there"),
        ("social_worker", "", "intake.passed_to_itself"),
        ("social_worker", "nowhere", "intake.unknown_place"),
    ],
)
def test_a_report_is_passed_on_only_to_another_post_that_exists(to_role: str, to_place: str, code: str) -> None:
    here = village()
    report = received(here.secretary)
    with pytest.raises(DomainError) as refused:
        services.triage_report(
            here.worker,
            id=new_id(),
            report_id=report.pk,
            outcome="passed_on",
            reason="а",
            to_role=to_role,
            to_place=to_place,
            now=NOW,
        )
    assert refused.value.code == code
    assert not Triage.objects.exists()
    assert standing(report).assignee_id == here.worker.post_id
