from datetime import date
from io import BytesIO
from uuid import UUID

import openpyxl
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kalka.access.models import Grant
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.duties.models import Duty
from kalka.intake import columns, importing, selectors, template
from kalka.intake.models import Report
from kalka.intake.tests.factories import AIMAK, NOW, TODAY, VILLAGE, post, received, village
from kalka.sheets.cells import CellError

pytestmark = [pytest.mark.django_db, pytest.mark.both]

NAMES = tuple(columns.ABOUT)
ROW = {
    "told_on": "19.11.2026",
    "danger": "no",
    "what": "Кайнатасы үйдөн кууп чыкты",
    "happened": "10.2026",
    "place": VILLAGE,
    "by_whom": "relative",
    "children": "yes",
    "children_count": "3",
    "interpreter": "yes",
    "reporter_name": "Гүлнара Токтобаева",
}


def sheet(*rows: dict[str, object], heads: tuple[str, ...] = NAMES) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(list(heads))
    for row in rows:
        book.active.append([row.get(name) for name in heads])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def row(**said: object) -> dict[str, object]:
    return {**ROW, "id": str(new_id()), **said}


def checked(actor: Actor, *rows: dict[str, object]) -> importing.Checked:
    return importing.check(actor, sheet(*rows), "r.xlsx", now=NOW)


def taken(actor: Actor, *rows: dict[str, object]) -> int:
    return importing.take_in(actor, checked(actor, *rows).new, now=NOW, each=lambda: None)


def test_rows_become_reports_with_their_duty() -> None:
    here = village()
    one, two = row(), row(told_on=date(2026, 11, 22), danger="screams_now", what=None, happened=None)
    assert taken(here.secretary, one, two) == 2
    report = Report.objects.get(pk=one["id"])
    assert (report.told_on, report.late, report.way, report.place, report.by_whom) == (
        date(2026, 11, 19),
        True,
        "file",
        AIMAK,
        "relative",
    )
    told = selectors.report_page(here.secretary, report.pk, now=NOW).told
    assert (told["what"], told["happened"], told["children_count"]) == (ROW["what"], "2026-10", 3)
    assert Duty.objects.count() == 2
    entries = AuditEntry.objects.filter(command="intake.import")
    assert [(entry.kind, entry.steps) for entry in entries] == [("done", "intake.receive")] * 2


def test_running_it_again_adds_nothing() -> None:
    here = village()
    rows = [row(), row()]
    taken(here.secretary, *rows)
    again = checked(here.secretary, *rows)
    assert (again.new, again.there, again.errors) == ((), 2, ())
    assert (Report.objects.count(), Duty.objects.count(), Grant.objects.count()) == (2, 2, 4)


def test_interrupted_it_goes_on_where_it_stopped() -> None:
    here = village()
    rows = [row(), row(), row()]
    ready = checked(here.secretary, *rows).new
    importing.take_in(here.secretary, ready[:1], now=NOW, each=lambda: None)
    rest = checked(here.secretary, *rows)
    assert ([r.id for r in rest.new], rest.there) == ([UUID(str(r["id"])) for r in rows[1:]], 1)


def test_a_changed_row_with_the_same_number_is_refused_with_its_row() -> None:
    here = village()
    first, second = row(), row()
    taken(here.secretary, first, second)
    found = checked(here.secretary, first, {**second, "what": "Башка сөз"})
    assert [(e.row, e.column, e.code) for e in found.errors] == [(3, "id", "intake.row_differs")]
    assert found.there == 1


def test_a_row_number_of_another_is_refused_like_a_changed_one() -> None:
    here = village()
    report = received(here.worker)
    found = checked(here.secretary, row(id=str(report.pk)))
    assert [(e.row, e.code) for e in found.errors] == [(2, "intake.row_differs")]


@pytest.mark.parametrize(
    ("said", "column", "code"),
    [
        ({"told_on": None}, "told_on", "sheets.required"),
        ({"danger": None}, "danger", "sheets.required"),
        ({"id": None}, "id", "sheets.required"),
        ({"id": "17"}, "id", "intake.not_a_row_number"),
        ({"told_on": "30.02.2026"}, "told_on", "sheets.not_a_day"),
        ({"told_on": "24.11.2026"}, "told_on", "intake.future"),
        ({"told_on": "01.01.1929"}, "told_on", "intake.too_old"),
        ({"danger": "perhaps"}, "danger", "sheets.not_a_choice"),
        ({"what": None}, "what", "intake.nothing_told"),
        ({"what": "a" * 20_001}, "what", "intake.too_long"),
        ({"happened": "кечээ"}, "happened", "intake.no_such_day"),
        ({"happened": "13.2026"}, "happened", "intake.no_such_day"),
        ({"place": "99999999999999"}, "place", "intake.unknown_place"),
        ({"place": 41702000000000}, "place", "sheets.code_as_number"),
        ({"children_count": "0"}, "children_count", "sheets.number_outside"),
        ({"children": "no"}, "children_count", "intake.children_count"),
        ({"by_whom": "anonymous"}, "by_whom", "intake.anonymous_named"),
    ],
)
def test_a_wrong_row_is_named_with_its_column_and_its_reason(said: dict[str, object], column: str, code: str) -> None:
    here = village()
    found = checked(here.secretary, row(), row(**said))
    assert [(e.row, e.column, e.code) for e in found.errors] == [(3, column, code)]
    assert not Report.objects.exists()


def test_a_number_that_stands_twice_is_refused() -> None:
    here = village()
    one = row()
    found = checked(here.secretary, one, {**one})
    assert [(e.row, e.column, e.code) for e in found.errors] == [(3, "id", "intake.row_number_twice")]


def test_errors_come_in_the_order_of_the_rows() -> None:
    here = village()
    found = checked(here.secretary, row(what=None), row(told_on="a"), row(danger="a"), row(what=None))
    assert [e.row for e in found.errors] == [2, 3, 4, 5]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04broken", "окулбайт".encode("utf-16")])
def test_what_is_no_spreadsheet_is_refused(data: bytes) -> None:
    here = village()
    with pytest.raises(DomainError):
        importing.check(here.secretary, data, "r.xlsx", now=NOW)


def test_whoever_may_not_import_is_refused() -> None:
    here = village()
    for actor in (here.inspector, post("auditor")):
        with pytest.raises(AccessDenied):
            checked(actor, row())
    assert not Report.objects.exists()


@pytest.mark.parametrize("lang", ["ky", "ru", "en"])
def test_the_template_filled_in_by_hand_is_taken_in(lang: str) -> None:
    here = village()
    book = openpyxl.load_workbook(BytesIO(template.workbook(lang)))
    filled, explained, codes = book.worksheets
    assert [cell.value for cell in explained["A"]][1:] == list(NAMES)
    assert {cell.value for cell in codes["A"]} == {"column", *columns.CHOICES}
    at = {name: column for column, name in enumerate(NAMES, start=1)}
    ids = [filled.cell(r, 1).value for r in range(2, 502)]
    assert len(set(ids)) == 500
    with translation.override(lang):
        danger = columns.in_three(columns.CHOICES["danger"]["unsure"])[lang]
    for name, value in {**ROW, "danger": danger}.items():
        filled.cell(2, at[name]).value = value
    out = BytesIO()
    book.save(out)
    found = importing.check(here.secretary, out.getvalue(), "r.xlsx", now=NOW)
    assert (found.errors, [r.number for r in found.new], found.new[0].told.danger) == ((), [2], "unsure")


def test_the_template_offers_the_codes_of_its_language() -> None:
    book = openpyxl.load_workbook(BytesIO(template.workbook("en")))
    lists = {str(v.sqref).split(":")[0][:-1]: v.formula1 for v in book.worksheets[0].data_validations.dataValidation}
    letter = openpyxl.utils.get_column_letter(NAMES.index("danger") + 1)
    first, last = (int(part.rpartition("$")[2]) for part in lists[letter].split("!")[1].split(":"))
    codes = book["codes"]
    assert [codes.cell(r, 2).value for r in range(first, last + 1)] == list(columns.CHOICES["danger"])
    titles = [columns.in_three(title)["en"] for title in columns.CHOICES["danger"].values()]
    assert [codes.cell(r, 5).value for r in range(first, last + 1)] == titles
    assert "$E$" in lists[letter]


@given(st.dates(date(1000, 1, 1), date(9999, 12, 31)))
def test_a_day_is_read_however_it_is_written(day: date) -> None:
    read = columns.happened
    for written in (f"{day.day}.{day.month}.{day.year:04}", f"{day.day:02}.{day.month:02}.{day.year:04}", day):
        assert read(written) == read(day.isoformat()) == day.isoformat()
    assert read(f"{day.month}.{day.year:04}") == f"{day.year:04}-{day.month:02}"
    assert read(f"{day.year:04}") == f"{day.year:04}"


@given(st.text(max_size=14))
def test_any_cell_is_a_day_or_is_refused(cell: str) -> None:
    try:
        assert columns.happened(cell)[:4].isdecimal()
    except CellError as refused:
        assert refused.code in {"intake.no_such_day", "sheets.cell_control", "sheets.cell_formula_error"}


def test_today_is_a_day_that_may_be_told() -> None:
    here = village()
    assert checked(here.secretary, row(told_on=TODAY)).errors == ()
