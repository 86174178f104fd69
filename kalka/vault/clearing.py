"""Removing what nobody reads any more of the index, a few rows at a time."""

from datetime import datetime, timedelta
from time import sleep

from django.db import connection, transaction

from kalka.vault.models import IndexBlock, IndexDelta, IndexGeneration, IndexPart, IndexPointer

ROWS = 500  # of one transaction
BREATH = 0.01  # seconds between two of them, for those who wait to write
GRACE = timedelta(minutes=10)  # for which what was replaced still stands, for whoever is reading it


def cleared(now: datetime) -> int:
    """Remove what nobody reads any more: replaced generations and unfinished ones, and the delta that the newest holds.
    Returns how many rows went."""
    read = IndexGeneration.objects.filter(id__in=IndexPointer.objects.values("generation_id")).first()
    if read is None or read.ready_at is None or read.ready_at > now - GRACE:
        return 0
    gone = 0
    for old in IndexGeneration.objects.filter(id__lt=read.id):
        gone += sum(_emptied(model, "generation_id = %s", old.pk) for model in (IndexBlock, IndexPart))
        old.delete()
    gone += _emptied(IndexPart, "generation_id = %s", read.pk)
    return gone + _emptied(IndexDelta, "id <= %s", read.delta_until)


def _emptied(model: type[IndexBlock] | type[IndexPart] | type[IndexDelta], which: str, value: int) -> int:
    table, gone = model._meta.db_table, 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            some = f"SELECT id FROM {table} WHERE {which} LIMIT {ROWS}"
            cursor.execute(f"DELETE FROM {table} WHERE id IN ({some})", [value])
            count = int(cursor.rowcount)
        gone += count
        if count < ROWS:
            return gone
        sleep(BREATH)
