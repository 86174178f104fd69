"""What the database was told of one transaction, on connections that are used again by others."""

import contextlib
import threading
from collections.abc import Iterator
from datetime import datetime
from random import Random

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, connections, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from psycopg.pq import TransactionStatus

from kalka.access.middleware import who_is_there
from kalka.access.models import Grant
from kalka.accounts.models import Session, User
from kalka.accounts.rules import Stage
from kalka.accounts.services import open_session
from kalka.cases.models import Case
from kalka.core import clock, sight
from kalka.core.actors import SYSTEM, Actor
from kalka.core.planning import planned_once
from kalka.core.refs import new_id
from kalka.demo.staffing import PASSWORD, Member, seat, staff
from kalka.vault.rows import written

ROLE = settings.APPLICATION_ROLE


def on_postgres() -> bool:
    """SQLite has no such thing."""
    return connection.vendor == "postgresql"


@pytest.fixture
def four_connections() -> Iterator[None]:
    told = connection.settings_dict["OPTIONS"]
    before = told["pool"]
    connection.close()
    connection.close_pool()
    told["pool"] = {"min_size": 4, "max_size": 4, "timeout": 30}
    yield
    connection.close()
    connection.close_pool()
    told["pool"] = before


@pytest.mark.django_db(transaction=True)
def test_requirement_16_nothing_is_left_on_a_connection_of_the_pool(request):
    if not on_postgres():
        return
    request.getfixturevalue("four_connections")
    now = clock.now()
    with sight.acting(SYSTEM, now=now):
        assert said() == ("on", ROLE)  # read outside a transaction of Django's
    assert said() == ("", "kalka")
    with sight.acting(SYSTEM, now=now), transaction.atomic():
        assert said() == ("on", ROLE)
    assert said() == ("", "kalka")
    with pytest.raises(ZeroDivisionError), sight.acting(SYSTEM, now=now), transaction.atomic():
        raise ZeroDivisionError(said())
    assert said() == ("", "kalka")


def said() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('kalka.whole', TRUE), ''), current_user")
        return tuple(cursor.fetchone())


@pytest.mark.django_db(transaction=True)
def test_what_is_planned_once_is_said_for_the_transaction_and_taken_back_with_it():
    if not on_postgres():
        return
    now = clock.now()
    with sight.acting(SYSTEM, now=now):
        with planned_once():
            assert [mode(), mode()] == ["force_generic_plan"] * 2
        assert mode() == "auto"
        with transaction.atomic():
            with pytest.raises(ZeroDivisionError), transaction.atomic():
                with planned_once():
                    raise ZeroDivisionError(mode())
            assert mode() == "auto"
            with planned_once():
                assert mode() == "force_generic_plan"
        assert mode() == "auto"
    assert mode() == "auto"


def mode() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('plan_cache_mode')")
        return str(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_what_is_written_outside_a_transaction_is_kept_at_once_and_a_fault_takes_back_nothing_before_it():
    if not on_postgres():
        return
    user = User.objects.create(login="aigul", password="!", subject_id=new_id(), created_at=clock.now())
    found: list[str] = []

    def look() -> None:
        found.append(User.objects.get(pk=user.pk).language)
        connection.close()

    with sight.acting(SYSTEM, now=clock.now()):
        User.objects.filter(pk=user.pk).update(language="ru")
        elsewhere = threading.Thread(target=look)
        elsewhere.start()
        elsewhere.join(60)
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        assert [User.objects.get(pk=user.pk).language, *found] == ["ru", "ru"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fails", [False, True])
def test_what_was_begun_for_reading_goes_on_as_the_transaction_of_the_write_and_ends_with_it(fails):
    if not on_postgres():
        return
    user = User.objects.create(login="aigul", password="!", subject_id=new_id(), created_at=clock.now())
    with sight.acting(SYSTEM, now=clock.now()):
        begun = since()
        with contextlib.suppress(ZeroDivisionError), transaction.atomic():
            User.objects.filter(pk=user.pk).update(language="ru")
            assert since() == begun
            if fails:
                raise ZeroDivisionError
        assert (status(), since() > begun) == (TransactionStatus.IDLE, True)
    assert User.objects.get(pk=user.pk).language == (user.language if fails else "ru")


def status() -> TransactionStatus:
    return TransactionStatus(connection.connection.pgconn.transaction_status)


def since() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT transaction_timestamp()")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_requirement_16_two_hundred_requests_of_twenty_users_on_four_connections_leak_nothing(request):
    if not on_postgres():
        return
    now = clock.now()
    members = twenty(now)
    tokens = {m.login: open_session(User.objects.get(login=m.login), stage=Stage.FULL, now=now).token for m in members}
    Session.objects.update(seen_at=now)
    random = Random(16)
    wanted = {member.login: _files_for(member.actor, random, now) for member in members}
    request.getfixturevalue("four_connections")

    def unguarded(_request: object) -> HttpResponse:
        return HttpResponse(",".join(sorted(str(one) for one in Case.objects.values_list("subject_id", flat=True))))

    door, wrong, served = who_is_there(unguarded), [], []

    def ask(logins: list[str]) -> None:
        try:
            for login in logins:
                asked = RequestFactory().get("/", headers={"cookie": f"{settings.SESSION_COOKIE}={tokens[login]}"})
                got = set(filter(None, door(asked).content.decode().split(",")))
                served.append(login)
                wrong.extend([(login, got ^ wanted[login])] if got != wanted[login] else [])
                connections["default"].close()  # back into the pool, as at the end of each request
        finally:
            connections["default"].close()

    order = [member.login for member in members] * 10
    random.shuffle(order)
    threads = [threading.Thread(target=ask, args=(order[n::20],)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    assert (len(served), wrong) == (200, [])
    assert len(members) == 20 and len({frozenset(files) for files in wanted.values()}) > 10


def twenty(now: datetime) -> list[Member]:
    members = list(staff(now).values())[:20]
    told = {"role": "police_inspector", "place": members[0].actor.place, "password": PASSWORD, "now": now}
    at = members[0].actor.organisation_id
    return members + [seat(at, login=f"one-{n}", name="Бирөө", **told) for n in range(20 - len(members))]


def _files_for(actor: Actor, random: Random, now: datetime) -> set[str]:
    files = set()
    for _ in range(random.randint(1, 5)):
        subject = new_id()
        said = written(actor, id=new_id(), subject_id=subject, content=[], now=now)
        Case.objects.create(**said, ref=_ref(random), place="41700000000000", opened_on=clock.day_of(now))
        Grant.objects.create(
            subject_id=subject, holder=f"post:{actor.post_id}", scope="file", why="tests", since=now - clock.DAY
        )
        files.add(str(subject))
    return files


def _ref(random: Random) -> str:
    return "".join(random.choices("ABCDEFGHJK", k=10))
