import io
from datetime import date, datetime

import pytest
import xlsxwriter

from kalka.core.errors import DomainError
from kalka.sheets import reading, table
from kalka.sheets.reading import read
from kalka.sheets.table import RowError, SheetRow
from kalka.sheets.tests.factories import CODE, COLUMNS, NAME, altered, far_cell, lying, old_workbook, workbook

HEAD = "Коду,Аталышы,Күнү,Саны,Коркунуч\n"
WHOLE = {"code": "041", "name": "Өзгөн", "on": date(2024, 8, 7), "count": 7, "danger": "unsure"}


def refusal(data: bytes, filename: str = "list.csv", columns=COLUMNS) -> tuple[str, dict[str, str]]:
    with pytest.raises(DomainError) as error:
        read(data, filename, columns)
    return error.value.code, {name: str(fact) for name, fact in error.value.facts.items()}


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_same_rows_come_out_of_every_delimiter(mark):
    lines = ["Коду,Аталышы,Күнү,Саны,Коркунуч", "041,Өзгөн,07.08.2024,7,Так билбейм"]
    data = "\n".join(line.replace(",", mark) for line in lines).encode()
    assert read(data, "list.csv", COLUMNS) == table.Read((SheetRow(2, WHOLE),), ())


def test_a_workbook_is_read_whatever_its_name_says():
    rows = ["041", "Өзгөн", "2024-08-07", 7, "не уверен"]
    data = workbook(["Код *", "НАЗВАНИЕ", "Дата", "count", "Опасность"], rows)
    assert read(data, "list.csv", COLUMNS).rows == (SheetRow(2, WHOLE),)


def test_a_hidden_sheet_is_not_read():
    data = workbook(["code", "name"], ["041", "Өзгөн"], hidden=True)
    assert [row.text("name") for row in read(data, "list.xlsx", COLUMNS).rows] == ["Өзгөн"]


def test_row_numbers_are_those_the_person_sees():
    data = b"A list of the office,,\n\ncode,name\n041,A\n\n ,\n4.17E+13,B\n"
    got = read(data, "list.csv", COLUMNS)
    assert [row.number for row in got.rows] == [4]
    assert got.errors == (RowError(7, "code", "sheets.code_as_number"),)


def test_row_numbers_of_a_workbook_count_the_empty_rows_above():
    data = workbook([], [], ["code", "name"], ["041", "A"])
    assert [row.number for row in read(data, "list.xlsx", COLUMNS).rows] == [4]


@pytest.mark.parametrize("written", ["4.1702E+13", "4,1702E+13", "41702000000000.0", "41702000000000,00", "5e3"])
def test_a_code_that_became_a_number_is_refused_in_csv(written):
    got = read(f'code,name\n"{written}",A\n'.encode(), "list.csv", COLUMNS)
    assert (got.rows, got.errors) == ((), (RowError(2, "code", "sheets.code_as_number"),))


def test_a_code_that_became_a_number_is_refused_in_a_workbook_even_when_no_digit_was_lost():
    got = read(workbook(["code"], [41702000000000]), "list.xlsx", COLUMNS)
    assert got.errors == (RowError(2, "code", "sheets.code_as_number"),)


def test_a_code_stored_as_text_keeps_every_digit():
    got = read(workbook(["code"], ["41702000000000"]), "list.xlsx", COLUMNS)
    assert got.rows[0].text("code") == "41702000000000"


def test_every_wrong_cell_of_a_row_is_named():
    got = read((HEAD + ",,31.02.2024,101,perhaps\n").encode(), "list.csv", COLUMNS)
    assert got.errors == (
        RowError(2, "code", "sheets.required"),
        RowError(2, "on", "sheets.not_a_day"),
        RowError(2, "count", "sheets.number_outside", {"least": 0, "most": 100}),
        RowError(2, "danger", "sheets.not_a_choice"),
    )


@pytest.mark.parametrize("written", ["7/8/2024", "07.08.24", "2024-13-01", "tomorrow", "2024-08-07 10:30"])
def test_a_day_nobody_can_tell_is_refused(written):
    got = read(f"code,on\n041,{written}\n".encode(), "list.csv", COLUMNS)
    assert got.errors == (RowError(2, "on", "sheets.not_a_day"),)


def test_a_date_of_the_spreadsheet_is_a_day():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["code", "on"])
        sheet.write_string(1, 0, "041")
        sheet.write_datetime(1, 1, datetime(2024, 8, 7), book.add_format({"num_format": "dd.mm.yyyy"}))
    assert read(out.getvalue(), "list.xlsx", COLUMNS).rows[0].day("on") == date(2024, 8, 7)


def test_a_heading_nobody_asked_for_is_named_and_not_lost_silently():
    assert read(b"code,colour\n041,red\n", "list.csv", COLUMNS).ignored == ("colour",)


def test_a_missing_required_column_is_named_in_the_language_of_the_page():
    assert refusal(b"name\nA\n", columns=(CODE, NAME)) == ("sheets.columns_missing", {"columns": "«Коду»", "row": "1"})


def test_a_column_twice_is_refused():
    assert refusal("code,Код\n1,2\n".encode())[0] == "sheets.column_twice"


def test_windows_1251_is_read_as_russian():
    text = "Код;Название\n041;Нарынская область, г. Ош — «центр»\n"
    assert read(text.encode("cp1251"), "list.csv", COLUMNS).rows[0].text("name") == "Нарынская область, г. Ош — «центр»"


@pytest.mark.parametrize("encoding", ["koi8-r", "cp866", "mac-cyrillic", "utf-16", "utf-16-le"])
def test_other_encodings_are_refused_and_not_guessed(encoding):
    text = "code;name\n041;Нарынская область\n042;Ошская область\n043;Город Бишкек\n"
    assert refusal(text.encode(encoding)) == ("sheets.encoding", {})


def test_utf_8_cut_in_the_middle_of_a_letter_is_refused():
    assert refusal("code;name\n041;Нарынская область".encode()[:-1])[0] == "sheets.encoding"


@pytest.mark.parametrize(
    ("data", "filename", "code"),
    [
        (b"", "list.csv", "sheets.empty"),
        (b" \n\n", "list.csv", "sheets.empty"),
        (b",,\n,\n", "list.csv", "sheets.empty"),
        (b"%PDF-1.7\n", "list.csv", "sheets.kind"),
        (b"code\n1\n", "list.xlsx", "sheets.kind"),
        (b"PK\x03\x04broken", "list.xlsx", "sheets.broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900, "list.xls", "sheets.broken"),
        (b'code,name\n041,"never closed\n042,B\n', "list.csv", "sheets.quotes"),
        (b"code\n" + b"1\n" * 20_020, "list.csv", "sheets.too_many_rows"),
        (b"code" + b",x" * 200 + b"\n", "list.csv", "sheets.too_many_cells"),
        (b"code,name\n041," + b"a" * 200_000 + b"\n", "list.csv", "sheets.quotes"),
        (b"x" * (reading.MAX_BYTES + 1), "list.csv", "sheets.file_too_large"),
    ],
)
def test_what_cannot_be_read_is_refused_and_says_why(data, filename, code):
    assert refusal(data, filename)[0] == code


def test_a_workbook_that_unpacks_to_far_more_than_itself_is_refused():
    bomb = altered(workbook(["code"], ["1"]), sharedStrings=b"<sst>" + b" " * 15_000_000 + b"</sst>")
    assert len(bomb) < 30_000
    assert refusal(bomb, "list.xlsx")[0] == "sheets.unpacks_too_large"


def test_a_workbook_that_lies_about_its_sizes_is_refused():
    assert refusal(lying(workbook(["code"], ["1"])), "list.xlsx")[0] == "sheets.broken"


def test_a_workbook_that_names_a_cell_far_away_is_refused():
    assert len(far_cell()) < 10_000
    assert refusal(far_cell(), "list.xlsx")[0] == "sheets.too_many_cells"


def test_a_workbook_of_another_kind_is_refused():
    assert refusal(altered(b"PK\x05\x06" + b"\0" * 18, document=b"<a/>"), "list.xlsx")[0] == "sheets.kind"


def test_what_was_never_typed_is_refused():
    got = read(workbook(["code", "name"], ["041", "a\x00b"], ["042", "a\x1bb"], ["043", "#REF!"]), "l.xlsx", COLUMNS)
    assert got.errors == (
        RowError(2, "name", "sheets.cell_control"),
        RowError(3, "name", "sheets.cell_control"),
        RowError(4, "name", "sheets.cell_formula_error"),
    )


def test_an_old_workbook_is_read_too():
    data = old_workbook(["Коду", "Аталышы", "Саны"], ["041", "Өзгөн", 7])
    assert read(data, "list.xls", COLUMNS).rows == (
        SheetRow(2, {"code": "041", "name": "Өзгөн", "on": None, "count": 7, "danger": None}),
    )


def test_an_old_workbook_with_many_vast_sheets_ends_the_child_and_not_the_server():
    assert refusal(old_workbook(["code"], sheets=40, far=True), "list.xls")[0] == "sheets.too_many_cells"


def test_too_many_errors_end_the_reading_and_say_so():
    got = read(b"code\n" + b"1.5\n" * 3_000, "list.csv", COLUMNS)
    assert (len(got.errors), got.cut) == (table.MAX_ERRORS, True)


def test_composed_and_decomposed_letters_are_the_same_letter():
    got = read("code,name\n041,Токмои\u0306\n".encode(), "list.csv", COLUMNS)
    assert got.rows[0].text("name") == "Токмой"
