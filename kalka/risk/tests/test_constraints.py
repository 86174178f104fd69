"""What the database itself keeps."""

import pytest
from django.db import IntegrityError, transaction

from kalka.core.refs import new_id
from kalka.risk.models import Assessment, Countersign, Judgement
from kalka.risk.tests.factories import NOW, assessed, judged, world
from kalka.vault.rows import written

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def at():
    return world()


def refused(do):
    with pytest.raises(IntegrityError), transaction.atomic():
        do()


def test_nobody_is_judged_with_a_listener(at):
    row = judged(at.inspector, at.case)
    refused(lambda: Judgement.objects.filter(pk=row.pk).update(alone="no"))


@pytest.mark.parametrize("wrong", [{"level": ""}, {"level_max": ""}, {"status": "guessed"}])
def test_an_assessment_has_a_level_and_a_known_status(at, wrong):
    made = assessed(at.inspector, at.case, "low")
    refused(lambda: Assessment.objects.filter(pk=made.pk).update(**wrong))


def test_a_judgement_leads_to_one_level(at):
    made = assessed(at.inspector, at.case, "low")
    made.pk = new_id()
    refused(lambda: made.save(force_insert=True))


def test_a_second_person_answers_once(at):
    made = assessed(at.inspector, at.case, "low")

    def sign():
        shared = written(at.lead, id=new_id(), subject_id=made.subject_id, content=[], now=NOW)
        Countersign(**shared, assessment=made, agreed=True).save(force_insert=True)

    sign()
    refused(sign)
