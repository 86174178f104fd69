"""What leaves for statistics: codes and days, never a word or an id."""

from datetime import timedelta
from uuid import UUID

import pytest

from kalka.core.extract import Extract
from kalka.core.refs import new_id
from kalka.support import facts, services
from kalka.support.rules import NewService
from kalka.support.tests.factories import NOW, TODAY, world
from kalka.support.tests.test_selectors import filled

pytestmark = [pytest.mark.django_db, pytest.mark.both]
EVERY = (facts.services, facts.aid, facts.contacts, facts.documents, facts.words, facts.outcomes)


def rows(of, *, until=TODAY + timedelta(days=1)):
    extract = Extract(before=NOW + timedelta(hours=1), until=until, salt=b"test")
    return [row for batch in of(extract) for row in batch.rows]


def test_help_is_counted_by_kind_in_minutes_and_a_mistake_counts_for_nothing():
    at = world()
    filled(at)
    told = {"case_ref": at.case.ref, "now": NOW}
    wrong = services.give_service(at.worker, id=new_id(), told=NewService("talk", 90, TODAY), **told)
    services.void_service(at.worker, id=new_id(), service_id=wrong.pk, **told)
    given = {(one.kind, one.help, one.minutes, one.agency) for one in rows(facts.services)}
    assert given == {
        ("psychologist", "psychological", 45, "crisis_centre"),
        ("talk", "psychological", 30, "police"),
    }
    assert [(one.budget, one.what, one.som) for one in rows(facts.aid)] == [("local", "money", 13_000)]
    assert [(one.what, one.code) for one in rows(facts.words)] == [("word", "safer")]
    assert [one.scores for one in rows(facts.outcomes)] in (
        [(1, 0, 0, 0, 0), (3, 0, 0, 0, 0)],
        [(3, 0, 0, 0, 0), (1, 0, 0, 0, 0)],
    )
    assert {one.place for of in EVERY for one in rows(of)} == {at.case.place}


def test_nothing_leads_back_to_a_file_and_nothing_of_later_comes_along():
    at = world()
    filled(at)
    for of in EVERY:
        assert rows(of, until=TODAY - timedelta(days=30)) == []
        for row in rows(of):
            assert at.case.subject_id.hex not in repr(row)
            assert not any(isinstance(getattr(row, name), UUID) for name in row.__slots__)
