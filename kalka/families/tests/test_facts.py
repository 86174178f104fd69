"""What is counted: codes and days; nothing leads back to a family."""

from datetime import timedelta
from uuid import UUID

import pytest

from kalka.core.extract import Extract
from kalka.families import facts, practice
from kalka.families.rules import State
from kalka.families.tests.factories import DAY, NOW, TODAY, contact, ended, noted, paired, work, world

pytestmark = [pytest.mark.django_db, pytest.mark.both]
EVERY = (facts.families, facts.contacts, facts.works, facts.crossings, facts.ends)


def rows(of, *, until=TODAY + DAY):
    extract = Extract(before=NOW + timedelta(days=90), until=until, salt=b"test")
    return [row for batch in of(extract) for row in batch.rows]


def test_families_and_what_was_done_are_counted_by_committee_and_nothing_leads_back():
    at = world()
    family = paired(at.secretary, at.member, next_on=TODAY)
    contact(at.member, family)
    work(at.secretary, family, "shelter", agreed=True)
    over = noted(at.secretary)
    ended(at.secretary, over, "moved")
    found = {(one.how, one.setting, one.state, one.organisation) for one in rows(facts.families)}
    assert found == {
        ("round", "family", State.UNSET, at.committee.pk),
        ("round", "family", State.ENDED, at.committee.pk),
    }
    assert [(one.code, one.in_time) for one in rows(facts.contacts)] == [("spoke", True)]
    assert [(one.code, one.asked) for one in rows(facts.works)] == [("shelter", True)]
    assert [one.code for one in rows(facts.ends)] == ["moved"]
    for of in EVERY:
        assert rows(of, until=TODAY) == []
        for row in rows(of):
            assert not any(isinstance(getattr(row, name), UUID) for name in row.__slots__)
            assert family.case_ref not in repr(row)


def test_continuing_work_is_a_contact_within_the_term_that_an_institution_set(monkeypatch):
    at = world()
    family = paired(at.secretary, at.member)
    contact(at.member, family, on=TODAY + 10 * DAY, now=NOW + 10 * DAY)
    monkeypatch.setattr(practice, "_terms", lambda: ((TODAY, 30),))
    for after, state in ((40, State.CONTINUING), (41, State.LAPSED)):
        (row,) = rows(facts.families, until=TODAY + (after + 1) * DAY)
        assert (row.state, row.silent) == (state, after - 10)
