from collections.abc import Iterator

import pytest
import time_machine

from kalka.cases.tests.factories import NOW


@pytest.fixture(autouse=True)
def that_morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield
