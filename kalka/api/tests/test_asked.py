"""A short run, always the same, of what schemathesis asks; the long one is tests/deep/test_contract_fuzz.py."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from kalka.api.tests import asking
from kalka.api.tests.asking import Asker

pytestmark = [pytest.mark.django_db, pytest.mark.both]

contract = asking.contract()
few = settings(max_examples=5, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def police() -> Iterator[Asker]:
    with asking.one_connection():
        world = asking.world()
        yield Asker(world, world.inspector)


@pytest.fixture
def prosecutor() -> Iterator[Asker]:
    with asking.one_connection():
        world = asking.world()
        yield Asker(world, world.prosecutor)


@contract.exclude(path_regex="statistics").parametrize()
@few
def test_whatever_is_asked_of_a_file_is_answered_as_described(case: Any, police: Asker) -> None:
    assert police.ask_of_what_is_there(case) in asking.described(case)


@contract.include(path_regex="statistics").parametrize()
@few
def test_whatever_is_asked_of_figures_is_answered_as_described(case: Any, prosecutor: Asker) -> None:
    assert prosecutor.ask_of_what_is_there(case) in asking.described(case)
