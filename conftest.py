"""What every test stands on: a root key of its own, and key-encryption keys in the test database."""

from collections.abc import Iterator

import pytest
from django.conf import settings

from kalka.core import root
from kalka.vault import keys


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
