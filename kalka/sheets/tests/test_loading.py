"""A committee's own table: what is understood, what is refused, and that nothing is taken twice."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
import xlsxwriter

from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.permissions import Permission
from kalka.sheets import written
from kalka.sheets.cells import Counted
from kalka.sheets.loading import Loader, check, row_id, take_in
from kalka.sheets.table import Column, RowError, SheetRow
from kalka.sheets.tests.factories import workbook

NOW = datetime(2022, 12, 1, tzinfo=UTC)
ACTOR = Actor(1, frozenset({Permission.PLACES_IMPORT}), organisation_id=7)
PLACE = Column("place", {"ky": "Айыл", "ru": "Село", "en": "Village"}, required=True, parse=written.words)
ON = Column("on", {"ky": "Күнү", "ru": "Дата", "en": "Day"}, required=True, parse=written.day)
CAME = Column("came", {"ky": "Катышты", "ru": "Участники", "en": "Came"}, parse=written.counted(0, 5_000))


@dataclass
class Book:
    """What was written."""

    rows: dict[UUID, object] = field(default_factory=dict)

    def loader(self, key=("place", "on")) -> Loader:
        return Loader(
            kind="events",
            title="Events",
            needs=Permission.PLACES_IMPORT,
            columns=lambda: (PLACE, ON, CAME),
            key=lambda row: [str(row.values[name]) for name in key],
            told=self.told,
            is_there=lambda actor, id: id in self.rows,
            take=lambda actor, id, told, now: self.rows.__setitem__(id, told),
        )

    @staticmethod
    def told(actor: Actor, row: SheetRow, now: datetime) -> object:
        if row.text("place") == "Ай":
            raise DomainError("places.not_found_by_name", field="place")
        return dict(row.values)


def heads() -> list[object]:
    return ["Aйыл", "Куну", "Катышты"]  # a Latin letter, and no ү on the keyboard


def test_a_real_table_is_understood_and_its_lines_that_are_no_rows_are_named():
    book = Book()
    data = workbook(
        ["Жолугушуулардын тизмеси"],
        heads(),
        [1, 2, 3],
        ["Учкун", "12.03.22", "20дан ашык"],
        heads(),
        ["Учкун", "13 марта 2022 г.", 40],
        ["Учкун", "13.03.2022", "40"],
        ["Бардыгы:", None, 100],
    )
    found = check(book.loader(), ACTOR, data, "list.xlsx", now=NOW)
    assert [row.told for row in found.new] == [
        {"place": "Учкун", "on": date(2022, 3, 12), "came": Counted(20, "over")},
        {"place": "Учкун", "on": date(2022, 3, 13), "came": Counted(40)},
    ]
    assert found.remarks == (
        RowError(3, "", "sheets.row_is_numbering"),
        RowError(5, "", "sheets.row_is_heading"),
        RowError(7, "", "sheets.row_twice", {"first": 6}),
        RowError(8, "", "sheets.row_is_total"),
    )
    assert (found.errors, book.rows) == ((), {})


def test_what_cannot_be_understood_is_refused_row_by_row_with_a_reason():
    data = workbook(
        heads(),
        ["Учкун", "03/04/2022", "көп"],
        ["Ай", "01.02.2022", 3],
        ["Учкун", "05.02.2022", 3],
        ["Учкун", "05.02.2022", 4],
        ["", "06.02.2022", 4],
    )
    assert check(Book().loader(), ACTOR, data, "list.xlsx", now=NOW).errors == (
        RowError(2, "on", "sheets.day_or_month"),
        RowError(2, "came", "sheets.not_a_number", {"least": 0, "most": 5_000}),
        RowError(3, "place", "places.not_found_by_name", {"field": "place"}),
        RowError(5, "", "sheets.row_differs", {"first": 4}),
        RowError(6, "place", "sheets.required"),
    )


def merged(*, number: bool) -> bytes:
    import io

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, plain = book.add_worksheet(), book.add_format()
        sheet.write_row(0, 0, heads())
        sheet.merge_range("A2:A4", "Учкун", plain)
        for row, day in enumerate(("01.02.2022", "02.02.2022", "03.02.2022"), start=1):
            sheet.write_row(row, 1, [day, 10])
        if number:
            sheet.merge_range("C3:C4", 25, plain)
        sheet.merge_range("A5:A6", "Халмион", plain)
        sheet.write_row(4, 1, ["04.02.2022", 5])
    return out.getvalue()


def test_a_place_merged_over_several_rows_speaks_for_each_of_them():
    found = check(Book().loader(), ACTOR, merged(number=False), "list.xlsx", now=NOW)
    assert [(row.number, row.told["place"]) for row in found.new] == [
        (2, "Учкун"),
        (3, "Учкун"),
        (4, "Учкун"),
        (5, "Халмион"),
    ]


def test_a_number_merged_over_several_rows_is_not_counted_in_each():
    found = check(Book().loader(), ACTOR, merged(number=True), "list.xlsx", now=NOW)
    assert found.errors == (RowError(4, "came", "sheets.merged_number"),)


def test_run_again_it_goes_on_where_it_stopped():
    book = Book()
    data = workbook(heads(), ["Учкун", "01.02.2022", 3], ["Учкун", "02.02.2022", 4])
    first = check(book.loader(), ACTOR, data, "list.xlsx", now=NOW)
    take_in(book.loader(), ACTOR, first.new[:1], now=NOW)
    again = check(book.loader(), ACTOR, data, "list.xlsx", now=NOW)
    assert (again.there, [row.number for row in again.new]) == (1, [3])
    take_in(book.loader(), ACTOR, again.new, now=NOW)
    assert len(book.rows) == 2
    last = check(book.loader(), ACTOR, data, "list.xlsx", now=NOW)
    assert (last.there, last.new) == (2, ())


def test_rows_without_a_name_stand_for_as_many_as_they_are():
    book = Book()
    data = workbook(heads(), *[["Учкун", "01.02.2022", 1]] * 3)
    found = check(book.loader(key=()), ACTOR, data, "list.xlsx", now=NOW)
    assert (len(found.new), len({row.id for row in found.new})) == (3, 3)
    take_in(book.loader(key=()), ACTOR, found.new, now=NOW)
    assert check(book.loader(key=()), ACTOR, data, "list.xlsx", now=NOW).there == 3


def test_the_same_row_of_another_organisation_is_another():
    assert row_id("events", 7, ["Учкун"]) == row_id("events", 7, ["учкун "])
    assert row_id("events", 7, ["Учкун"]) != row_id("events", 8, ["Учкун"])


def test_whoever_may_not_keep_the_records_may_not_load_them():
    with pytest.raises(AccessDenied):
        check(Book().loader(), Actor(1, frozenset()), workbook(heads()), "list.xlsx", now=NOW)
