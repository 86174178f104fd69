"""Digests for people who were written down before there were any: made piece by piece, and the same when made twice."""

from datetime import date

import pytest

from kalka.access.models import Wall
from kalka.access.services import end_all
from kalka.accounts import services as accounts
from kalka.core.actors import SYSTEM, SYSTEM_ID, Actor
from kalka.core.errors import AccessDenied
from kalka.core.models import AuditEntry
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.duties.tests.factories import in_a_command
from kalka.jobs import runner
from kalka.jobs.models import Job
from kalka.people import conflicts, identifying, selectors, services
from kalka.people.identifiers import Kind, macs_of, pairing_macs, persons_with
from kalka.people.models import Identifier, Pair
from kalka.people.rules import Contact, Name, NewPerson
from kalka.people.tests.factories import NOW, WORKER, added, aisuluu, new_file
from kalka.vault import erasing

pytestmark = [pytest.mark.django_db, pytest.mark.both]
BORN = date(1994, 5, 17)


def kept() -> set[tuple]:
    return {(one.person_id, one.kind, bytes(one.mac)) for one in Identifier.objects.all()}


def told() -> NewPerson:
    return aisuluu(birth_date=BORN)


def as_before_there_were_any() -> set[tuple]:
    """Returns what there was."""
    were = kept()
    Identifier.objects.all().delete()
    return were


def test_everybody_has_the_digests_they_would_have_been_given_and_is_found_by_them():
    she, other = added(told(), new_file(WORKER)), added(aisuluu(pin="12345678901234"), new_file(WORKER))
    services.correct_person(
        WORKER,
        id=new_id(),
        person_id=other.pk,
        told=aisuluu(contact=Contact(phone="0555 111 222")),
        corrects=0,
        now=NOW,
    )
    were = as_before_there_were_any()
    done = identifying.make(SYSTEM, now=NOW)
    assert kept() == were and (done.people, done.new) == (2, len(were))
    assert list(persons_with(Kind.PHONE, "0555111222")) == [other.pk], "as told last"
    assert she.pk in {hit.person_id for hit in selectors.search(WORKER, told().pin, now=NOW)}


def test_done_twice_it_is_the_same_and_what_is_not_true_any_more_goes():
    person = added(told(), new_file(WORKER))
    were = kept()
    Identifier.objects.create(subject_id=person.subject_id, person=person, kind=Kind.PHONE, mac=b"of an older one!")
    assert identifying.make(SYSTEM, now=NOW).new == 0
    assert kept() == were
    assert identifying.make(SYSTEM, now=NOW).new == 0 and kept() == were


def test_cut_off_it_goes_on_from_where_it_was(monkeypatch):
    monkeypatch.setattr(identifying, "BATCH", 2)
    for _ in range(5):
        added(aisuluu(pin=""), new_file(WORKER))
    were = as_before_there_were_any()
    seen: list[tuple[int, int, str]] = []

    def stop(done: int, of: int, after: str) -> None:
        seen.append((done, of, after))
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        identifying.make(SYSTEM, now=NOW, progress=stop)
    assert [(done, of) for done, of, _ in seen] == [(2, 5), (4, 5)] and len(kept()) == len(were) * 4 // 5
    assert identifying.make(SYSTEM, now=NOW, after=seen[-1][2]).people == 1
    assert kept() == were


def test_as_a_job_it_notes_how_far_it_is():
    added(told(), new_file(WORKER))
    were = as_before_there_were_any()
    identifying.begin(SYSTEM, now=NOW)
    job = Job.objects.get(kind="people.identify")
    runner.perform(job.pk, stopping=lambda: False)
    job.refresh_from_db()
    assert (job.state, job.done_count, job.total, kept()) == ("done", 1, 1, were)


def test_a_member_of_staff_who_is_in_an_old_file_is_shut_out_of_it():
    file = new_file(WORKER)
    added(told(), file)
    as_before_there_were_any()
    founder = Actor(SYSTEM_ID, frozenset({Permission.USERS_MANAGE}))
    user = accounts.create_user(founder, login="bakyt", name="Бакыт", password=None, now=NOW)
    in_a_command(lambda: conflicts.recognise(user.id, NewPerson(pin=told().pin), now=NOW))
    assert not Wall.objects.exists()
    identifying.make(SYSTEM, now=NOW)
    assert list(Wall.objects.values_list("subject_id", "user_id", "why")) == [(file, user.id, "matched")]


def test_two_of_two_old_files_are_proposed_by_the_next_look():
    for _ in range(2):
        added(told(), new_file(WORKER))
    Pair.objects.all().delete()
    as_before_there_were_any()
    identifying.make(SYSTEM, now=NOW)
    assert len(services.find_pairs(SYSTEM, now=NOW)) == 1


def test_who_was_erased_gets_none_and_stops_nobody():
    file = new_file(WORKER)
    gone, there = added(told(), file), added(aisuluu(pin="12345678901234"), new_file(WORKER))
    were = {one for one in as_before_there_were_any() if one[0] == there.pk}

    def erase() -> None:
        erasing.destroy([file], ground="court", now=NOW)
        end_all([file], now=NOW)

    in_a_command(erase)
    identifying.make(SYSTEM, now=NOW)
    assert kept() == were and gone.pk not in {one[0] for one in kept()}


def test_each_piece_is_in_the_record_and_nobody_but_the_installation_may():
    added(told(), new_file(WORKER))
    with pytest.raises(AccessDenied):
        identifying.make(WORKER, now=NOW)
    assert not AuditEntry.objects.filter(command="people.identify", kind="read").exists()
    identifying.make(SYSTEM, now=NOW)
    entry = AuditEntry.objects.get(command="people.identify", kind="read")
    assert (entry.count, entry.actor_id) == (1, SYSTEM.user_id)


def test_somebody_whom_nothing_identifies_is_passed_over():
    added(NewPerson(names=(Name("Асанова"),)), new_file(WORKER))
    done = identifying.make(SYSTEM, now=NOW)
    assert (done.people, done.new, kept()) == (1, 0, set())
    assert macs_of(NewPerson()) == pairing_macs(NewPerson()) == {}
