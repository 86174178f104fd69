"""With a case goes all that somebody was helped with: what stands in it, findings that name it, stays."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import models

from kalka.cases.tests.factories import AIMAK, RAION, TODAY, VILLAGE, office, post
from kalka.closure import services as closure
from kalka.closure.tests import factories
from kalka.closure.tests.factories import AFTER, DAY, HOUR, NOW, WORD
from kalka.core.refs import new_id
from kalka.custody.tests.test_erasing import agreed, asked
from kalka.findings import services as findings
from kalka.findings.rules import NewFinding
from kalka.referrals import services as referrals
from kalka.referrals.rules.needs import NewIntake, NewNeed
from kalka.referrals.rules.tracks import NewTrack, NewTrackStep
from kalka.shelters import services as shelters
from kalka.shelters.rules import NewDeparture, NewHold, NewStay, Wish
from kalka.support import services as support
from kalka.support.rules import NewContact
from kalka.vault import erasing
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.keys import Passage, unlock_stored
from kalka.vault.models import SubjectKey

pytestmark = [pytest.mark.django_db, pytest.mark.both]
HELP = ("referrals", "support", "legalaid", "findings", "shelters")
HERS = "Балдарым менен тынч жашагым келет"


@pytest.fixture
def at() -> SimpleNamespace:
    """A case that was helped in every way, and closed; and beside it a finding and a stay of somebody else."""
    at = factories.done(factories.world())
    at.clinic = post("health_worker", place=AIMAK)
    at.shelter = post("shelter_worker", place=RAION, organisation=office("crisis_centre", RAION))
    planned(at)
    at.beds = beds(at)
    at.gone = [at.case.subject_id, found(at, at.case.ref), stayed(at, at.case.subject_id)]
    at.left = [found(at, ""), stayed(at, None)]
    closure.close_case(at.worker, id=new_id(), case_ref=at.case.ref, reason="safe", word=WORD, now=AFTER)
    return at


def planned(at: SimpleNamespace) -> None:
    named = {"case_ref": at.case.ref, "now": NOW + HOUR}
    told = NewIntake((NewNeed("money", wish="refuses"),), told=HERS)
    referrals.note_needs(at.worker, id=new_id(), told=told, **named)
    track = referrals.begin_track(at.worker, id=new_id(), told=NewTrack("sexual_violence"), **named)
    step = NewTrackStep("done", TODAY, HERS)
    referrals.note_track_step(at.worker, id=new_id(), track_id=track.pk, number=1, told=step, **named)
    support.add_goal(at.worker, id=new_id(), area="home", words=HERS, **named)
    support.write_safety_plan(at.worker, id=new_id(), told={"home": HERS}, corrects=0, **named)
    contact = NewContact(on=TODAY, channel="call", reached="spoke", told=HERS)
    support.log_contact(at.worker, id=new_id(), told=contact, **named)


def beds(at: SimpleNamespace) -> Iterator:
    house = shelters.register_shelter(at.shelter, id=new_id(), name="Бешик", region="41704000000000", now=NOW)
    told = {"shelter_id": house.pk, "room": 1, "suits": ("woman",), "now": NOW}
    return iter([shelters.add_place(at.shelter, id=new_id(), bed=bed, **told) for bed in (1, 2)])


def found(at: SimpleNamespace, ref: str):
    told = NewFinding(VILLAGE, "no", case_ref=ref, told="Мойнунда из бар", name="Айгүл")
    file = findings.write_finding(at.clinic, id=new_id(), told=told, now=NOW).subject_id
    if ref:
        findings.acknowledge(at.worker, id=new_id(), file=file, case_ref=ref, now=NOW)
    return file


def stayed(at: SimpleNamespace, about):
    """Came with a hold, told her name, and left."""
    told = NewHold("country", Wish("woman"), "Түнкүсүн келет")
    hold = shelters.hold_place(at.worker, id=new_id(), told=told, about=about, now=NOW)
    living = NewStay(next(at.beds).pk, "f", "25-34", TODAY + 14 * DAY, "Айгүл", HERS)
    stay = shelters.take_in(at.shelter, id=new_id(), told=living, hold_id=hold.pk, now=NOW)
    leaving = NewDeparture(TODAY, "relatives", HERS, "0700 12 34 56")
    shelters.depart(at.shelter, id=new_id(), stay_id=stay.pk, told=leaving, now=NOW + HOUR)
    return stay.subject_id


def sealed(subjects: list) -> list[tuple[models.Model, str]]:
    """Every sealed value of help in these files."""
    made = []
    for model in (one for name in HELP for one in apps.get_app_config(name).get_models()):
        columns = [one.name for one in model._meta.concrete_fields if isinstance(one, SealedField)]
        if columns:
            rows = model._default_manager.filter(subject_id__in=subjects)
            made += [(row, name) for row in rows for name in columns if getattr(row, name)]
    return made


def opened(rows: list[tuple[models.Model, str]]) -> list[object]:
    """What the keys that are there still open."""
    said = []
    for row, name in rows:
        stored = SubjectKey.objects.filter(subject_id=row.subject_id).exclude(klass=erasing.STONE)
        if stored:
            keys = unlock_stored(Passage(frozenset({row.subject_id}), frozenset(Klass)), stored)
            said.append(keys.get(row, name))
    return said


def test_requirement_9_with_a_case_all_that_helped_in_it_is_unreadable_and_nothing_else_is(at):
    hers, others = sealed(at.gone), sealed(at.left)
    labels = {row._meta.label for row, _ in hers}
    assert {"referrals.Intake", "support.SafetyPlan", "findings.ClinicFinding", "shelters.Stay"} <= labels
    before = len(hers)
    assert len(opened(hers)) == before > 11
    agreed(asked(at))
    assert opened(sealed(at.gone)) == []
    assert len(sealed(at.gone)) == before, "the rows stay, their words are nobody's"
    assert len(opened(sealed(at.left))) == len(others) > 5
    keys = SubjectKey.objects.filter(subject_id__in=at.gone)
    assert set(keys.values_list("klass", flat=True)) == {erasing.STONE}
