from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.people import selectors, services
from kalka.people.models import Appearance, Household, Person, PersonChange, Relation
from kalka.people.rules import Name, NewPerson
from kalka.people.tests.factories import NOW, STRANGER, WORKER, added, aisuluu, keys, new_file

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LATER = NOW + timedelta(days=1)


def only(subject_id):
    (person,) = selectors.persons(WORKER, subject_id, keys(WORKER, subject_id))
    return person


def test_a_person_is_kept_as_told():
    file, told = new_file(WORKER), aisuluu()
    person = added(told, file)
    seen = only(file)
    assert (seen.id, seen.subject_id, seen.version) == (person.pk, file, 0)
    assert (seen.sex, seen.age_band, seen.name) == ("f", "25-34", "Төлөгөнова Айсулуу Бакытовна")
    assert (seen.names, seen.birth_year, seen.pin, seen.note) == (told.names, 1994, told.pin, told.note)
    assert (seen.contact, seen.washington, seen.has_disability) == (told.contact, told.washington, True)


def test_a_person_may_have_nothing_at_all():
    file = new_file(WORKER)
    added(NewPerson(), file)
    seen = only(file)
    assert (seen.name, seen.sex, seen.age_band, seen.has_disability) == ("", "unknown", "unknown", None)


def test_writing_down_is_recorded():
    person = added(aisuluu(), new_file(WORKER))
    entry = AuditEntry.objects.latest("id")
    assert (entry.kind, entry.command, entry.object) == ("done", "people.add", "people.Person")
    assert (entry.object_id, entry.subject_id, entry.actor_id) == (str(person.pk), person.subject_id, 5)


def test_sending_twice_is_sending_once():
    file, one = new_file(WORKER), new_id()
    for _ in range(2):
        services.add_person(WORKER, id=one, subject_id=file, told=aisuluu(), now=NOW)
    assert Person.objects.count() == 1
    with pytest.raises(AccessDenied):
        services.add_person(WORKER, id=one, subject_id=file, told=NewPerson(), now=NOW)


def test_into_a_file_one_does_not_see_nobody_is_written():
    file = new_file(WORKER)
    for subject_id in (file, new_id()):
        with pytest.raises(AccessDenied) as refusal:
            added(aisuluu(), subject_id, actor=STRANGER)
        assert refusal.value.code == "access.not_visible"
    assert not Person.objects.exists()


def test_what_cannot_be_is_refused_and_nothing_is_written():
    file = new_file(WORKER)
    with pytest.raises(DomainError) as refusal:
        added(aisuluu(birth_year=2050), file)
    assert refusal.value.facts["field"] == "birth_year"
    assert not Person.objects.exists()
    assert AuditEntry.objects.latest("id").refusal == "people.birth_year_impossible"


def correct(person, told, *, corrects=0, actor=WORKER, id=None):
    return services.correct_person(
        actor, id=id or new_id(), person_id=person.pk, told=told, corrects=corrects, now=LATER
    )


def test_a_correction_shows_and_what_was_written_stays():
    file = new_file(WORKER)
    person = added(aisuluu(), file)
    before = Person.objects.filter(pk=person.pk).values().get()
    correct(person, aisuluu(names=(Name("Осмонова", "Айсулуу"),), birth_year=2010))
    seen = only(file)
    assert (seen.id, seen.version, seen.name, seen.age_band) == (person.pk, 1, "Осмонова Айсулуу", "14-17")
    after = Person.objects.filter(pk=person.pk).values().get()
    blobs = ("identity", "traits", "contact")
    assert [before.pop(b).blob for b in blobs] == [after.pop(b).blob for b in blobs]
    assert before == after
    assert selectors.get_person(WORKER, person.pk, now=NOW).age_band == "14-17"


def test_two_who_correct_the_same_version_do_not_overwrite_each_other():
    person = added(aisuluu(), new_file(WORKER))
    correct(person, aisuluu(note="биринчи"))
    with pytest.raises(DomainError) as refusal:
        correct(person, aisuluu(note="экинчи"))
    assert refusal.value.code == "people.changed_meanwhile"
    correct(person, aisuluu(note="экинчи"), corrects=1)
    assert list(PersonChange.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_a_correction_sent_twice_is_one():
    person, one = added(aisuluu(), new_file(WORKER)), new_id()
    for _ in range(2):
        correct(person, NewPerson(), id=one)
    assert PersonChange.objects.count() == 1


def test_whom_one_does_not_see_one_changes_nothing_of():
    file = new_file(WORKER)
    person, other = added(aisuluu(), file), added(NewPerson(), file)
    tries = (
        lambda: correct(person, NewPerson(), actor=STRANGER),
        lambda: services.take_part(STRANGER, id=new_id(), person_id=person.pk, part="alleged", now=NOW),
        lambda: services.end_part(STRANGER, person_id=person.pk, part="alleged", now=NOW),
        lambda: relate(person, other, "spouse", actor=STRANGER),
        lambda: services.form_household(STRANGER, id=new_id(), person_ids=[person.pk], on=date(2026, 3, 4), now=NOW),
    )
    for attempt in tries:
        with pytest.raises(AccessDenied) as refusal:
            attempt()
        assert refusal.value.code in ("people.not_visible", "core.not_permitted")
    assert not any(model.objects.exists() for model in (PersonChange, Appearance, Relation, Household))


def relate(person, other, kind, *, actor=WORKER, **days):
    return services.relate(actor, id=new_id(), person_id=person.pk, other_id=other.pk, kind=kind, now=NOW, **days)


def test_in_laws_and_former_spouses_are_relations():
    file = new_file(WORKER)
    woman, man, mother_in_law = (added(NewPerson(), file) for _ in range(3))
    relate(woman, man, "spouse", since=date(2019, 5, 1), until=date(2024, 2, 1))
    relate(woman, man, "former_spouse", since=date(2024, 2, 2))
    relate(mother_in_law, woman, "parent_in_law")
    shown = [(r.person_id, r.other_id, r.kind, r.until) for r in selectors.relations(WORKER, file, now=NOW)]
    assert sorted(shown, key=lambda r: r[2]) == [
        (woman.pk, man.pk, "former_spouse", None),
        (mother_in_law.pk, woman.pk, "parent_in_law", None),
        (woman.pk, man.pk, "spouse", date(2024, 2, 1)),
    ]
    assert selectors.relations(STRANGER, file, now=NOW) == []


def test_relations_that_cannot_be_are_refused():
    file = new_file(WORKER)
    one, other, far = added(NewPerson(), file), added(NewPerson(), file), added(NewPerson(), new_file(WORKER))
    refusals = []
    for person, second, kind, days in (
        (one, one, "spouse", {}),
        (one, far, "spouse", {}),
        (one, other, "idol", {}),
        (one, other, "spouse", {"since": date(2024, 2, 2), "until": date(2024, 2, 1)}),
    ):
        with pytest.raises(DomainError) as refusal:
            relate(person, second, kind, **days)
        refusals.append(refusal.value.code)
    assert refusals == [
        "people.not_in_one_file",
        "people.not_in_one_file",
        "people.unknown_relation",
        "people.ends_before_it_begins",
    ]
    assert not Relation.objects.exists()


def test_a_household_is_who_lived_together_on_a_day():
    file = new_file(WORKER)
    people = [added(NewPerson(), file).pk for _ in range(3)]
    for on, members in ((date(2026, 1, 1), people), (date(2026, 3, 1), people[:2])):
        services.form_household(WORKER, id=new_id(), person_ids=members, on=on, now=NOW)
    assert selectors.households(WORKER, file, now=NOW) == [
        (date(2026, 3, 1), tuple(people[:2])),
        (date(2026, 1, 1), tuple(people)),
    ]
    with pytest.raises(AccessDenied):
        selectors.households(STRANGER, file, now=NOW)
    for wrong in ([], [people[0], added(NewPerson(), new_file(WORKER)).pk]):
        with pytest.raises(DomainError) as refusal:
            services.form_household(WORKER, id=new_id(), person_ids=wrong, on=date(2026, 3, 1), now=NOW)
        assert refusal.value.code == "people.not_in_one_file"


def test_a_part_runs_until_it_ends_and_is_had_once():
    file = new_file(WORKER)
    person = added(NewPerson(), file)
    for part in ("guardian", "alleged", "alleged"):
        services.take_part(WORKER, id=new_id(), person_id=person.pk, part=part, now=NOW)
    assert selectors.parts(WORKER, file, now=NOW) == {person.pk: frozenset({"guardian", "alleged"})}
    assert selectors.parts(STRANGER, file, now=NOW) == {}
    assert services.end_part(WORKER, person_id=person.pk, part="alleged", now=LATER) == 1
    assert selectors.parts(WORKER, file, now=NOW) == {person.pk: frozenset({"guardian"})}
    with pytest.raises(DomainError):
        services.take_part(WORKER, id=new_id(), person_id=person.pk, part="hero", now=NOW)


def test_the_database_keeps_what_must_hold():
    person = added(aisuluu(), new_file(WORKER))
    for columns in ({"sex": "x"}, {"age_band": "31"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Person.objects.filter(pk=person.pk).update(**columns)


def test_nothing_said_is_stored_in_clear_or_searchably():
    told = aisuluu(birth_year=None, birth_date=date(1994, 5, 17))
    file = new_file(WORKER)
    person = added(told, file)
    twin = added(told, file)
    correct(person, replace(told, note="экинчи айтканы"))
    stored = everything_stored()
    said = ["Төлөгөнова", "Tologonova", "Айсулуу", "1994-05", "217051994", "0700", "123 456", "Ак-Талаа", "дарыкана"]
    for words in said + ["tologonova", "a_lot", "экинчи", "voicemail"]:
        assert words.encode() not in stored
    # The same words sealed twice have nothing in common: there is no column to compare.
    rows = [Person.objects.filter(pk=p.pk).values("identity", "traits", "contact").get() for p in (person, twin)]
    for column in ("identity", "traits", "contact"):
        assert rows[0][column].blob != rows[1][column].blob


def everything_stored() -> bytes:
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            for row in cursor.fetchall():
                found += [bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in row]
    return b"\n".join(found)
