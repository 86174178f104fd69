"""Whom a search by name finds: spellings, districts, endings, and nobody whom the searcher may not see."""

import pytest

from kalka.core.refs import new_id
from kalka.people import searching, selectors, services
from kalka.people.rules import Name, NewPerson
from kalka.people.tests.factories import NOW, STRANGER, WORKER, added, new_file
from kalka.people.tests.test_indexing import at_once, found, made, named, people
from kalka.vault import clearing
from kalka.vault.models import IndexDelta

pytestmark = [pytest.mark.django_db, pytest.mark.both]
__all__ = ["at_once"]
FAMILIES = (
    *("Абдраимова", "Бейшембиева", "Гончарова", "Дүйшөева", "Жолдошова", "Захарова"),
    *("Көчөрбаева", "Мамытбекова", "Полякова", "Чоконова", "Шабданова", "Эгембердиева"),
)
GIVEN = (
    *("Айжан", "Бермет", "Венера", "Гүлмайрам", "Динара", "Жыпара"),
    *("Зууракан", "Кундуз", "Людмила", "Наталья", "Салтанат", "Чолпон"),
)


@pytest.mark.parametrize("is_made", [False, True])
def test_the_year_the_sex_and_the_district_narrow_it(is_made):
    known = {"sex": "f", "birth_year": 1994}
    for told in ({**known}, {**known, "birth_year": 1990}, {**known, "sex": "m"}, {"sex": "f", "age": 31}):
        added(named("Асанова Айгүл", **told), new_file(WORKER))
    if is_made:
        made()
        clearing.cleared(NOW + clearing.GRACE)
    assert len(found("Асанова")) == 4
    assert len(found("Асанова", birth_year=1994)) == 3, "an age says one of two years"
    assert len(found("Асанова", birth_year=1994, sex="f")) == 2
    assert found("Асанова", birth_year=1961) == found("Асанова", place="41704000000000") == []


def test_who_sees_many_is_shown_those_they_see_and_no_other(monkeypatch):
    monkeypatch.setattr(searching, "FEW", 2)
    monkeypatch.setattr(searching, "BATCHES", (2, 4, 100))
    monkeypatch.setattr(searching, "OPENED", 4)
    people(["Асанова Айгүл"] * 3)
    people(["Асанова Айгүл"] * 20, STRANGER)
    for _ in range(2):
        result = selectors.search(WORKER, "Асанова Айгул", now=NOW)
        assert (len(result), result.capped) == (3, False)
        assert len(selectors.search(STRANGER, "Осанова Айгүл", now=NOW)) == 4
        made()


def test_two_people_of_one_number_are_both_looked_at(monkeypatch):
    first = new_id()
    second = type(first)(int=first.int ^ 1)
    for id, name in ((first, "Асанова Айгүл"), (second, "Асанова Жаңыл")):
        services.add_person(WORKER, id=id, subject_id=new_file(WORKER), told=named(name), now=NOW)
    assert sorted(found("Асанова")) == ["Асанова Айгүл", "Асанова Жаңыл"]
    monkeypatch.setattr("kalka.people.searching.FEW", 0)
    made()
    assert sorted(found("Асанова")) == ["Асанова Айгүл", "Асанова Жаңыл"]


@pytest.mark.parametrize(
    ("held", "asked"),
    [
        ("Гүлнара", ("Гульнара", "Gulnara", "Gülnara")),
        ("Жылдыз", ("Джылдыз", "Jyldyz", "Zhyldyz", "Jildiz")),
        ("Өмүрбек", ("Омурбек", "Omurbek", "Ömürbek")),
        ("Мээрим", ("Меерим", "Meerim")),
        ("Ёлкина", ("Елкина", "Elkina")),
    ],
)
def test_kyrgyz_russian_and_latin_spellings_of_one_name_meet(held, asked):
    added(named(f"Асанова {held}"), new_file(WORKER))
    made()
    clearing.cleared(NOW + clearing.GRACE)
    assert {query: found(f"{query} Асанова") for query in asked} == {query: [f"Асанова {held}"] for query in asked}


def test_the_ending_of_a_surname_is_a_part_of_it():
    people(["Асанов Айбек", "Асанова Айгүл"])
    made()
    assert found("Асанова")[0] == "Асанова Айгүл" and found("Асанова Айгүл") == ["Асанова Айгүл"]
    assert sorted(found("Асанов")) == ["Асанов Айбек", "Асанова Айгүл"]


def test_somebody_of_twelve_names_is_found_by_each():
    many = tuple(Name(family, given) for family, given in zip(FAMILIES, GIVEN, strict=True))
    added(NewPerson(names=many), new_file(WORKER))
    assert IndexDelta.objects.count() == 3
    assert [len(found(name.whole)) for name in many] == [1] * 12
    made()
    clearing.cleared(NOW + clearing.GRACE)
    assert [len(found(name.whole)) for name in many] == [1] * 12
