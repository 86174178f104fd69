"""A file in pieces is the file in one."""

from datetime import date

import pytest
from django.utils import translation
from django.utils.translation import gettext as _

from kalka.sheets.streaming import AT_ONCE, csv_response, csv_stream
from kalka.sheets.writing import Table, csv_bytes

HEADINGS = ("Код", "Саны")


@pytest.mark.parametrize("count", [0, 1, AT_ONCE - 1, AT_ONCE, 2 * AT_ONCE + 1])
def test_the_pieces_together_are_the_whole_file(count):
    rows = [(f"№ {n}", n) for n in range(count)]
    assert b"".join(csv_stream(HEADINGS, iter(rows))) == csv_bytes(Table("", HEADINGS, rows))


def test_no_text_can_become_a_formula_and_a_day_is_written_as_a_day():
    out = b"".join(
        csv_stream(("a",), [("=1+1",), ("@x",), ("\uff1dx",), (-5,), (None,), (date(2026, 10, 1),)])
    ).decode()
    assert out == "\ufeffa\r\n'=1+1\r\n'@x\r\n'\uff1dx\r\n-5\r\n\r\n2026-10-01\r\n".replace("\r\n\r\n", '\r\n""\r\n')


def test_no_row_is_asked_for_before_the_file_is_read():
    def never():
        raise AssertionError
        yield ()

    assert csv_response("a", HEADINGS, never()).streaming


def test_rows_speak_the_language_the_file_was_asked_in():
    def rows():
        yield (_("no data"),)

    with translation.override("en"):
        answer = csv_response("figures", ("a",), rows())
    with translation.override("ky"):
        assert b"no data" in b"".join(answer.streaming_content)
    assert answer["Content-Disposition"] == 'attachment; filename="figures.csv"'
