"""What every test stands on: a root key of its own, key-encryption keys in the test database, the same examples."""

import os
from collections.abc import Iterator

import pytest
from django.conf import settings
from hypothesis import HealthCheck
from hypothesis import settings as examples

from kalka.core import root
from kalka.vault import keys

# One answer for everybody: the same examples on every machine, and no clock in the verdict.
examples.register_profile("ci", deadline=None, derandomize=True, max_examples=60)
examples.register_profile(
    "deep", deadline=None, max_examples=2000, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
examples.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session", autouse=True)
def root_key() -> Iterator[None]:
    if not settings.ROOT_KEY_FILE.exists():
        root.create(settings.ROOT_KEY_FILE)
    root.forget()
    yield


@pytest.fixture(autouse=True)
def keks(request: pytest.FixtureRequest) -> None:
    """A database test begins with the keys an installation has; what an earlier test cached is forgotten."""
    if request.node.get_closest_marker("django_db") is None:
        return
    request.getfixturevalue(
        "transactional_db" if request.node.get_closest_marker("django_db").kwargs.get("transaction") else "db"
    )
    keys.forget()
    keys.ensure_keks()
