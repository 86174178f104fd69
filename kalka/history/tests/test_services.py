from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.permissions import Permission
from kalka.history import selectors, services, triggers
from kalka.history.models import Event
from kalka.history.rules import EventKind
from kalka.people.tests.factories import NOW, STRANGER, WORKER, added, aisuluu, new_file, wall_off

pytestmark = [pytest.mark.django_db, pytest.mark.both]
TODAY = date(2026, 3, 4)


@command("history.step_in_test", needs=Permission.CASE_WORK)
def happened(actor: Actor, file, kind: str, at: date = TODAY, *, person=None, now: datetime = NOW) -> Event:
    return services.append(
        actor, subject_id=file, kind=kind, at=at, now=now, person_id=person.pk if person else None, source="test"
    )


def count(file, *kinds: str, actor: Actor = WORKER, since: date | None = None, person=None) -> dict[str, int]:
    return selectors.counts(actor, file, kinds, since=since, now=NOW, person_id=person.pk if person else None)


def test_what_happened_is_on_the_timeline_the_latest_first():
    file = new_file(WORKER)
    happened(WORKER, file, "incident", date(2026, 2, 1))
    happened(WORKER, file, "order_registered", TODAY)
    happened(WORKER, file, "order_breached", TODAY, now=NOW + timedelta(hours=1))
    entries = selectors.timeline(WORKER, file, now=NOW)
    assert [(e.kind, e.on) for e in entries] == [
        (EventKind.ORDER_BREACHED, TODAY),
        (EventKind.ORDER_REGISTERED, TODAY),
        (EventKind.INCIDENT, date(2026, 2, 1)),
    ]
    assert (entries[0].recorded_at, entries[0].source, entries[0].post_id) == (NOW + timedelta(hours=1), "test", 3)
    assert selectors.timeline(STRANGER, file, now=NOW) == []


def test_a_moment_is_the_day_it_was_in_bishkek():
    event = happened(WORKER, new_file(WORKER), "incident", NOW.replace(day=3, hour=19))
    assert event.on == TODAY


def test_counts_are_of_this_file_since_a_day_and_say_nought_for_what_never_was():
    file = new_file(WORKER)
    for on in (date(2025, 1, 1), date(2026, 1, 1), TODAY):
        happened(WORKER, file, "order_breached", on)
    happened(WORKER, new_file(WORKER), "order_breached")
    assert count(file, "order_breached", "withdrawal") == {"order_breached": 3, "withdrawal": 0}
    assert count(file, "order_breached", since=date(2026, 1, 1)) == {"order_breached": 2}


def test_counts_of_a_person_cross_files_without_opening_them():
    file, other = new_file(WORKER), new_file(STRANGER)
    person = added(aisuluu(), file)
    happened(WORKER, file, "incident")
    happened(STRANGER, other, "incident", person=person)
    happened(STRANGER, other, "incident")
    assert count(file, "incident") == {"incident": 1}
    assert count(file, "incident", person=person) == {"incident": 2}
    wall_off(STRANGER, other, user_id=WORKER.user_id)
    assert count(file, "incident", person=person) == {"incident": 1}


def test_counting_is_recorded():
    file = new_file(WORKER)
    count(file, "incident")
    entry = AuditEntry.objects.latest("id")
    assert (entry.kind, entry.command, entry.subject_id, entry.actor_id) == ("read", "history.counts", file, 5)


def test_of_a_file_one_does_not_see_nothing_is_counted():
    file, mine = new_file(WORKER), new_file(STRANGER)
    person = added(aisuluu(), file)
    for asked in ({"file": file}, {"file": mine, "person": person}):
        with pytest.raises(AccessDenied):
            count(asked.pop("file"), "incident", actor=STRANGER, **asked)
    with pytest.raises(AccessDenied):
        count(new_file(WORKER), "incident", person=person)


def test_outside_a_step_nothing_happens():
    with pytest.raises(AccessDenied):
        services.append(WORKER, subject_id=new_file(WORKER), kind="incident", at=TODAY, now=NOW)
    assert not Event.objects.exists()


def test_what_is_yet_to_come_and_what_has_no_code_is_refused():
    file = new_file(WORKER)
    with pytest.raises(DomainError) as refusal:
        happened(WORKER, file, "incident", TODAY + timedelta(days=1))
    assert refusal.value.code == "history.day_to_come"
    with pytest.raises(ValueError):
        happened(WORKER, file, "quarrel")
    assert not Event.objects.exists()


def test_no_query_changes_or_removes():
    happened(WORKER, new_file(WORKER), "incident")
    tries = (
        lambda: Event.objects.update(kind="withdrawal"),
        lambda: Event.objects.all().delete(),
        lambda: Event.objects.bulk_update([], ["kind"]),
        lambda: Event.objects.update_or_create(kind="incident"),
    )
    for attempt in tries:
        with pytest.raises(TypeError):
            attempt()
    assert Event.objects.get().kind == "incident"


@pytest.fixture
def standing_triggers():
    """As the migration leaves them; where it has run, they stand already."""
    try:
        with transaction.atomic():
            triggers.put_up(connection)
    except DatabaseError:
        yield
    else:
        yield
        triggers.take_down(connection)


@pytest.mark.parametrize("statement", ["UPDATE history_event SET kind = 'withdrawal'", "DELETE FROM history_event"])
def test_the_database_refuses_too(standing_triggers, statement):
    event = happened(WORKER, new_file(WORKER), "incident")
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute(statement)
    with pytest.raises(DatabaseError), transaction.atomic():
        event.delete()
    assert Event.objects.get().kind == "incident"
