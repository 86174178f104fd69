"""What the database keeps, whoever writes."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from kalka.cases.models import Case, Consent, Incident, Member, Participant, StageChange
from kalka.cases.rules import Part
from kalka.cases.tests import factories as make
from kalka.cases.tests.factories import DAY, NOW, TODAY
from kalka.core.refs import new_id
from kalka.directory.models import Organisation
from kalka.vault.rows import written

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def world():
    world = make.raion()
    world.case = make.opened(world)
    return world


def row(world, model, **columns):
    shared = written(world.inspector, id=new_id(), subject_id=world.case.subject_id, content=0, now=NOW)
    return model(**shared | columns)


def refused(unsaved):
    with pytest.raises(IntegrityError), transaction.atomic():
        unsaved.save(force_insert=True)


def test_a_reference_a_subject_and_a_report_have_one_case(world):
    told = {"place": make.AIMAK, "opened_on": TODAY}
    refused(row(world, Case, ref=world.case.ref, **told | {"subject_id": new_id()}))
    refused(row(world, Case, ref="0000000000", **told))
    refused(row(world, Case, ref="0000000000", report_id=world.case.report_id, **told | {"subject_id": new_id()}))


@pytest.mark.parametrize("change", [{"kind": "other"}, {"place": ""}])
def test_a_case_has_a_known_kind_and_a_place(world, change):
    told = {"subject_id": new_id(), "ref": "0000000000", "place": make.AIMAK, "opened_on": TODAY}
    refused(row(world, Case, **told | change))


def test_one_person_is_protected(world):
    other = make.add(world.inspector, world.case)
    refused(row(world, Participant, case=world.case, person_id=other.person_id, part=Part.PROTECTED))
    refused(row(world, Participant, case=world.case, person_id=other.person_id, part=Part.ALLEGED))
    refused(row(world, Participant, case=world.case, person_id=other.person_id, part="saint"))


def test_a_case_moves_one_step_at_a_time(world):
    refused(row(world, StageChange, case=world.case, number=1, stage="closed"))
    refused(row(world, StageChange, case=world.case, number=2, stage="forgotten"))


@pytest.mark.parametrize("change", [{"precision": "hour"}, {"gbvims": "other"}, {"on": TODAY.replace(year=1899)}])
def test_an_incident_is_made_of_known_codes(world, change):
    refused(row(world, Incident, **{"case": world.case, "on": TODAY, "precision": "day"} | change))


@pytest.mark.parametrize("change", [{"until": TODAY - DAY}, {"purpose": "gossip"}, {"scope": "orders"}])
def test_a_consent_ends_after_it_begins_for_a_known_purpose(world, change):
    told = {
        "case": world.case,
        "organisation": world.centre,
        "purpose": "legal",
        "scope": "file",
        "given_by_id": make.protected_of(world.case),
        "given_on": TODAY,
        "until": TODAY,
    }
    refused(row(world, Consent, **told | change))


@pytest.mark.parametrize("change", [{"until": TODAY - DAY}, {"why": "curious"}, {"scope": "all"}])
def test_a_member_has_a_reason_and_an_end_after_the_beginning(world, change):
    told = {"case": world.case, "holder_id": world.worker.post_id, "why": "works", "scope": "file", "since": TODAY}
    refused(row(world, Member, **told | change))


def test_nothing_of_a_file_is_deleted_from_under_it(world):
    with pytest.raises(ProtectedError):
        Case.objects.filter(pk=world.case.pk).delete()
    with pytest.raises(ProtectedError):
        Organisation.objects.filter(pk=world.inspector.organisation_id).delete()
