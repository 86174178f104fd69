"""What every test stands on: a root key of its own, key-encryption keys in the test database, the same examples."""

import gc
import os
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.template.base import Template
from django.test.utils import _TestState
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as examples
from pytest_django import DjangoDbBlocker

from kalka.core import root
from kalka.history import triggers
from kalka.vault import index, keys

# One answer for everybody: the same examples on every machine, and no clock in the verdict.
examples.register_profile("ci", deadline=None, derandomize=True, max_examples=60)
examples.register_profile(
    "deep", deadline=None, max_examples=2000, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
examples.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: nobody need look through it again for what may go."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def root_key() -> Iterator[None]:
    if not settings.ROOT_KEY_FILE.exists():
        root.create(settings.ROOT_KEY_FILE)
    root.forget()
    yield


@pytest.fixture(scope="session", autouse=True)
def pages_as_they_are(django_test_environment: None) -> None:
    """Django keeps, for whoever tests by them, each template of a page with a copy of all it was given. Nobody does."""
    Template._render = _TestState.saved_data.template_render


@pytest.fixture(autouse=True)
def language() -> None:
    """Every test begins in the installation's own language, whatever the one before spoke."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def installed(request: pytest.FixtureRequest) -> Iterator[None]:
    """A database test begins with what an installation has: key-encryption keys, and a history nobody may change.

    SQLite empties a table after a test with real transactions by DELETE, which that history refuses: there it steps
    aside until the next test.
    """
    marker = request.node.get_closest_marker("django_db")
    if marker is None:
        yield
        return
    real = bool(marker.kwargs.get("transaction"))
    request.getfixturevalue("transactional_db" if real else "db")
    keys.forget()
    index.forget()
    keys.ensure_keks()
    if connection.vendor != "sqlite":
        yield
        return
    if not _guarded():
        triggers.put_up(connection)
    yield
    if real:
        triggers.take_down(connection)


@pytest.fixture(scope="module")
def together(root_key: None, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database for what a module builds once. Each of its tests is undone by itself, the whole at its end."""
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole._from_testcase = True  # the tests' own, so that commands may be durable inside it
        whole.__enter__()
        try:
            keys.forget()
            index.forget()
            keys.ensure_keks()
            if connection.vendor == "sqlite" and not _guarded():
                triggers.put_up(connection)
            yield
        finally:
            transaction.set_rollback(True)
            whole.__exit__(None, None, None)
            keys.forget()
            index.forget()


def _guarded() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'history_event_is_not_changed'")
        return cursor.fetchone() is not None
