"""Reads one workbook in a process of its own: standard input to standard output, with little memory and little time.

A workbook of five kilobytes can name a cell so far away that laying out the sheet takes gigabytes, and every sheet of
an old .xls is laid out when it is opened. Here the system ends the process, and the server lives on.
"""

import io
import json
import resource
import sys
from datetime import date

MEMORY = 768 * 1024 * 1024
SECONDS = 15


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def answer(data: bytes, most_rows: int, most_cells: int) -> dict[str, object]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        seen = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
        if not seen:
            return {"refused": "sheets.empty"}
        sheet = book.get_sheet_by_name(seen[0])
        if sheet.total_height > most_rows or sheet.total_height * sheet.total_width > most_cells:
            return {"refused": "sheets.too_many_cells"}
        grid = [[_cell(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
        for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
            _spread(grid, top, bottom, left)
        return {"grid": grid}
    except PasswordError:
        return {"refused": "sheets.locked"}
    except CalamineError:
        return {"refused": "sheets.broken"}


def _spread(grid: list[list[object]], top: int, bottom: int, left: int) -> None:
    """A cell merged over several rows: those below say what stands above them."""
    for row in grid[top + 1 : bottom + 1]:
        if left < len(row) and grid[top][left] != "":
            row[left] = {"above": grid[top][left]}


def _cell(cell: object) -> object:
    if isinstance(cell, date):  # a datetime is one too
        return {"day": cell.isoformat()}
    return cell if isinstance(cell, str | int | float | bool) else str(cell)


if __name__ == "__main__":
    limit()
    try:
        said = answer(sys.stdin.buffer.read(), int(sys.argv[1]), int(sys.argv[2]))
    except MemoryError:
        said = {"refused": "sheets.too_many_cells"}
    json.dump(said, sys.stdout)
