from dataclasses import replace
from datetime import date, timedelta

import pytest

from kalka.access import selectors as access
from kalka.access.models import Wall
from kalka.cases import selectors, services
from kalka.cases.models import Case, ConsentWithdrawn, Incident, Participant, StageChange, Word
from kalka.cases.rules import NewConsent, NewWord, Part, Saying, Stage
from kalka.cases.tests import factories as make
from kalka.cases.tests.factories import DAY, NOW, TODAY
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.duties.models import Duty

pytestmark = [pytest.mark.django_db, pytest.mark.both]
CHILD_NOTICE = "cases.notify_child_protection"


@pytest.fixture
def world():
    world = make.raion()
    world.case = make.opened(world)
    world.she = make.protected_of(world.case)
    return world


def stage(case):
    return Case.objects.staged().get(pk=case.pk).stage


def close(world, now=NOW):
    make.join(world.inspector, world.case, world.worker)
    return services.mark_closed(world.worker, id=new_id(), case_ref=world.case.ref, now=now)


# People


def test_several_are_said_to_have_done_it_each_with_what_they_are_to_her(world):
    make.add(world.inspector, world.case, relation="spouse")
    make.add(world.inspector, world.case, relation="parent_in_law")
    parts = Participant.objects.filter(case=world.case, part=Part.ALLEGED)
    assert sorted(parts.values_list("relation", flat=True)) == ["parent_in_law", "spouse"]


def test_a_child_present_is_a_victim_with_a_notice_of_its_own(world):
    one = make.add(world.inspector, world.case, make.CHILD, Part.CHILD)
    two = make.add(world.inspector, world.case, make.CHILD, Part.CHILD)

    duties = Duty.objects.filter(subject_id=world.case.subject_id, kind=CHILD_NOTICE)
    assert {duty.about for duty in duties} == {f"{world.case.ref}/{child.pk}" for child in (one, two)}
    assert {(duty.assignee_id, duty.due_at) for duty in duties} == {(world.children.post_id, None)}
    assert {duty.basis["key"] for duty in duties} == {"notice.child_protection_within_hours"}
    assert access.sees(world.children, world.case.subject_id, now=NOW)


def test_a_case_protects_one_person(world):
    with pytest.raises(DomainError, match="cases.one_protected_person"):
        make.add(world.inspector, world.case, make.WOMAN, Part.PROTECTED)
    assert Participant.objects.filter(case=world.case, part=Part.PROTECTED).count() == 1


def test_adding_twice_is_adding_once(world):
    told = {"id": new_id(), "case_ref": world.case.ref, "person": make.MAN, "part": Part.ALLEGED, "now": NOW}
    first = services.add_participant(world.inspector, **told)
    assert services.add_participant(world.inspector, **told).pk == first.pk
    assert Participant.objects.filter(part=Part.ALLEGED).count() == 1
    with pytest.raises(AccessDenied, match="core.id_taken"):
        services.add_participant(world.inspector, **told | {"person": make.WOMAN})


def test_a_person_of_another_case_is_not_in_this_one(world):
    other = make.opened(world)
    with pytest.raises(DomainError, match="cases.not_in_this_case"):
        make.add(world.inspector, world.case, make.protected_of(other), Part.OTHER)


def test_who_is_said_to_have_done_it_and_is_a_user_sees_nothing_any_more(world):
    colleague = make.post("police_inspector")
    make.join(world.inspector, world.case, colleague)
    assert selectors.knows(colleague, world.case.ref, now=NOW)

    make.add(world.inspector, world.case, user_id=colleague.user_id)

    assert set(Wall.objects.values_list("user_id", "subject_id")) == {
        (colleague.user_id, world.case.subject_id),
        (colleague.user_id, world.case.report.subject_id),
    }
    assert not selectors.knows(colleague, world.case.ref, now=NOW)
    assert selectors.list_cases(colleague, now=NOW).lines == ()
    with pytest.raises(AccessDenied):
        selectors.case_page(colleague, world.case.ref, now=NOW)


def test_a_guardian_who_is_said_to_have_done_it_loses_consent_notice_and_view(world):
    guardian = make.add(world.inspector, world.case, make.MAN, Part.GUARDIAN)
    consent(world, given_by=guardian.person_id)
    assert guardian.person_id in selectors.speakers(world.inspector, world.case.subject_id, now=NOW)
    assert access.sees(world.crisis, world.case.subject_id, now=NOW)

    make.add(world.inspector, world.case, guardian.person_id, Part.ALLEGED)

    assert selectors.speakers(world.inspector, world.case.subject_id, now=NOW) == {world.she}
    assert ConsentWithdrawn.objects.get().why == "representative_alleged"
    assert not access.sees(world.crisis, world.case.subject_id, now=NOW)
    with pytest.raises(DomainError, match="cases.representative_is_alleged"):
        consent(world, given_by=guardian.person_id)


def consent(world, **change):
    told = NewConsent(world.centre.pk, "shelter", world.she, TODAY + 30 * DAY, "file")
    return services.give_consent(
        world.inspector, id=new_id(), case_ref=world.case.ref, told=replace(told, **change), now=NOW
    )


# Incidents


def test_an_incident_is_classed_and_says_who_was_there(world):
    man = make.add(world.inspector, world.case)
    child = make.add(world.inspector, world.case, make.CHILD, Part.CHILD)
    kept = make.incident(
        world.inspector,
        world.case,
        forms=("psychological", "physical"),
        answers={"penetration": "no", "sexual_contact": "no", "physical": "yes"},
        contexts=("intimate_partner",),
        alleged=(man.pk,),
        children=(child.pk,),
    )
    assert (kept.forms, kept.gbvims, kept.certain, kept.contexts) == (
        "physical,psychological",
        "physical_assault",
        True,
        "intimate_partner",
    )
    shown = selectors.case_page(world.inspector, world.case.ref, now=NOW).incidents[-1]
    assert (shown.id, shown.alleged, shown.children, shown.what) == (kept.pk, (man.pk,), (child.pk,), "Урду.")


def test_children_nobody_named_are_counted_one_by_one(world):
    make.incident(world.inspector, world.case, unnamed_children=2)
    assert Participant.objects.filter(case=world.case, part=Part.CHILD).count() == 2
    assert Duty.objects.filter(subject_id=world.case.subject_id, kind=CHILD_NOTICE).count() == 2


def test_a_child_present_again_has_a_new_notice_only_after_the_first_was_given(world):
    child = make.add(world.inspector, world.case, make.CHILD, Part.CHILD)
    make.incident(world.inspector, world.case, children=(child.pk,))
    duties = Duty.objects.filter(subject_id=world.case.subject_id, kind=CHILD_NOTICE)
    assert duties.count() == 1
    duties.update(ended_at=NOW)
    make.incident(world.inspector, world.case, children=(child.pk,))
    assert duties.count() == 2


@pytest.mark.parametrize(("on", "allowed"), [(date(2025, 10, 14), False), (date(2025, 10, 15), True)])
def test_stalking_is_recorded_from_the_day_the_law_named_it(world, on, allowed):
    if allowed:
        assert make.incident(world.inspector, world.case, on=on, forms=("stalking",)).forms == "stalking"
        return
    with pytest.raises(DomainError) as refusal:
        make.incident(world.inspector, world.case, on=on, forms=("stalking",))
    assert refusal.value.facts["allowed"] == ("physical", "psychological", "economic", "neglect", "sexual")
    assert Incident.objects.filter(case=world.case).count() == 1


def test_what_happened_before_the_law_has_the_forms_of_its_first_list(world):
    assert make.incident(world.inspector, world.case, on=date(2012, 5, 1)).forms == "physical"


def test_nothing_happened_to_her_before_she_was_born(world):
    with pytest.raises(DomainError) as refusal:
        make.incident(world.inspector, world.case, on=date(1990, 12, 31))
    assert (refusal.value.code, refusal.value.facts["field"]) == ("cases.before_birth", "on")
    assert make.incident(world.inspector, world.case, on=date(1991, 1, 1)).on.year == 1991


def test_a_fuller_telling_stands_beside_the_first(world):
    first = Incident.objects.get(case=world.case)
    fuller = make.incident(world.inspector, world.case, amends=first.pk)
    page = selectors.case_page(world.inspector, world.case.ref, now=NOW)
    assert {(one.id, one.amended) for one in page.incidents} == {(first.pk, True), (fuller.pk, False)}
    with pytest.raises(DomainError, match="cases.already_amended"):
        make.incident(world.inspector, world.case, amends=first.pk)


@pytest.mark.parametrize("part", [Part.ALLEGED, Part.CHILD])
def test_nobody_is_at_an_incident_in_a_part_they_do_not_have(world, part):
    other = make.add(world.inspector, world.case, make.MAN, Part.OTHER)
    said = {"alleged" if part is Part.ALLEGED else "children": (other.pk,)}
    with pytest.raises(DomainError, match="cases.not_in_this_case"):
        make.incident(world.inspector, world.case, **said)
    assert Incident.objects.filter(case=world.case).count() == 1


def test_a_new_incident_opens_a_closed_case_again_by_a_dated_record(world):
    close(world)
    make.incident(world.inspector, world.case, now=NOW + DAY)
    changes = StageChange.objects.filter(case=world.case).order_by("number")
    assert list(changes.values_list("number", "stage", "why")) == [
        (1, "open", "opened"),
        (2, "closed", ""),
        (3, "open", "new_incident"),
    ]


# Stages


def test_a_refused_step_names_the_allowed_ones_and_changes_nothing(world):
    close(world)
    with pytest.raises(DomainError) as refusal:
        services.mark_stage(
            world.worker, id=new_id(), case_ref=world.case.ref, to=Stage.FOLLOW_UP, now=NOW + timedelta(hours=1)
        )
    assert refusal.value.code == "cases.no_such_step"
    assert (tuple(refusal.value.facts["now"]), tuple(refusal.value.facts["allowed"])) == (("closed",), ("open",))
    assert StageChange.objects.filter(case=world.case).count() == 2
    assert AuditEntry.objects.order_by("id").last().refusal == "cases.no_such_step"


def test_a_closed_case_is_opened_again_by_a_record_of_its_own(world):
    close(world)
    services.reopen(world.worker, id=new_id(), case_ref=world.case.ref, now=NOW + DAY)
    assert stage(world.case) == Stage.OPEN
    assert StageChange.objects.filter(case=world.case, stage=Stage.CLOSED).count() == 1
    with pytest.raises(DomainError, match="cases.no_such_step"):
        services.reopen(world.worker, id=new_id(), case_ref=world.case.ref, now=NOW + DAY)


@pytest.mark.parametrize("kind", list(Saying))
def test_what_was_said_closes_lowers_and_waives_nothing(world, kind):
    standing = list(Duty.objects.filter(ended_at=None).values_list("pk", flat=True))
    told = NewWord(kind, TODAY, "Элдешти.")
    services.record_word(world.inspector, id=new_id(), case_ref=world.case.ref, told=told, now=NOW)
    assert Word.objects.get().kind == kind
    assert stage(world.case) == Stage.OPEN
    assert list(Duty.objects.filter(ended_at=None).values_list("pk", flat=True)) == standing
