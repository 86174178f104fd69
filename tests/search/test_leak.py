"""What a thief of the search tables learns of names."""

import hmac
import sqlite3
from collections import Counter
from contextlib import closing

import pytest
from django.db import connection

from kalka.vault import clearing, index, making
from kalka.vault.models import IndexBlock, IndexDelta, IndexGeneration, IndexPart
from kalka.vault.postings import CAPACITY, token_of
from tests.search import attack, filling
from tests.search.filling import NOW, tokens_of
from tools.bench.invented import Population

pytestmark = [pytest.mark.django_db, pytest.mark.both]
PEOPLE, LATER = 3_000, 300
TABLES = ("vault_indexblock", "vault_indexpart", "vault_indexdelta", "vault_indexgeneration", "vault_indexpointer")


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    for module in (making, clearing):
        monkeypatch.setattr(module, "BREATH", 0)


@pytest.fixture
def stolen():
    return Population(1).names(PEOPLE)


@pytest.fixture
def known():
    """Another sample of the same population: what the thief has besides."""
    return [tokens_of(name) for name in Population(2).names(PEOPLE)]


def dumped(tmp_path) -> list[bytes]:
    """Every row of the search tables in the order they lie in, each as its bytes. On SQLite out of a file on disk."""
    with connection.cursor() as cursor:
        found = {}
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
            found[table] = cursor.fetchall()
        if connection.vendor == "sqlite":
            found = _out_of_a_file(tmp_path / "stolen.sqlite3", cursor, found)
    return [_bytes(row) for table in TABLES for row in found[table]]


def _out_of_a_file(path, cursor, rows):
    made = {table: f"SELECT sql FROM sqlite_master WHERE name = '{table}'" for table in TABLES}
    with closing(sqlite3.connect(path)) as stolen:
        for table in TABLES:
            stolen.execute(cursor.execute(made[table]).fetchone()[0])
            holes = ", ".join("?" for _ in cursor.execute(f"SELECT * FROM {table} LIMIT 0").description)
            stolen.executemany(f"INSERT INTO {table} VALUES ({holes})", rows[table])
        stolen.commit()
    with closing(sqlite3.connect(path)) as opened:
        return {table: opened.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}


def _bytes(row) -> bytes:
    return b"".join(bytes(one) for one in row if isinstance(one, bytes | memoryview))


def test_requirement_12_a_dump_of_the_search_tables_gives_away_no_names(tmp_path, stolen, known):
    generation = filling.indexed(stolen)
    filling.came_after(Population(3).names(LATER))
    key = index.key_of(bytes(generation.wrapped))
    truth, counts = {}, {}
    for token, count in Counter(token for name in stolen for token in tokens_of(name)).items():
        for part in range(-(-count // CAPACITY)):
            address = key.address(token_of(token), part)
            truth[address], counts[address] = token, min(CAPACITY, count - part * CAPACITY)
    rows = dumped(tmp_path)
    assert sum(any(address in row for row in rows) for address in list(truth)[:20]) == 20, "the index is in the dump"
    assert attack.recovered(attack.guesses(rows, known), truth, counts) <= 0.01


def test_the_same_attack_reads_a_column_of_keyed_digests(stolen, known):
    """What the index is not: the proof that the attack is one."""
    digests = {
        token: hmac.digest(b"key", token.encode(), "sha256")[:16] for name in stolen for token in tokens_of(name)
    }
    rows = [b"".join(sorted(digests[token] for token in tokens_of(name))) for name in stolen]
    counts = Counter(digests[token] for name in stolen for token in tokens_of(name))
    truth = {digest: token for token, digest in digests.items()}
    assert attack.recovered(attack.guesses(rows, known), truth, counts) >= 0.4


def test_all_rows_of_a_table_look_alike_and_nothing_repeats(tmp_path, stolen):
    filling.indexed(stolen[:500])
    filling.came_after(stolen[:50])
    clearing.cleared(NOW)
    pieces = Counter(
        row[at : at + attack.CHUNK] for row in dumped(tmp_path) for at in range(0, len(row) - 15, attack.CHUNK)
    )
    assert max(pieces.values()) == 1
    for model, columns in ((IndexBlock, ("address", "sealed")), (IndexDelta, ("sealed",))):
        for column in columns:
            assert len({len(bytes(one)) for one in model.objects.values_list(column, flat=True)}) == 1
    assert sorted(addresses := _addresses()) == addresses, "the order of the rows is that of the digests"


def _addresses() -> list[bytes]:
    return [bytes(one) for one in IndexBlock.objects.order_by("id").values_list("address", flat=True)]


def test_what_was_gathered_is_gone_when_the_index_stands(stolen):
    filling.indexed(stolen[:20])
    assert IndexPart.objects.count() == 1
    clearing.cleared(NOW + clearing.GRACE)
    assert (IndexPart.objects.count(), IndexGeneration.objects.count()) == (0, 1)
