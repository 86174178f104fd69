"""Which faults pass by themselves: asked of both databases as they really fail."""

import errno
import os
import socket
import sqlite3

import psycopg
import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, connection, connections

from kalka.core import sight
from kalka.core.outage import Outage, outage_of


def as_django_tells(error: Exception) -> OperationalError:
    told = OperationalError(*error.args)
    told.__cause__ = error
    return told


def locked(folder):
    one, other = (sqlite3.connect(folder / "x", timeout=0, isolation_level=None) for _ in range(2))
    one.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")


def full(folder):
    one = sqlite3.connect(folder / "x")
    one.execute("CREATE TABLE t (x)")
    one.execute("PRAGMA max_page_count = 2")
    one.execute("INSERT INTO t VALUES (zeroblob(100000))")


def gone(folder):
    sqlite3.connect(folder / "no" / "x").execute("SELECT 1")


def read_only(folder):
    one = sqlite3.connect(folder / "x")
    one.execute("PRAGMA query_only = ON")
    one.execute("CREATE TABLE t (x)")


def misspelt(folder):
    sqlite3.connect(folder / "x").execute("SELECT x FROM no_such_table")


@pytest.mark.parametrize(
    ("breaks", "what"),
    [
        (locked, Outage.BUSY),
        (full, Outage.FULL),
        (gone, Outage.AWAY),
        (read_only, Outage.AWAY),
        (misspelt, None),
    ],
)
def test_how_sqlite_fails(tmp_path, breaks, what):
    with pytest.raises(sqlite3.OperationalError) as error:
        breaks(tmp_path)
    assert outage_of(as_django_tells(error.value)) is what


def test_a_server_that_is_not_there():
    with pytest.raises(psycopg.OperationalError) as error:
        psycopg.connect("host=127.0.0.1 port=9 dbname=x connect_timeout=2")
    assert outage_of(as_django_tells(error.value)) is Outage.AWAY


@pytest.mark.parametrize(
    ("state", "what"),
    [
        ("53100", Outage.FULL),
        ("53300", Outage.AWAY),
        ("57P01", Outage.AWAY),
        ("40P01", Outage.BUSY),
        ("40001", Outage.BUSY),
        ("55P03", Outage.BUSY),
    ],
)
def test_how_postgresql_fails(state, what):
    told = as_django_tells(psycopg.errors.lookup(state)("what the server said"))
    assert outage_of(told) is what


def test_a_broken_wire_and_a_full_disk_pass_and_what_the_program_did_wrong_does_not():
    assert outage_of(InterfaceError("the connection is closed")) is Outage.AWAY
    assert outage_of(OSError(errno.ENOSPC, "no room")) is Outage.FULL
    assert outage_of(OSError(errno.EACCES, "not yours")) is None
    assert outage_of(ValueError("x")) is None
    assert outage_of(None) is None


@pytest.mark.django_db
@pytest.mark.both
def test_the_database_of_these_tests_tells_its_cause():
    fails = "SELECT x FROM no_such_table"
    with pytest.raises(Exception) as error, connection.cursor() as cursor:
        cursor.execute(fails)
    assert outage_of(error.value) is None


@pytest.mark.django_db
def test_a_server_that_goes_without_a_word():
    """Killed, it sends no code: what is said before a statement is answered as the statement would be."""
    if connection.vendor != "postgresql":  # no wire to cut
        return
    line = connections.create_connection("default")
    try:
        with pytest.raises(DatabaseError) as error, sight.whole():
            line.ensure_connection()
            _cut(line.connection.fileno())
            line.cursor().execute("SELECT 1")
        assert outage_of(error.value) is Outage.AWAY
    finally:
        line.connection.close()


def _cut(wire: int) -> None:
    with socket.socket(fileno=os.dup(wire)) as mine:
        mine.shutdown(socket.SHUT_RDWR)
