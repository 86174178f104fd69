"""Help of the cases one may open, by single organisation: exact for them alone, and in no release."""

import json
from dataclasses import fields
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from kalka.core.actors import Actor
from kalka.core.errors import DomainError
from kalka.core.extract import Extract
from kalka.core.refs import new_id
from kalka.directory.models import Organisation
from kalka.places.facts import Tree
from kalka.referrals.tests import factories as make
from kalka.referrals.tests.factories import DAY, HOUR, NOW, TODAY, cases
from kalka.statistics import selectors
from kalka.statistics.dimensions import DIMENSIONS
from kalka.statistics.gathering import Gathered, gather
from kalka.statistics.rules import HelpLine, OwnHelp, Period
from kalka.statistics.tasks import FACT_COLUMNS
from kalka.support import services as support
from kalka.support.rules import NewService

pytestmark = [pytest.mark.django_db, pytest.mark.both]
YEAR, NOTHING = Period(2026), OwnHelp((), (), ())
CENTRE = {"ky": "«Айым» борбору", "ru": "Центр «Айым»", "en": "Aiym Centre"}


@pytest.fixture
def world() -> SimpleNamespace:
    """A case the centre helps with: a clinic declined, and a line that was called has not answered."""
    made = make.world()
    names = {made.centre: CENTRE, made.clinic: "Тогуз клиникасы", made.worker.organisation_id: "Айыл өкмөтү"}
    for office, name in names.items():
        told = name if isinstance(name, dict) else make.words(name)
        Organisation.objects.filter(pk=getattr(office, "pk", office)).update(name=told)
    helped(made)
    return made


def helped(world: SimpleNamespace) -> None:
    for member in (world.worker, world.crisis, world.psychologist):
        cases.join(world.inspector, world.case, member)
    needs = make.asked(world, "psychological", "health")
    talk = make.referred(world, needs["psychological"])
    make.answered(world, talk, "accepted", now=NOW + HOUR)
    make.answered(world, talk, "done", now=NOW + DAY)
    make.answered(world, make.referred(world, needs["health"], world.care), "declined", "full", by=world.doctor)
    make.referred(world, needs["psychological"], world.line)
    told: dict[str, Any] = {"case_ref": world.case.ref, "now": NOW}
    for minutes in (45, 30):
        support.give_service(world.crisis, id=new_id(), told=NewService("talk", minutes, TODAY), **told)
    support.give_service(world.worker, id=new_id(), told=NewService("social_advice", 20, TODAY), **told)


def counted(actor: Actor, *subjects: UUID, period: Period = YEAR, lang: str = "en") -> OwnHelp:
    with translation.override(lang):
        return selectors.own_help(actor, subjects, period=period, now=NOW + 3 * DAY)


def test_whoever_coordinates_sees_help_by_kind_and_organisation_the_own_one_first(world):
    assert counted(world.crisis, world.case.subject_id) == OwnHelp(
        given=(
            HelpLine("Aiym Centre", "Psychological help", 2, 75),
            HelpLine("Айыл өкмөтү", "Social help", 1, 20),
        ),
        asked=(
            HelpLine("Aiym Centre", "Help was given", 1),
            HelpLine("Тогуз клиникасы", "Declined", 1),
            HelpLine("A service that is called", "Sent, not seen yet", 1),
        ),
        waiting=(HelpLine("A service that is called", "2 to 3 days", 1),),
    )


@pytest.mark.parametrize(
    ("lang", "given", "asked"),
    [
        ("ky", ["«Айым» борбору", "Айыл өкмөтү"], ["«Айым» борбору", "Тогуз клиникасы", "Чалып кайрылган кызмат"]),
        (
            "ru",
            ["Айыл өкмөтү", "Центр «Айым»"],
            ["Тогуз клиникасы", "Центр «Айым»", "Служба, куда обращаются по телефону"],
        ),
    ],
)
def test_organisations_are_named_in_the_language_of_the_page_in_its_order(world, lang, given, asked):
    found = counted(world.coordinator, world.case.subject_id, lang=lang)
    assert [line.organisation for line in found.given] == given
    assert [line.organisation for line in found.asked] == asked


def test_whoever_does_not_coordinate_sees_the_own_organisation_and_the_others_together(world):
    assert counted(world.psychologist, world.case.subject_id) == OwnHelp(
        given=(
            HelpLine("Aiym Centre", "Psychological help", 2, 75),
            HelpLine("Other organisations", "Social help", 1, 20),
        ),
        asked=(
            HelpLine("Aiym Centre", "Help was given", 1),
            HelpLine("Other organisations", "Declined", 1),
            HelpLine("A service that is called", "Sent, not seen yet", 1),
        ),
        waiting=(HelpLine("A service that is called", "2 to 3 days", 1),),
    )


def test_services_are_not_counted_for_whoever_may_not_read_them(world):
    assert counted(world.inspector, world.case.subject_id) == OwnHelp(
        given=(),
        asked=(
            HelpLine("Other organisations", "Declined", 1),
            HelpLine("Other organisations", "Help was given", 1),
            HelpLine("A service that is called", "Sent, not seen yet", 1),
        ),
        waiting=(HelpLine("A service that is called", "2 to 3 days", 1),),
    )


def test_nothing_is_counted_of_other_cases_and_of_other_years(world):
    assert counted(world.crisis) == counted(world.crisis, uuid4()) == NOTHING
    assert counted(world.crisis, world.case.subject_id, period=Period(2025)) == NOTHING
    with pytest.raises(DomainError) as refusal:
        counted(world.crisis, *(uuid4() for _ in range(5_001)))
    assert refusal.value.code == "statistics.too_many_subjects"


def test_more_help_and_more_cases_cost_no_more_statements(world):
    counted(world.coordinator, world.case.subject_id)  # what a process remembers is not asked for again
    few = asks(world.coordinator, world.case.subject_id)
    first = world.case.subject_id
    world.case = cases.opened(world)
    world.she = cases.protected_of(world.case)
    helped(world)
    assert asks(world.coordinator, first, world.case.subject_id) == few <= 8


def asks(actor: Actor, *subjects: UUID) -> int:
    with CaptureQueriesContext(
        connection,
    ) as log:
        counted(actor, *subjects)
    return len(log)


def test_no_line_of_a_release_says_which_organisation_it_was(world):
    assert "organisation" not in {field.name for field in fields(Gathered)} | {*FACT_COLUMNS} | {*DIMENSIONS}
    assert sorted(told("given"), key=str) == [
        {"help": "psychological", "kind": "talk", "minutes": 30},
        {"help": "psychological", "kind": "talk", "minutes": 45},
        {"help": "social", "kind": "social_advice", "minutes": 20},
    ]
    assert {frozenset(codes) for codes in told("referral")} == {
        frozenset(
            "answered help helped late need open stands state term to urgency waits warm why".split(),
        )
    }


def told(kind: str) -> list[dict[str, Any]]:
    extract = Extract(before=NOW + 3 * DAY, until=TODAY + timedelta(days=4), salt=b"of one release")
    return [json.loads(line.codes) for batch in gather(kind, extract, Tree({}, "")) for line in batch.rows]
