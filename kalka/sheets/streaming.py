"""A file that goes out while it is written: never whole in memory, however many rows."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from django.http import StreamingHttpResponse
from django.utils.translation import get_language, override

from kalka.sheets.writing import Value, plain

AT_ONCE = 1_000


def csv_stream(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """As `csv_bytes`, in pieces: UTF-8 with a mark, every text guarded against becoming a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    coming = iter(chain([headings], rows))
    start = "\ufeff"
    while piece := [[plain(value) for value in row] for row in islice(coming, AT_ONCE)]:
        writer.writerows(piece)
        yield (start + out.getvalue()).encode()
        out.seek(0)
        out.truncate()
        start = ""


def csv_response(name: str, headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> StreamingHttpResponse:
    """`name` without its ending: codes and days, never anything of a person."""
    stream = _in_language(get_language(), csv_stream(headings, rows))
    response = StreamingHttpResponse(stream, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _in_language(language: str | None, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The rows are made after the page was answered, perhaps among other requests: in the language it was asked in."""
    while True:
        with override(language):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece
