from dataclasses import replace

import pytest

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.cases import selectors, services
from kalka.cases.models import Case, Incident, Member, Participant, StageChange
from kalka.cases.rules import Part, Stage
from kalka.cases.tests import factories as make
from kalka.cases.tests.factories import NOW, TODAY
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import LETTERS, new_id
from kalka.duties.models import Duty
from kalka.vault.models import SubjectKey

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def world():
    return make.raion()


def test_a_report_becomes_a_case_with_a_reference_that_says_nothing(world):
    report = make.reported(world.inspector)
    case = services.open_case(world.inspector, id=new_id(), report_id=report.pk, now=NOW)

    kept = Case.objects.staged().get()
    assert (kept.pk, kept.kind, kept.place, kept.opened_on, kept.report_id) == (
        case.pk,
        "violence",
        make.AIMAK,
        TODAY,
        report.pk,
    )
    assert len(kept.ref) == 10 and set(kept.ref) <= set(LETTERS)
    assert kept.stage == Stage.OPEN
    assert kept.subject_id != report.subject_id
    entry = AuditEntry.objects.order_by("id").last()
    assert (entry.kind, entry.command, entry.subject_id) == ("done", "cases.open", kept.subject_id)


def test_it_has_keys_for_everything_but_who_reported_and_what_is_a_users_own(world):
    case = make.opened(world)
    keys = set(SubjectKey.objects.filter(subject_id=case.subject_id).values_list("klass", flat=True))
    assert keys == {"identity", "narrative", "contact", "note", "evidence"}


def test_opening_twice_is_opening_once(world):
    report, id = make.reported(world.inspector), new_id()
    first = services.open_case(world.inspector, id=id, report_id=report.pk, now=NOW)
    again = services.open_case(world.inspector, id=id, report_id=report.pk, now=NOW)
    assert again.pk == first.pk
    assert Case.objects.count() == 1 and Incident.objects.count() == 1 and StageChange.objects.count() == 1


def test_a_report_has_one_case(world):
    case = make.opened(world)
    with pytest.raises(DomainError, match="cases.report_has_case"):
        services.open_case(world.inspector, id=new_id(), report_id=case.report_id, now=NOW)
    assert Case.objects.count() == 1


def test_a_report_the_actor_does_not_see_is_unknown(world):
    report = make.reported(world.inspector)
    with pytest.raises(AccessDenied):
        services.open_case(world.stranger, id=new_id(), report_id=report.pk, now=NOW)
    assert Case.objects.count() == 0 and SubjectKey.objects.exclude(subject_id=report.subject_id).count() == 0


def test_the_duty_of_triage_ends_and_the_inspector_has_to_assess(world):
    report = make.reported(world.inspector)
    case = services.open_case(world.inspector, id=new_id(), report_id=report.pk, now=NOW)

    assert not Duty.objects.filter(kind="intake.triage", ended_at=None).exists()
    duty = Duty.objects.get(subject_id=case.subject_id, kind="risk.assess")
    assert (duty.assignee_id, duty.due_at, duty.about) == (world.inspector.post_id, None, case.ref)
    assert (duty.basis["key"], duty.basis["act"]) == ("risk.assess_every_report", "law-214")


def test_who_must_know_sees_the_file_or_the_duties_and_nobody_else(world):
    case = make.opened(world)

    def seen(actor):
        return [scope for scope in Scope if access.sees(actor, case.subject_id, now=NOW, scope=scope)]

    assert seen(world.inspector) == [Scope.FILE, Scope.ORDERS, Scope.DUTIES]
    assert seen(world.officer) == seen(world.coordinator) == [Scope.DUTIES]
    assert seen(world.psychologist) == seen(world.stranger) == seen(world.children) == []
    assert set(Member.objects.values_list("holder_id", "why", "scope")) == {
        (world.inspector.post_id, "opened", "file"),
        (world.officer.post_id, "coordinates", "duties"),
        (world.coordinator.post_id, "coordinates", "duties"),
    }


def test_the_inspector_of_the_place_also_sees_the_report_another_opened_it_from(world):
    report = make.reported(world.worker, danger="no")
    services.open_case(world.worker, id=new_id(), report_id=report.pk, now=NOW)
    assert access.sees(world.inspector, report.subject_id, now=NOW)


def test_the_words_of_the_report_are_copied_into_the_first_incident(world):
    case = make.opened(world)
    page = selectors.case_page(world.inspector, case.ref, now=NOW)
    (told,) = page.incidents
    assert (told.what, told.where, told.on.isoformat(), told.precision) == (
        make.TOLD.what,
        make.TOLD.where,
        "2026-11-22",
        "day",
    )
    assert (told.forms, told.gbvims, told.certain) == ((), "", False)


@pytest.mark.parametrize(
    ("happened", "on", "precision"), [("2026", "2026-01-01", "year"), ("2026-11", "2026-11-01", "month")]
)
def test_a_day_known_by_its_month_or_year_stays_so(world, happened, on, precision):
    case = make.opened(world, happened=happened)
    kept = Incident.objects.get(case=case)
    assert (kept.on.isoformat(), kept.precision) == (on, precision)


def test_without_a_day_the_day_of_telling_stands_in(world):
    case = make.opened(world, happened="")
    kept = Incident.objects.get(case=case)
    assert (kept.on, kept.precision) == (TODAY, "reported")


@pytest.mark.parametrize(("said", "count"), [(3, 3), (None, 1)])
def test_each_child_of_the_report_is_a_victim_without_a_name(world, said, count):
    case = make.opened(world, children="yes", children_count=said)
    assert Participant.objects.filter(case=case, part=Part.CHILD).count() == count
    told = Duty.objects.filter(subject_id=case.subject_id, kind="cases.notify_child_protection")
    assert {duty.about for duty in told} == {
        f"{case.ref}/{child.pk}" for child in Participant.objects.filter(case=case, part=Part.CHILD)
    }
    assert told.count() == count


def test_the_protected_person_may_be_written_down_at_once(world):
    case = make.opened(world)
    (shown,) = selectors.identity(world.inspector, case.ref, now=NOW)
    assert (shown.part, shown.person.name, shown.person.contact.phone) == (
        "protected",
        "Токтосунова Гүлнара",
        make.WOMAN.contact.phone,
    )


def test_what_cannot_be_said_of_her_leaves_no_case_behind(world):
    with pytest.raises(DomainError, match="people.birth_year_impossible"):
        make.opened(world, protected=replace(make.WOMAN, birth_year=2027))
    assert Case.objects.count() == 0


def test_a_reference_that_is_taken_is_drawn_again(world, monkeypatch):
    first = make.opened(world)
    drawn = iter([first.ref, first.ref, "0123456789"])
    monkeypatch.setattr("kalka.cases.effects.new_ref", lambda: next(drawn))
    assert make.opened(world).ref == "0123456789"


def test_a_family_at_risk_is_a_case_without_a_report_and_without_a_duty_to_assess(world):
    case = services.open_at_risk(world.worker, id=new_id(), place=make.AIMAK, now=NOW)
    assert (case.kind, case.report_id) == ("at_risk", None)
    assert not Duty.objects.filter(subject_id=case.subject_id).exists()
    assert access.sees(world.worker, case.subject_id, now=NOW)


def test_a_role_that_may_not_open_cases_opens_none(world):
    secretary = make.post("committee_secretary")
    report = make.reported(secretary)
    with pytest.raises(AccessDenied, match="core.not_permitted"):
        services.open_case(secretary, id=new_id(), report_id=report.pk, now=NOW)
    assert Case.objects.count() == 0
    assert AuditEntry.objects.order_by("id").last().refusal == "core.not_permitted"
