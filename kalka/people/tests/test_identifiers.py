from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.people import identifiers, searching, services
from kalka.people.identifiers import Kind, macs_of, persons_with, subjects_with
from kalka.people.models import Identifier, Person
from kalka.people.rules import Contact, Name, NewPerson
from kalka.people.rules.identity import name_born
from kalka.people.tests.factories import NOW, STRANGER, WORKER, added, aisuluu, new_file
from kalka.vault.blind import SIZE, mac, normalised

BORN = date(1994, 5, 17)
both = [pytest.mark.django_db, pytest.mark.both]


@pytest.mark.parametrize("typed", ["0700 123-456", "+996700123456", "996 700 123456", "(0700) 12 34 56"])
def test_one_phone_is_one_however_it_is_written(typed):
    assert normalised(Kind.PHONE, typed) == "+996700123456"


@pytest.mark.parametrize("typed", ["21705199400123", " 2170519 9400123 ", "2-1705-1994-00123"])
def test_one_personal_number_is_one_however_it_is_written(typed):
    assert normalised(Kind.PIN, typed) == "21705199400123"


@pytest.mark.parametrize(
    ("kind", "typed"),
    [(Kind.PIN, "жок"), (Kind.PIN, "00000000000000"), (Kind.PIN, "12345"), (Kind.PHONE, "102"), (Kind.PHONE, "жок")],
)
def test_what_identifies_nobody_has_no_digest(kind, typed):
    assert mac(kind, typed) == b""


@given(st.sampled_from(Kind), st.text(max_size=40))
def test_a_digest_has_one_length_and_says_nothing_of_its_value(kind, typed):
    digest = mac(kind, typed)
    assert len(digest) in (0, SIZE)
    assert digest == mac(kind, typed)
    assert not typed.strip() or typed.encode() not in digest or len(typed.encode()) < 3


def test_the_same_words_of_two_kinds_have_two_digests():
    assert mac(Kind.PIN, "0700123456") != mac(Kind.PHONE, "0700123456")


@given(
    st.sampled_from(["Төлөгөнова", "Тологонова", "Tologonova", "ТӨЛӨГӨНОВА"]), st.sampled_from(["Айсулуу", "Aisuluu"])
)
def test_a_name_in_any_spelling_and_order_is_one_name(family, given_name):
    usual = name_born(Name("Төлөгөнова", "Айсулуу", "Бакытовна"), BORN)
    assert name_born(Name(family, given_name), BORN) == name_born(Name(given_name, family), BORN) == usual


def test_half_a_name_or_another_day_is_not_compared():
    assert name_born(Name("Төлөгөнова"), BORN) == ""
    assert name_born(Name("Төлөгөнова", "Айсулуу"), BORN) != name_born(
        Name("Төлөгөнова", "Айсулуу"), BORN + timedelta(1)
    )
    assert macs_of(NewPerson(names=(Name("Төлөгөнова", "Айсулуу"),), birth_year=1994)) == {}


class TestKept:
    pytestmark = both

    def test_a_person_is_found_by_what_was_told_in_any_writing(self):
        person = added(aisuluu(birth_date=BORN), new_file(WORKER))
        for kind, value in (
            (Kind.PIN, "2170519 9400123"),
            (Kind.PHONE, "+996 700 123 456"),
            (Kind.BORN, name_born(Name("Tologonova", "Aisuluu"), BORN)),
        ):
            assert list(Person.objects.filter(pk__in=persons_with(kind, value))) == [person]
        assert not persons_with(Kind.PHONE, "0700 123 457").exists()
        assert not persons_with(Kind.PHONE, "жок").exists()

    def test_two_spellings_that_fold_alike_are_kept_once(self):
        added(aisuluu(birth_date=BORN), new_file(WORKER))
        assert sorted(Identifier.objects.values_list("kind", flat=True)) == ["born", "named", "phone", "pin", "year"]

    @pytest.mark.parametrize(
        "said", [{"birth_date": BORN}, {"birth_year": BORN.year}, {"age": NOW.year - BORN.year}], ids=str
    )
    def test_name_and_year_find_whoever_may_be_born_then_and_pair_nobody(self, said):
        person = added(aisuluu(**said), new_file(WORKER))
        for name in ("Төлөгөнова Айсулуу", "AISULUU tologonova", "Төлөгөнова Айсулуу Бакытовна"):
            assert list(identifiers.like(name, BORN.year)) == [person.pk]
        assert not identifiers.like("Айсулуу", BORN.year).exists()
        assert not identifiers.like("Төлөгөнова Айсулуу", BORN.year + 2).exists()
        weak = {bytes(one) for one in Identifier.objects.filter(kind=Kind.YEAR).values_list("mac", flat=True)}
        assert weak and not weak & identifiers.digests_of([person.pk])

    def test_one_insert_and_none_for_nobody(self):
        file = new_file(WORKER)
        for told, inserts in ((NewPerson(), 0), (aisuluu(birth_date=BORN), 1)):
            with CaptureQueriesContext(connection) as asked:
                added(told, file)
            assert sum('INSERT INTO "people_identifier"' in one["sql"] for one in asked) == inserts

    def test_a_correction_is_found_by_the_new_number_alone(self):
        file = new_file(WORKER)
        person = added(aisuluu(), file)
        told = replace(aisuluu(), pin="", contact=Contact(phone="0555 000 111"))
        services.correct_person(WORKER, id=new_id(), person_id=person.pk, told=told, corrects=0, now=NOW)
        assert list(persons_with(Kind.PHONE, "0555000111")) == [person.pk]
        assert not persons_with(Kind.PHONE, "0700123456").exists()
        assert not persons_with(Kind.PIN, "21705199400123").exists()

    def test_the_files_of_a_number_are_told_at_once(self):
        files = {new_file(WORKER), new_file(WORKER)}
        for file in files:
            added(aisuluu(), file)
        phone, other = mac(Kind.PHONE, "0700123456"), mac(Kind.PHONE, "0700123457")
        assert subjects_with([phone, other, b""]) == {phone: frozenset(files)}

    def test_nothing_is_kept_or_forgotten_outside_a_command(self):
        person = added(aisuluu(), new_file(WORKER))
        for do in (
            lambda: identifiers.keep(person, aisuluu()),
            lambda: identifiers.kept_again(person, aisuluu()),
            lambda: identifiers.forget([person.subject_id]),
        ):
            with pytest.raises(AccessDenied):
                do()
        assert Identifier.objects.filter(person=person).count() == 4

    def test_a_whole_number_is_found_among_more_people_than_are_opened(self, monkeypatch):
        file = new_file(WORKER)
        told = added(aisuluu(), file)
        added(NewPerson(names=(Name("Асанова", "Жаңыл"),)), file, now=NOW + timedelta(hours=1))
        monkeypatch.setattr(searching, "LOOKED_AT", 1)
        later = NOW + timedelta(hours=2)
        for number in ("+996 700 123 456", "2170519 9400123"):
            assert [hit.person_id for hit in searching.search(WORKER, number, now=later)] == [told.pk]
            assert not searching.search(STRANGER, number, now=later).hits
