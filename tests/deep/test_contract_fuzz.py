"""Schemathesis asks the API everything its description allows and forbids, as a program of each of several posts."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from time_machine import travel

from kalka.api.tests import asking
from kalka.api.tests.asking import Asker
from kalka.cases.tests.factories import NOW

pytestmark = [pytest.mark.deep, pytest.mark.both, pytest.mark.django_db]

contract = asking.contract()
many = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(params=asking.ROLES)
def asker(request: pytest.FixtureRequest) -> Iterator[Asker]:
    with travel(NOW, tick=False), asking.one_connection():
        world = asking.world()
        yield Asker(world, getattr(world, request.param))


@contract.parametrize()
@many
def test_whatever_is_asked_is_answered_as_described(case: Any, asker: Asker) -> None:
    asker.ask(case)


@contract.parametrize()
@many
def test_so_it_is_about_what_there_is(case: Any, asker: Asker) -> None:
    asker.ask_of_what_is_there(case)
