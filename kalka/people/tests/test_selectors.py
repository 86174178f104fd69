from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.people import searching, selectors, services
from kalka.people.rules import Contact, Name, NewPerson, Safe, Window
from kalka.people.tests.factories import (
    ALWAYS,
    NOW,
    STRANGER,
    WORKER,
    added,
    aisuluu,
    keys,
    new_file,
    reachable,
    wall_off,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def named(*names: str, **more) -> NewPerson:
    return NewPerson(names=tuple(Name(*name.split()) for name in names), **more)


def found(query: str, actor: Actor = WORKER) -> list[tuple[str, str]]:
    return [(hit.name, hit.how) for hit in selectors.search(actor, query, now=NOW)]


def reads() -> int:
    return AuditEntry.objects.filter(kind="read", command="people.search").count()


@pytest.mark.parametrize(
    ("query", "how"),
    [
        ("Төлөгөнова", "exact"),
        ("tologonova aisuluu", "exact"),  # the second spelling
        ("Тологонова", "folded"),
        ("Tölögönova Aysuluu", "folded"),
        ("Толог", "folded"),
        ("Тилөгөнова", "near"),
        ("21705199400123", "exact"),
        ("+996 700 123456", "exact"),
        ("0700123456", "exact"),
        ("123 456", "exact"),
    ],
)
def test_a_person_is_found_by_any_spelling_and_by_number(query, how):
    added(aisuluu(), new_file(WORKER))
    added(named("Осмонов Бакыт"), new_file(WORKER))
    assert found(query) == [("Төлөгөнова Айсулуу Бакытовна", how)]


def test_the_nearest_come_first():
    for name in ("Асанова Айгүл", "Асанова Айгуль", "Осанова Айгул"):
        added(named(name), new_file(WORKER))
    assert found("Асанова Айгүл") == [
        ("Асанова Айгүл", "exact"),
        ("Асанова Айгуль", "folded"),
        ("Осанова Айгул", "near"),
    ]


def test_who_has_a_slip_in_each_word_is_opened_only_where_nobody_is_nearer():
    added(named("Осанова Айгыл"), new_file(WORKER))
    assert found("Асанова Айгүл") == [("Осанова Айгыл", "near")]
    assert reads() == 1
    added(named("Асанова Айгыл"), new_file(WORKER))
    assert found("Асанова Айгүл") == [("Асанова Айгыл", "near")]
    assert list(AuditEntry.objects.filter(command="people.search").values_list("count", flat=True)) == [1, 1]


def test_what_was_corrected_is_found_by_its_latest_words_alone():
    person = added(named("Асанова Айгүл"), new_file(WORKER))
    told = named("Осмонова Айгүл")
    services.correct_person(WORKER, id=new_id(), person_id=person.pk, told=told, corrects=0, now=NOW)
    assert found("Осмонова") == [("Осмонова Айгүл", "exact")]
    assert found("Асанова") == []


def test_search_knows_only_what_the_actor_may_see():
    mine, walled = new_file(WORKER), new_file(WORKER)
    added(named("Асанова Айгүл"), mine)
    added(named("Асанова Жаңыл"), walled)
    wall_off(WORKER, walled, user_id=WORKER.user_id)
    assert found("Асанова") == [("Асанова Айгүл", "exact")]
    assert found("Асанова", STRANGER) == []


def test_one_search_is_one_entry_in_the_record():
    for _ in range(3):
        added(named("Асанова Айгүл"), new_file(WORKER))
    selectors.search(WORKER, "Айгүл", now=NOW)
    entry = AuditEntry.objects.get(kind="read", command="people.search")
    assert (entry.count, entry.actor_id, entry.subject_id) == (3, 5, None)


def test_a_search_says_when_it_did_not_look_at_all(monkeypatch):
    file = new_file(WORKER)
    for n in range(4):
        added(named("Асанова Айгүл"), file, now=NOW + timedelta(minutes=n))
    assert not selectors.search(WORKER, "Асанова", now=NOW).capped
    monkeypatch.setattr(searching, "OPENED", 3)
    result = selectors.search(WORKER, "Асанова", now=NOW)
    assert (len(result), result.capped) == (3, True)
    monkeypatch.setattr(searching, "OPENED", 9)
    monkeypatch.setattr(searching, "SHOWN", 2)
    result = selectors.search(WORKER, "Асанова", now=NOW)
    assert (len(result), result.capped) == (2, True)


@pytest.mark.parametrize(("query", "code"), [(" а ", "people.search_too_short"), ("а" * 101, "people.too_long")])
def test_too_little_and_too_much_are_refused_before_anything_is_opened(query, code):
    added(named("Асанова Айгүл"), new_file(WORKER))
    with pytest.raises(DomainError) as refusal:
        selectors.search(WORKER, query, now=NOW)
    assert (refusal.value.code, refusal.value.facts["field"]) == (code, "query")
    assert reads() == 0


def test_search_costs_the_same_however_many_there_are():
    costs = []
    for count in (1, 1, 6):  # the first also fetches the key-encryption keys
        for _ in range(count):
            added(aisuluu(), new_file(WORKER))
        with CaptureQueriesContext(connection) as queries:
            assert len(selectors.search(WORKER, "Айсулуу", now=NOW))
        costs.append(len(queries))
    own = {"sqlite": 6}.get(connection.vendor, 0)  # there the record is chained at once
    assert costs[1] == costs[2] <= 10 + own, [one["sql"][:80] for one in queries]


def test_the_people_of_a_page_of_files_cost_two_queries(django_assert_num_queries):
    files = [new_file(WORKER) for _ in range(5)]
    for file in files:
        added(aisuluu(), file)
        added(named("Осмонов Бакыт"), file, now=NOW + timedelta(minutes=1))
    opened = keys(WORKER, *files)
    with django_assert_num_queries(2):
        page = selectors.persons_of(WORKER, files, opened)
    assert [[p.name for p in page[file]] for file in files] == [["Төлөгөнова Айсулуу Бакытовна", "Осмонов Бакыт"]] * 5


def test_without_the_key_of_a_file_nobody_of_it_is_shown():
    mine, other = new_file(WORKER), new_file(STRANGER)
    for asked in (other, new_id()):
        with pytest.raises(AccessDenied) as refusal:
            selectors.persons(WORKER, asked, keys(WORKER, mine))
        assert refusal.value.code == "people.not_visible"


def test_a_person_of_a_file_one_does_not_see_does_not_exist():
    person = added(aisuluu(), new_file(STRANGER), actor=STRANGER)
    for asked in (person.pk, new_id()):
        with pytest.raises(AccessDenied) as refusal:
            selectors.get_person(WORKER, asked, now=NOW)
        assert refusal.value.code == "people.not_visible"
        with pytest.raises(AccessDenied) as refusal:
            selectors.safe_route(WORKER, asked, NOW)
        assert refusal.value.code == "people.not_visible"


def route(person, now=NOW, **more):
    found = selectors.safe_route(WORKER, person.pk, now, **more)
    return (found.person_id, found.number, found.language) if found else None


def test_the_route_is_the_safe_number_at_a_safe_hour():
    weekdays = (Window((0, 1, 2, 3, 4), "09:00", "12:00"),)
    person = added(NewPerson(contact=reachable(weekdays)), new_file(WORKER))
    assert route(person) == (person.pk, "+996700123456", "ru")
    evening = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
    assert route(person, evening) is None
    reach = selectors.reach(WORKER, person.pk, now=evening)
    assert (reach.again_at, reach.why_not) == (datetime(2026, 3, 5, 3, 0, tzinfo=UTC), "not_now")


def test_a_route_does_not_show_itself():
    person = added(NewPerson(contact=reachable()), new_file(WORKER))
    assert "996" not in repr(selectors.reach(WORKER, person.pk, now=NOW))


@pytest.mark.parametrize(
    ("contact", "why_not"),
    [
        (Contact(), "no_number"),
        (Contact(phone="0700123456"), "not_allowed"),
        (reachable(never=("sms",)), "not_allowed"),
        (reachable(phone="12"), "no_number"),
        (Contact(safe=Safe(ALWAYS)), "no_number"),
    ],
)
def test_without_a_safe_way_there_is_none(contact, why_not):
    person = added(NewPerson(contact=contact), new_file(WORKER))
    assert route(person) is None
    assert selectors.reach(WORKER, person.pk, now=NOW).why_not == why_not


def test_the_route_is_the_latest_one_told():
    person = added(NewPerson(contact=reachable()), new_file(WORKER))
    told = NewPerson(contact=replace(reachable(), safe=Safe(ALWAYS, never=("sms",))))
    services.correct_person(WORKER, id=new_id(), person_id=person.pk, told=told, corrects=0, now=NOW)
    assert route(person) is None


def family():
    file = new_file(WORKER)
    mother = added(NewPerson(sex="f", age=30, contact=reachable(phone="0700000001")), file)
    father = added(NewPerson(sex="m", age=31, contact=reachable(phone="0700000002")), file)
    child = added(NewPerson(age=8, contact=reachable(phone="0700000003")), file)
    return mother, father, child


def relate(person, other, kind):
    services.relate(WORKER, id=new_id(), person_id=person.pk, other_id=other.pk, kind=kind, now=NOW)


def part(person, code):
    services.take_part(WORKER, id=new_id(), person_id=person.pk, part=code, now=NOW)


def test_a_child_is_reached_through_a_parent_and_never_by_its_own_phone():
    mother, _, child = family()
    assert route(child) is None
    relate(mother, child, "parent")
    assert route(child) == (mother.pk, "+996700000001", "ru")


def test_a_guardian_said_to_have_done_it_is_not_told_in_the_childs_place():
    mother, father, child = family()
    relate(father, child, "parent")
    part(father, "guardian")
    assert route(child) == (father.pk, "+996700000002", "ru")
    part(father, "alleged")
    assert route(child) is None
    assert selectors.reach(WORKER, child.pk, now=NOW).why_not == "nobody"
    relate(child, mother, "child")
    assert route(child) == (mother.pk, "+996700000001", "ru")


def test_a_child_of_unknown_age_is_not_called_itself():
    file = new_file(WORKER)
    child = added(NewPerson(contact=reachable()), file)
    assert route(child) is not None
    part(child, "child")
    assert route(child) is None


def test_reaching_somebody_is_in_the_record():
    person = added(NewPerson(contact=reachable()), new_file(WORKER))
    route(person)
    entry = AuditEntry.objects.filter(kind="read", command="people.reach").get()
    assert (entry.subject_id, entry.count) == (person.subject_id, 1)
