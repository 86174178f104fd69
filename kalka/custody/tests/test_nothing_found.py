"""Somebody whose file was destroyed is found by nothing that was ever made of them: even by whoever still had sight."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from kalka.access.models import Grant
from kalka.closure import services as closure
from kalka.closure.tests import factories
from kalka.closure.tests.factories import AFTER, WORD
from kalka.core.actors import SYSTEM
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.custody import services as custody
from kalka.custody.tests.test_erasing import agreed, asked
from kalka.duties.models import Duty
from kalka.people import identifiers, indexing, pairs, selectors, services
from kalka.people.identifiers import Kind
from kalka.people.models import Identifier, Joining, Pair, PairWord, Person
from kalka.people.rules import Contact, Name, NewPerson
from kalka.people.rules.identity import name_born
from kalka.people.rules.same import Says
from kalka.people.tests.factories import new_file
from kalka.vault import clearing, index, making
from kalka.vault.models import IndexDelta, IndexGeneration
from kalka.vault.postings import number_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]
BORN = date(1994, 5, 17)
SHE = NewPerson(
    sex="f",
    names=(Name("Төлөгөнова", "Айсулуу"), Name("Tologonova", "Aisuluu")),
    birth_date=BORN,
    pin="21705199400123",
    contact=Contact(phone="0700 123 456"),
)
QUERIES = ("Төлөгөнова Айсулуу", "Tologonova", "Толөгөнова", "21705199400123", "0700 123 456", "123456")
LATER = AFTER + timedelta(minutes=11)


@pytest.fixture(autouse=True)
def at_once(monkeypatch) -> None:
    for module in (making, clearing):
        monkeypatch.setattr(module, "BREATH", 0)


@pytest.fixture
def at() -> Iterator[SimpleNamespace]:
    """Written down, corrected, in the index; and asked about beside a file of another post where she is as well."""
    at = factories.done(factories.world())
    at.worker = replace(at.worker, permissions=at.worker.permissions | {Permission.SEARCH})
    at.she = added(at, SHE)
    at.other = added(
        at, replace(SHE, names=(Name("Төлөгөнова", "Айсулуу"),), pin="", contact=Contact()), new_file(at.worker)
    )
    at.pair = Pair.objects.get()
    indexing.make(SYSTEM, now=AFTER - timedelta(hours=1))
    at.late = added(at, SHE)  # what is not in the index yet, but in what came after it
    closure.close_case(at.worker, id=new_id(), case_ref=at.case.ref, reason="safe", word=WORD, now=AFTER)
    yield at
    index.forget()


def added(at: SimpleNamespace, told: NewPerson, file=None) -> Person:
    subject = file or at.case.subject_id
    return services.add_person(at.worker, id=new_id(), subject_id=subject, told=told, now=AFTER - timedelta(hours=2))


def erased(at: SimpleNamespace) -> None:
    """And whoever had sight has it still, as after a mistake: what is found then was not taken out."""
    agreed(asked(at))
    Grant.objects.filter(subject_id=at.case.subject_id).update(until=None)


def found(at: SimpleNamespace, query: str) -> set:
    return {hit.person_id for hit in selectors.search(at.worker, query, now=AFTER)}


def test_by_name_number_or_telephone_nobody_is_found_who_was_before(at):
    they = {at.she.pk, at.late.pk}
    assert [query for query in QUERIES if they <= found(at, query)] == list(QUERIES)
    erased(at)
    assert [query for query in QUERIES if they & found(at, query)] == []


def test_no_digest_leads_to_them_any_more(at):
    digests = identifiers.pairing_macs(SHE) | identifiers.macs_of(SHE)
    assert at.case.subject_id in set().union(*identifiers.subjects_with(digests).values())
    erased(at)
    assert at.case.subject_id not in set().union(*identifiers.subjects_with(digests).values())
    assert not Identifier.objects.filter(person__in=[at.she.pk, at.late.pk]).exists()
    for kind, value in ((Kind.PIN, SHE.pin), (Kind.PHONE, SHE.contact.phone)):
        assert list(identifiers.persons_with(kind, value)) == []
    assert list(identifiers.persons_with(Kind.BORN, name_born(SHE.names[0], BORN))) == [at.other.pk]


def test_no_pair_says_any_more_that_somebody_else_is_she(at):
    services.say_of_pair(at.worker, id=new_id(), pair_id=at.pair.pk, says=Says.SAME, reason="Бир паспорт", now=AFTER)
    assert Joining.objects.exists() and PairWord.objects.exists() and pairs.list_pairs(at.worker, now=AFTER)
    erased(at)
    assert (Pair.objects.count(), PairWord.objects.count(), Joining.objects.count()) == (0, 0, 0)
    assert pairs.list_pairs(at.worker, now=AFTER) == []
    services.find_pairs(SYSTEM, now=AFTER)
    assert Pair.objects.count() == 0, "nor is one made again"


def test_nobody_is_asked_about_the_two_any_more(at):
    sides = [at.pair.first_side, at.pair.second_side]
    assert Duty.objects.standing().filter(subject_id__in=sides).exists()
    erased(at)
    assert not Duty.objects.standing().filter(subject_id__in=sides).exists()


def test_the_index_is_made_anew_at_once_and_holds_no_piece_of_their_names(at):
    assert not indexing.is_due(AFTER)
    erased(at)
    assert indexing.is_due(AFTER), "by day too"
    indexing.make(SYSTEM, now=AFTER)
    assert not indexing.is_due(LATER), "once"
    clearing.cleared(LATER)
    numbers = {number_of(at.she.pk), number_of(at.late.pk)}
    assert not numbers & held() and number_of(at.other.pk) in held()
    assert (IndexGeneration.objects.count(), IndexDelta.objects.count()) == (1, 0)


def held() -> set[int]:
    """All numbers of all tokens the index has."""
    index.forget()
    pinned = index.pinned()
    lists = pinned.lists(pinned._counts)
    return {number for numbers in lists.values() for number in numbers.tolist()}


def test_an_index_that_was_being_made_when_the_file_was_destroyed_is_given_up(at):
    begun = making.begun(AFTER - timedelta(minutes=5))
    erased(at)
    assert making.begun(LATER).pk != begun.pk


def test_an_index_that_was_switched_to_meanwhile_is_made_once_more(at):
    begun = making.begun(AFTER - timedelta(minutes=5))
    erased(at)
    making.written(begun, lambda done, of: None)
    making.switched(begun, AFTER)
    assert indexing.is_due(AFTER)


def test_brought_back_with_an_older_copy_of_the_data_nothing_finds_them_either(at):
    agreed(asked(at))
    Pair.objects.all().delete()
    files = {"first_file": at.she.subject_id, "second_file": at.other.subject_id}
    Pair.objects.create(first=at.she, second=at.other, how="pin", at=AFTER, **files)
    custody.settle(SYSTEM, now=LATER)
    assert Pair.objects.count() == 0


def test_what_a_write_of_the_same_moment_left_behind_is_taken_out_within_the_hour(at):
    erased(at)
    assert custody.sweep(SYSTEM, now=LATER) == [] and custody.sweep(SYSTEM, now=LATER) == []
    late = Identifier.objects.create(
        subject_id=at.case.subject_id, person=at.she, kind=Kind.PIN, mac=b"0123456789abcdef"
    )
    assert custody.sweep(SYSTEM, now=LATER) == [at.case.subject_id]
    assert not Identifier.objects.filter(pk=late.pk).exists()
    assert not Grant.objects.filter(subject_id=at.case.subject_id).exclude(until__lte=LATER).exists()
