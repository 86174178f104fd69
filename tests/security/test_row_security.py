"""What PostgreSQL shows when Kalka's own predicate is left out: the rows of whoever asks, and to nobody none."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.http import StreamingHttpResponse

from kalka.access import guarding
from kalka.access.models import Grant, Wall
from kalka.cases.models import Case, Word
from kalka.cases.selectors import State, list_cases, listing
from kalka.core import audit, clock, sight
from kalka.core.actors import SYSTEM, Actor
from kalka.core.models import AuditEntry, AuditSeal
from kalka.core.refs import new_id
from kalka.duties import selectors as duties
from kalka.history.models import Event
from kalka.vault.rows import written
from tests.deep import rows
from tests.deep.world import NOW
from tests.matrix import world as worlds

pytestmark = [pytest.mark.django_db]

ROLE = settings.APPLICATION_ROLE


def on_postgres() -> bool:
    """SQLite has no such thing: there the predicate stands alone, and the threat model says so."""
    return connection.vendor == "postgresql"


@contextmanager
def application() -> Iterator[None]:
    """The application's own role, to which nobody said who is asking."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
        try:
            yield
        finally:
            connection.needs_rollback = False
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")


def counted(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def subjects_of(table: str) -> set[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT subject_id FROM {table}")
        return {row[0] for row in cursor.fetchall()}


def seen_by(actor: Actor, grants: list[Grant], walls: list[Wall], scopes: set[str], now: datetime) -> set[UUID]:
    """In plain Python, of lists."""
    walled = {wall.subject_id for wall in walls if wall.user_id == actor.user_id}
    return {
        grant.subject_id
        for grant in grants
        if grant.holder in actor.holders
        and grant.scope in scopes
        and grant.since <= now
        and (grant.until is None or now < grant.until)
        and grant.subject_id not in walled
    }


def test_requirement_14_no_table_that_belongs_to_a_file_is_forgotten():
    guarded = set(guarding.guarded())
    followed = {model._meta.db_table: model for model in apps.get_models()}
    for_anybody = {table for table, (seen, _made) in guarding.OWN_RULES.items() if seen == guarding.SOMEBODY}
    files = guarded - for_anybody
    below = {
        table
        for table, model in followed.items()
        for field in model._meta.concrete_fields
        if field.remote_field and field.remote_field.model._meta.db_table in files
    }
    assert below - guarded == set(), "each leads to a file: name it among CHILDREN in kalka/access/guarding.py"
    with_subject = {t for t, m in followed.items() if any(f.column == "subject_id" for f in m._meta.concrete_fields)}
    assert with_subject - guarded == guarding.OPEN
    if not on_postgres():
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        assert {row[0] for row in cursor.fetchall()} == guarded
        cursor.execute("SELECT rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles WHERE rolname = %s", [ROLE])
        assert cursor.fetchone() == (False,)
        cursor.execute("SELECT count(*) FROM pg_class WHERE relkind = 'r' AND pg_get_userbyid(relowner) = %s", [ROLE])
        assert cursor.fetchone() == (0,)
    assert guarding.put_up(connection) == 0, "what is in force is not put up anew"


def test_requirement_15_without_the_predicate_each_role_is_shown_its_own_files_and_no_other():
    if not on_postgres():
        return
    world, now = worlds.build(), clock.now() + timedelta(minutes=2)
    grants, walls = list(Grant.objects.all()), list(Wall.objects.all())
    by_grant = set(guarding.guarded()) - set(guarding.CHILDREN) - set(guarding.OWN_RULES)
    whole, keys = {table: subjects_of(table) for table in by_grant}, subjects_of("vault_subjectkey")
    compared = 0
    for role, member in world.members.items():
        wide = seen_by(member.actor, grants, walls, {"file", "orders", "duties"}, now)
        of_orders = seen_by(member.actor, grants, walls, {"file", "orders"}, now)
        file = seen_by(member.actor, grants, walls, {"file"}, now)
        for table, there in whole.items():
            allowed = wide if table in guarding.NARROWER else of_orders if table.startswith("orders_") else file
            with sight.acting(member.actor, now=now):
                assert subjects_of(table) == there & allowed, (role, table)
            compared += len(there)
        with sight.acting(member.actor, now=now):
            assert subjects_of("vault_subjectkey") == keys & (wide | {member.actor.subject_id})
            assert subjects_of("accounts_draft") <= {member.actor.subject_id}
    assert compared > 500


def test_requirement_15_in_fifty_random_states_the_database_shows_what_plain_python_says():
    assert rows.compared(50, seed=15) == (50 if on_postgres() else 0)


def test_the_list_asked_beyond_the_policies_shows_what_they_would(monkeypatch):
    lines = 0
    for _drawn, actor, _post, told in rows.asking(40, seed=53):
        found = []
        for how in (sight.beyond, nullcontext):
            monkeypatch.setattr(listing, "beyond", how)
            with sight.acting(actor, now=NOW):
                found.append([list_cases(actor, now=NOW, state=state) for state in State])
        assert found[0] == found[1], told
        lines += len(found[0][State.ALL].lines)
    assert (lines > 40) == on_postgres()


def test_the_count_of_what_is_late_is_the_posts_own_beyond_the_policies_too(monkeypatch):
    """Asked by each member of staff, whatever their role; a wall takes the duty out of the number."""
    world, now, numbers = worlds.build(), clock.now() + timedelta(days=400), []
    for member in world.members.values():
        found = []
        for how in (sight.beyond, nullcontext):
            monkeypatch.setattr(duties, "sight", SimpleNamespace(beyond=how))
            with sight.acting(member.actor, now=now):
                found.append(duties.counts(member.actor, now=now))
        assert found[0] == found[1], member.actor.post_id
        numbers.append(found[0].late)
    assert sum(numbers) > 3 and min(numbers) == 0


def test_requirement_16_nobody_asking_is_shown_nothing_and_changes_nothing():
    if not on_postgres():
        return
    worlds.build()
    there = {table: counted(table) for table in guarding.guarded()}
    assert sum(there.values()) > 200
    with application():
        assert {table: counted(table) for table in there} == dict.fromkeys(there, 0)
        with connection.cursor() as cursor:
            for table in there:
                if table not in {"history_event"}:
                    cursor.execute(f"DELETE FROM {table}")
                    assert cursor.rowcount == 0, table
    assert {table: counted(table) for table in there} == there


def test_what_belongs_to_a_strangers_file_is_not_written():
    if not on_postgres():
        return
    world, now = worlds.build(), clock.now() + timedelta(minutes=2)
    worker = world.members["social_worker"].actor
    foreign = Case.objects.get(ref=world.bundles["foreign"].parts["ref"])
    own = Case.objects.get(ref=world.bundles["own"].parts["ref"])

    def word(case: Case) -> Word:
        said = written(worker, id=new_id(), subject_id=case.subject_id, content=[], now=now)
        return Word(**said, case=case, kind="reconciliation", on=clock.day_of(now))

    before = Word.objects.count()
    with sight.acting(worker, now=now):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            word(foreign).save(force_insert=True)
        assert Case.objects.filter(pk=foreign.pk).update(place="1") == 0
        word(own).save(force_insert=True)
    assert Word.objects.count() == before + 1


def test_requirement_53_the_application_can_neither_change_nor_remove_what_is_recorded():
    if not on_postgres():
        return
    audit.refused(SYSTEM, ["tests"], "tests.refused")
    for table in (AuditEntry, AuditSeal, Event):
        name = table._meta.db_table
        column = next(f.column for f in table._meta.concrete_fields if not f.primary_key)
        for change in (f"UPDATE {name} SET {column} = {column}", f"DELETE FROM {name}", f"TRUNCATE {name} CASCADE"):
            with pytest.raises(DatabaseError, match="permission denied"), application(), connection.cursor() as cursor:
                cursor.execute(change)
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL ROLE NONE")
    with sight.acting(SYSTEM, now=clock.now()):
        audit.refused(SYSTEM, ["tests"], "tests.refused_again")  # and it can add
    assert AuditEntry.objects.filter(command="tests").count() == 2


def test_an_answer_made_while_it_is_sent_is_made_for_whoever_asked():
    if not on_postgres():
        return
    world = worlds.build()
    worker, now = world.members["social_worker"].actor, clock.now() + timedelta(minutes=2)

    def lines() -> Iterator[bytes]:
        for ref in Case.objects.order_by("ref").values_list("ref", flat=True):
            yield str(ref).encode()

    with sight.acting(worker, now=now):
        response = StreamingHttpResponse(sight.carried(lines()))
        wanted = list(Case.objects.order_by("ref").values_list("ref", flat=True))
    assert [piece.decode() for piece in response.streaming_content] == wanted
    assert 0 < len(wanted) < Case.objects.count()
