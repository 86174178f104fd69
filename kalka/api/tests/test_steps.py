"""A report is taken into a case, and a duty is said to be done: once each, by the commands of the pages."""

from typing import Any

import pytest

from kalka.accounts.models import Session
from kalka.api.tests.factories import NOTHING, Program, faults, program
from kalka.cases.models import Case, Participant
from kalka.cases.tests.factories import AIMAK, opened, raion, reported, wall
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.duties.models import Duty, DutyEnd
from kalka.intake.models import Report
from kalka.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.both]

BY_HAND = "cases.notify_child_protection"


@pytest.fixture
def world() -> Any:
    return raion()


@pytest.fixture
def police(world: Any) -> Program:
    return program(world.inspector)


def opening(report: Report) -> str:
    return f"/reports/{report.pk}/cases/{new_id()}"


def test_a_report_becomes_a_case_with_what_was_told_and_nobody_named(world: Any, police: Program) -> None:
    report = reported(world.inspector)
    answer = police.put(opening(report), {"protected": {"sex": "f", "band": "25-34"}})
    case = Case.objects.get()
    assert (answer.status_code, answer.json()) == (
        201,
        {"ref": case.ref, "kind": "violence", "place": AIMAK, "opened_on": "2026-11-23", "stage": "open"},
    )
    person = Person.objects.get(pk=Participant.objects.get(part="protected").person_id)
    assert (person.sex, person.age_band) == ("f", "25-34")
    assert police.get(f"/reports/{report.pk}").json()["state"] == "case"
    entry = AuditEntry.objects.exclude(command="places.install_builtin").latest("id")
    assert (entry.command, entry.object_id) == ("cases.open", str(case.pk)) and "intake.triage" in entry.steps


def test_whom_it_protects_may_be_said_later(world: Any, police: Program) -> None:
    for body in ({}, {"protected": None}, {"protected": {}}):
        assert police.put(opening(reported(world.inspector)), body).status_code == 201
    assert Participant.objects.filter(part="protected").count() == 0


def test_opened_twice_it_is_one_case(world: Any, police: Program) -> None:
    report = reported(world.inspector)
    where, told = opening(report), {"protected": {"sex": "f"}}
    first, second = police.put(where, told), police.put(where, told)
    assert (first.status_code, second.status_code, second.json()) == (201, 200, first.json())
    assert police.put(where, {}).content == NOTHING
    assert faults(police.put(opening(report), told), 409) == [("", "cases.report_has_case")]
    assert Case.objects.count() == 1


def test_a_report_that_is_not_shown_becomes_nothing(world: Any, police: Program) -> None:
    report = reported(world.inspector)
    answers = [
        program(world.stranger).put(opening(report), {}),
        program(world.psychologist).put(opening(report), {}),
        police.put(f"/reports/{new_id()}/cases/{new_id()}", {}),
    ]
    wall(report.subject_id, Session.objects.earliest("id").user_id)
    answers.append(police.put(opening(report), {}))
    assert {(one.status_code, one.content) for one in answers} == {(404, NOTHING)}
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({"protected": {"sex": "w"}}, [("sex", "api.unknown_code")]),
        ({"protected": {"band": "30"}}, [("band", "api.unknown_code")]),
        ({"protected": {"name": "Айгүл"}}, [("name", "api.unknown_key")]),
        ({"protected": []}, [("protected", "api.wrong_type")]),
        ({"names": []}, [("names", "api.unknown_key")]),
    ],
)
def test_what_is_no_code_is_refused(world: Any, police: Program, body: Any, found: Any) -> None:
    assert faults(police.put(opening(reported(world.inspector)), body)) == found
    assert Case.objects.count() == 0


@pytest.fixture
def duty(world: Any) -> Duty:
    """A child was present: child protection is to be told."""
    opened(world, children="yes", children_count=1)
    return Duty.objects.standing().filter(kind=BY_HAND).first()


@pytest.fixture
def children(world: Any, duty: Duty) -> Program:
    post = next(one for one in vars(world).values() if getattr(one, "post_id", None) == duty.assignee_id)
    return program(post)


def test_a_duty_is_listed_as_done_by_hand_and_ended_once(children: Program, duty: Duty) -> None:
    listed = {item["id"]: item for item in children.get("/duties").json()["items"]}
    assert listed[str(duty.pk)]["by_hand"] is True
    where = f"/duties/{duty.pk}/ends/{new_id()}"
    first, second = children.put(where, {"how": "done"}), children.put(where, {"how": "done"})
    assert (first.status_code, second.status_code, second.json()) == (201, 200, first.json())
    assert first.json() == {
        "id": where[-36:],
        "duty": str(duty.pk),
        "how": "done",
        "ended_at": "2026-11-23T02:40:00Z",
    }
    assert str(duty.pk) not in {item["id"] for item in children.get("/duties").json()["items"]}
    late = children.put(f"/duties/{duty.pk}/ends/{new_id()}", {"how": "done"})
    assert faults(late, 409) == [("", "duties.already_ended")]
    assert AuditEntry.objects.filter(kind="done", command="duties.finish").count() == 2


def test_a_duty_that_ends_with_its_step_is_not_ticked_off(world: Any, police: Program) -> None:
    opened(world)
    assess = Duty.objects.standing().get(kind="risk.assess")
    listed = {item["id"]: item["by_hand"] for item in police.get("/duties").json()["items"]}
    assert listed[str(assess.pk)] is False
    answer = police.put(f"/duties/{assess.pk}/ends/{new_id()}", {"how": "done"})
    assert faults(answer) == [("", "duties.ends_by_its_step")]
    assert Duty.objects.standing().filter(pk=assess.pk).exists()


def test_anothers_duty_is_nothing(world: Any, duty: Duty) -> None:
    stranger, before = program(world.stranger), DutyEnd.objects.count()
    for where in (f"/duties/{duty.pk}/ends/{new_id()}", f"/duties/{new_id()}/ends/{new_id()}"):
        assert stranger.put(where, {"how": "done"}).content == NOTHING
    assert DutyEnd.objects.count() == before


@pytest.mark.parametrize("body", [{}, {"how": "waived"}, {"how": None}, {"how": "done", "reason": "x"}])
def test_only_what_is_done_is_said(children: Program, duty: Duty, body: Any) -> None:
    assert len(faults(children.put(f"/duties/{duty.pk}/ends/{new_id()}", body))) == 1
