"""The name index: made anew beside the old one, switched to at once, and nobody is lost on the way."""

from datetime import timedelta

import pytest
from django.db import connection

from kalka.access import indexing as passage
from kalka.core.actors import SYSTEM
from kalka.core.errors import AccessDenied
from kalka.core.models import AuditEntry
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.jobs import runner
from kalka.jobs.models import Job
from kalka.people import indexing, selectors, services
from kalka.people.models import PersonChange
from kalka.people.rules import Name, NewPerson
from kalka.people.tests.factories import NOW, STRANGER, WORKER, added, new_file, worker
from kalka.vault import clearing, delta, index, making
from kalka.vault.models import IndexBlock, IndexDelta, IndexGeneration, IndexPart, IndexPointer, SubjectKey

pytestmark = [pytest.mark.django_db, pytest.mark.both]
ROWS = making.ROWS
NIGHT = NOW + timedelta(hours=15)  # two in the morning
NAMES = ("Асанова Айгүл", "Осмонов Бакыт", "Төлөгөнова Айсулуу", "Джумабаева Жылдыз", "Ким Виктор")


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    for module in (making, clearing):
        monkeypatch.setattr(module, "BREATH", 0)


def named(name: str, **more) -> NewPerson:
    return NewPerson(names=(Name(*name.split()),), **more)


def people(names=NAMES, actor=WORKER):
    return [added(named(name), new_file(actor), actor=actor) for name in names]


def made(now=NOW) -> int:
    return indexing.make(SYSTEM, now=now)


def found(query: str, actor=WORKER, **narrower) -> list[str]:
    return [hit.name for hit in selectors.search(actor, query, now=NOW, **narrower)]


def all_found() -> bool:
    return all(found(name) == [name] for name in NAMES)


def tables() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (IndexGeneration, IndexPart, IndexDelta))


def test_everybody_is_found_before_the_index_is_made_and_after():
    people()
    assert all_found() and IndexBlock.objects.count() == 0
    assert made() == len(NAMES)
    assert all_found() and tables() == (1, 0 + IndexPart.objects.count(), len(NAMES))
    clearing.cleared(NOW + clearing.GRACE)
    assert tables() == (1, 0, 0)
    assert all_found()


def test_who_came_after_is_found_by_the_delta_and_then_by_the_next_one():
    people()
    made()
    added(named("Кадырова Назгүл"), new_file(WORKER))
    assert found("Кадырова") == ["Кадырова Назгүл"] and all_found()
    assert made(NIGHT) == len(NAMES) + 1
    clearing.cleared(NIGHT + clearing.GRACE)
    assert found("Кадырова") == ["Кадырова Назгүл"] and all_found() and tables() == (1, 0, 0)


def test_a_correction_is_found_by_its_new_words_at_once_and_the_old_ones_leave_with_the_next_index():
    person = people()[0]
    made()
    told = named("Токтосунова Айгүл")
    services.correct_person(WORKER, id=new_id(), person_id=person.pk, told=told, corrects=0, now=NOW)
    assert found("Токтосунова") == ["Токтосунова Айгүл"] and found("Асанова") == []
    made(NIGHT)
    assert found("Токтосунова") == ["Токтосунова Айгүл"] and found("Асанова") == []
    assert PersonChange.objects.count() == 1


def test_a_new_index_has_nothing_in_common_with_the_old_one():
    people()
    made()
    before = {bytes(one) for row in IndexBlock.objects.values_list("address", "sealed") for one in row}
    count = IndexBlock.objects.count()
    made(NIGHT)
    clearing.cleared(NIGHT + clearing.GRACE)
    after = {bytes(one) for row in IndexBlock.objects.values_list("address", "sealed") for one in row}
    assert before & after == set() and IndexBlock.objects.count() == count
    assert len({len(bytes(one)) for one in IndexBlock.objects.values_list("sealed", flat=True)}) == 1


def test_a_reader_that_began_before_the_switch_reads_on_in_the_old_one():
    people()
    made()
    pinned = index.pinned()
    token = index.tokens_of(["asa"])[0]
    made(NIGHT)
    assert clearing.cleared(NIGHT) == 0, "what was replaced still stands for a while"
    assert len(pinned.lists([token])[token]) == 1
    assert index.pinned().id != pinned.id
    assert clearing.cleared(NIGHT + clearing.GRACE) > 0
    assert IndexGeneration.objects.get().pk == IndexPointer.objects.get().generation_id == index.pinned().id


def test_nobody_reads_what_is_only_half_made(monkeypatch):
    people()
    made()
    before = index.pinned().id
    monkeypatch.setattr(making, "switched", fails)
    with pytest.raises(Stopped):
        made(NIGHT)
    assert index.pinned().id == before and all_found()


class Stopped(Exception):
    pass


def fails(*_: object) -> None:
    raise Stopped


@pytest.mark.parametrize("at", [1, 2, 3])
def test_stopped_anywhere_it_is_gone_on_with(monkeypatch, at):
    monkeypatch.setattr(indexing, "BATCH", 2)
    monkeypatch.setattr(making, "ROWS", 20)
    people()
    steps = []

    def stops(done, of):
        steps.append(done)
        if len(steps) == at:
            raise Stopped

    with pytest.raises(Stopped):
        indexing.make(SYSTEM, now=NOW, progress=stops)
    assert IndexPointer.objects.count() == 0
    reads = AuditEntry.objects.filter(command="people.index").count()
    made()
    assert IndexGeneration.objects.count() == 1 and all_found()
    assert AuditEntry.objects.filter(command="people.index").count() == 3, f"{reads} of three batches stood already"


def test_stopped_while_it_is_written_it_goes_on_and_writes_nothing_twice(monkeypatch):
    monkeypatch.setattr(making, "ROWS", 20)
    people()
    write, times = making._write, []

    def stops(*given):
        write(*given)
        times.append(1)
        if len(times) == 2:
            raise Stopped

    monkeypatch.setattr(making, "_write", stops)
    with pytest.raises(Stopped):
        made()
    assert IndexBlock.objects.count() == 40
    monkeypatch.setattr(making, "_write", write)
    made()
    assert all_found() and IndexBlock.objects.count() > 40


def test_no_transaction_of_it_writes_more_than_a_thousand_rows(monkeypatch):
    people()
    write, sizes = making._write, []

    def counted(generation, key, blocks):
        sizes.append(len(blocks))
        assert connection.in_atomic_block is inside, "no transaction of its own around it"
        write(generation, key, blocks)

    inside = connection.in_atomic_block
    monkeypatch.setattr(making, "_write", counted)
    monkeypatch.setattr(making, "ROWS", 30)
    made()
    assert sizes == [30] * (len(sizes) - 1) + [sizes[-1]] and sum(sizes) == IndexBlock.objects.count()
    assert max(clearing.ROWS, ROWS) <= 1_000


def test_one_left_unfinished_long_ago_is_given_up():
    people()
    old = IndexGeneration.objects.create(
        wrapped=index.wrapped_key(b"k" * 32), delta_until=0, begun_at=NOW - timedelta(days=2)
    )
    made()
    clearing.cleared(NOW + clearing.GRACE)
    assert not IndexGeneration.objects.filter(pk=old.pk).exists() and all_found()


def test_turned_round_in_several_passes_it_is_the_same(monkeypatch):
    people()
    monkeypatch.setattr(making, "PASS", 20)
    made()
    clearing.cleared(NOW + clearing.GRACE)
    assert all_found()


def test_under_another_root_key_there_is_none_and_search_says_that_it_did_not_look_at_all():
    people()
    made()
    clearing.cleared(NOW + clearing.GRACE)
    IndexGeneration.objects.update(wrapped=bytes(79))
    index.forget()
    result = selectors.search(WORKER, "Асанова", now=NOW)
    assert (result.hits, result.capped) == ((), True)


def test_somebody_whose_keys_were_destroyed_is_in_no_later_index():
    first = people()[0]
    made()
    count = len(index.pinned().lists(index.tokens_of(["asa"]))[index.tokens_of(["asa"])[0]])
    SubjectKey.objects.filter(subject_id=first.subject_id).delete()
    made(NIGHT)
    clearing.cleared(NIGHT + clearing.GRACE)
    index.forget()
    token = index.tokens_of(["asa"])[0]
    assert (count, len(index.pinned().lists([token])[token])) == (1, 0)


def test_it_is_due_when_there_is_none_when_the_night_came_and_when_the_delta_is_long(monkeypatch):
    assert not indexing.is_due(NOW)
    people()
    assert indexing.is_due(NOW)
    made()
    later = NOW + timedelta(hours=12, minutes=30)
    assert [indexing.is_due(at) for at in (NOW, later, NIGHT, NOW + timedelta(days=3))] == [False, False, True, True]
    monkeypatch.setattr(delta, "LONG", 1)
    people(NAMES[:2])
    assert indexing.is_due(later)


def test_the_worker_begins_it_once_and_the_job_does_it():
    people()
    indexing.keep(SYSTEM, now=NOW)
    indexing.keep(SYSTEM, now=NOW)
    job = Job.objects.get(kind="people.index")
    runner.perform(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done_count, job.total) == ("done", 100, 100)
    assert IndexPointer.objects.count() == 1 and all_found()


def test_nobody_but_the_installation_opens_all_names():
    file = new_file(WORKER)
    for actor in (WORKER, STRANGER, worker(3, 5, Permission.SYSTEM)):
        with pytest.raises(AccessDenied) as refusal:
            passage.unlock_names(actor, [file])
        assert refusal.value.code == "access.not_the_system"
    assert AuditEntry.objects.filter(command="people.index").count() == 0


def test_making_it_is_in_the_record_a_batch_at_a_time(monkeypatch):
    monkeypatch.setattr(indexing, "BATCH", 3)
    people()
    made()
    entries = AuditEntry.objects.filter(kind="read", command="people.index").order_by("id")
    assert [(entry.actor_id, entry.count) for entry in entries] == [(SYSTEM.user_id, 3), (SYSTEM.user_id, 2)]
