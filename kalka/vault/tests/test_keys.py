"""Data keys, sealed rows, and what they never show."""

import json
import logging
import pickle

import pytest

from kalka.accounts.models import Draft
from kalka.core.refs import new_id
from kalka.vault.classes import Klass
from kalka.vault.crypto import Refused
from kalka.vault.fields import SHOWN
from kalka.vault.keys import Keys, Passage, fingerprint, new_keys, unlock_stored
from kalka.vault.models import SubjectKey

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def subject():
    return new_id()


def sealed_row(subject, keys, words="Айгүл"):
    from datetime import UTC, datetime

    row = Draft(id=new_id(), subject_id=subject, kind="x", saved_at=datetime(2026, 1, 1, tzinfo=UTC))
    keys.put(row, "values", {"told": words})
    row.save()
    return Draft.objects.get(id=row.id)


def test_a_row_opens_with_the_keys_of_its_subject(subject):
    row = sealed_row(subject, new_keys(subject, [Klass.OWN]))
    stored = unlock_stored(Passage(frozenset({subject}), frozenset({Klass.OWN})), SubjectKey.objects.all())
    assert stored.get(row, "values") == {"told": "Айгүл"}


def test_a_passage_opens_only_what_it_names(subject):
    row = sealed_row(subject, new_keys(subject, [Klass.OWN]))
    for passage in (
        Passage(frozenset({new_id()}), frozenset({Klass.OWN})),
        Passage(frozenset({subject}), frozenset({Klass.NOTE})),
    ):
        with pytest.raises(Refused):
            unlock_stored(passage, SubjectKey.objects.all()).get(row, "values")


def test_bytes_moved_to_another_row_are_refused(subject):
    keys = new_keys(subject, [Klass.OWN])
    one, other = sealed_row(subject, keys), sealed_row(subject, keys, "Бакыт")
    one.values = other.values
    with pytest.raises(Refused):
        keys.get(one, "values")


def test_nothing_said_is_none(subject):
    row = Draft(id=new_id(), subject_id=subject)
    assert new_keys(subject, [Klass.OWN]).get(row, "values") is None


def test_a_sealed_value_shows_itself_as_sealed(subject, caplog):
    row = sealed_row(subject, new_keys(subject, [Klass.OWN]))
    logging.getLogger("x").warning("%s %r", row.values, row.values)
    assert [str(row.values), repr(row.values), f"{row.values}"] == [SHOWN] * 3
    assert caplog.messages == [f"{SHOWN} {SHOWN}"]
    assert json.dumps(row.values, default=str) == json.dumps(SHOWN)
    for forbidden in (lambda: row.values == row.values, lambda: pickle.dumps(row.values), lambda: hash(row.values)):
        with pytest.raises(TypeError):
            forbidden()


def test_a_sealed_column_is_never_searched(subject):
    with pytest.raises(TypeError):
        Draft.objects.filter(values=b"x").exists()


def test_plain_bytes_are_never_stored(subject):
    row = Draft(id=new_id(), subject_id=subject)
    row.values = b"Aigul"
    with pytest.raises(TypeError):
        row.save()


def test_a_fingerprint_tells_same_from_other_and_nothing_else():
    assert fingerprint("a", {"x": 1}) == fingerprint("a", {"x": 1})
    assert len({fingerprint("a", {"x": 1}), fingerprint("b", {"x": 1}), fingerprint("a", {"x": 2})}) == 3


def test_keys_show_and_travel_nowhere():
    keys = Keys({(new_id(), Klass.OWN): b"k" * 32})
    assert repr(keys) == "<Keys of 1>"
    with pytest.raises(TypeError):
        pickle.dumps(keys)
