import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.errors import DomainError
from kalka.sheets.reading import read
from kalka.sheets.table import Column
from kalka.sheets.tests.factories import CODE, COLUMNS, NAME
from kalka.sheets.writing import Table, csv_bytes, guarded, template, unguarded, xlsx_bytes

FORMULAS = ["=1+1", "+996", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "'=1", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_text_becomes_a_formula_in_csv(formula):
    line = csv_bytes(Table("t", ["name"], [[formula]])).decode("utf-8-sig").split("\r\n", 1)[1]
    assert line.lstrip('"').startswith("'")


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_text_becomes_a_formula_or_a_link_in_a_workbook(formula):
    data = xlsx_bytes(Table("t", ["name"], [[formula], ["https://example.org"]]))
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and "hyperlink" not in sheet and 't="s"' in sheet


@given(st.text())
def test_guarding_is_undone_exactly(text):
    assert unguarded(guarded(text)) == text


def test_numbers_stay_numbers_and_days_stay_days():
    rows = [[-5, Decimal("1.5"), date(2024, 8, 7), datetime(2024, 8, 7, 20, 30, tzinfo=UTC), None, True]]
    table = Table("t", ["a", "b", "c", "d", "e", "f"], rows)
    assert csv_bytes(table).decode("utf-8-sig") == "a,b,c,d,e,f\r\n-5,1.5,2024-08-07,2024-08-08 02:30,,True\r\n"
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(table))).active
    assert [cell.value for cell in sheet[2]] == [
        -5,
        1.5,
        datetime(2024, 8, 7),
        datetime(2024, 8, 8, 2, 30),
        None,
        True,
    ]


def test_the_same_rows_are_the_same_bytes():
    table = Table("t", ["a"], [["b"]])
    assert xlsx_bytes(table) == xlsx_bytes(table)


def test_a_text_no_cell_can_hold_is_refused():
    with pytest.raises(DomainError, match="sheets.cell_too_long"):
        xlsx_bytes(Table("t", ["a"], [["b" * 40_000]]))


@pytest.mark.parametrize("lang", ["ky", "ru", "en"])
def test_a_template_is_read_back_in_every_language(lang):
    sheet = openpyxl.load_workbook(io.BytesIO(template(COLUMNS, lang=lang, title="Тизме: 1/2"))).active
    assert [cell.value.removesuffix(" *") for cell in sheet[1]] == [column.titles[lang] for column in COLUMNS]
    assert sheet.column_dimensions["A"].width > 10
    assert read(template(COLUMNS, lang=lang, title="t"), "t.xlsx", COLUMNS).rows == ()


def test_a_template_offers_the_choices_of_a_column():
    sheet = openpyxl.load_workbook(io.BytesIO(template(COLUMNS, lang="ky", title="t"))).active
    assert [rule.formula1 for rule in sheet.data_validations.dataValidation] == ['"ооба,так билбейм"']


WORDS = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"], include_characters="\n"), max_size=40)


@given(st.lists(WORDS.map(str.strip).filter(bool), min_size=1, max_size=5))
def test_what_is_written_as_csv_is_read_back(names):
    column = Column("name", {"ky": "Аталышы"}, parse=str)
    data = csv_bytes(Table("t", ["code", "name"], [[f"c{n}", name] for n, name in enumerate(names)]))
    got = read(data, "t.csv", (CODE, column))
    assert [row.values["name"] for row in got.rows] == names


def test_titles_of_columns_fall_back():
    assert (NAME.title("ky"), NAME.title("de"), Column("x", {}).title("ky")) == ("Аталышы", "Название", "x")
