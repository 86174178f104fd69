"""How SQLite is asked who may see a row: where it is said which row, or whose, by the grants of that file alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kalka.access import selectors
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.refs import new_id
from kalka.vault.models import SubjectKey

pytestmark = [pytest.mark.django_db, pytest.mark.both]

NOW = clock.now()
AIGUL = Actor(7, frozenset(), ("post:3", "org:1"), post_id=3)
KEYS = SubjectKey.objects


def statement(rows) -> str:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        list(selectors.visible(AIGUL, rows, now=NOW))
    return asked[0]["sql"]


@pytest.mark.parametrize(
    "rows",
    [
        KEYS.filter(subject_id=new_id()),
        KEYS.filter(klass="identity").filter(subject_id=new_id()),
        KEYS.filter(subject_id__in=[new_id(), new_id()]),
        KEYS.filter(pk=5),
    ],
    ids=["whose", "whose and which", "of some", "one row"],
)
def test_a_named_row_is_not_looked_for_among_all_grants(rows):
    assert ("EXISTS" in statement(rows)) == (connection.vendor == "sqlite")


@pytest.mark.parametrize(
    "rows",
    [
        KEYS.all(),
        KEYS.filter(klass="identity"),
        KEYS.exclude(subject_id=new_id()),
        KEYS.filter(subject_id=new_id()) | KEYS.filter(klass="identity"),
        KEYS.filter(subject_id__in=KEYS.values("subject_id")),
    ],
    ids=["all", "a kind", "all but one", "one or a kind", "what another statement says"],
)
def test_what_names_nobody_begins_with_the_grants(rows):
    assert "EXISTS" not in statement(rows)
