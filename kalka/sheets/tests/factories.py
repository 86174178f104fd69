"""Workbooks no honest program would write."""

import io
import re
import struct
import zipfile

import xlsxwriter

from kalka.sheets.cells import code, day, whole
from kalka.sheets.table import Column

CODE = Column("code", {"ky": "Коду", "ru": "Код", "en": "Code"}, required=True, parse=code)
NAME = Column("name", {"ky": "Аталышы", "ru": "Название", "en": "Name"})
DAY = Column("on", {"ky": "Күнү", "ru": "Дата", "en": "Day"}, parse=day)
COUNT = Column("count", {"ky": "Саны", "ru": "Число", "en": "Count"}, parse=whole(0, 100))
DANGER = Column(
    "danger",
    {"ky": "Коркунуч", "ru": "Опасность", "en": "Danger"},
    options={
        "yes": {"ky": "ооба", "ru": "да", "en": "yes"},
        "unsure": {"ky": "так билбейм", "ru": "не уверен", "en": "not sure"},
    },
)
COLUMNS = (CODE, NAME, DAY, COUNT, DANGER)


def workbook(*rows: list[object], hidden: bool = False) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        if hidden:
            book.add_worksheet("first").hide()
        sheet = book.add_worksheet("shown")
        if hidden:
            sheet.activate()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def far_cell() -> bytes:
    """Five kilobytes that name the last cell a sheet can have."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "code")
        sheet.write(1_048_575, 16_383, "x")
    return out.getvalue()


def altered(data: bytes, **parts: bytes) -> bytes:
    """The workbook with these parts of xl/ replaced or added, packed tightly."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new,
    ):
        for name in old.namelist():
            if name != "xl/sharedStrings.xml" or "sharedStrings" not in parts:
                new.writestr(name, old.read(name))
        for name, body in parts.items():
            new.writestr(f"xl/{name}.xml", body)
    return out.getvalue()


def lying(data: bytes) -> bytes:
    """Every size in the directory says one byte."""
    directory = data.index(b"PK\x01\x02")
    head, tail = data[:directory], bytearray(data[directory:])
    for found in re.finditer(re.escape(b"PK\x01\x02"), bytes(tail)):
        tail[found.start() + 24 : found.start() + 28] = (1).to_bytes(4, "little")
    return head + bytes(tail)


def old_workbook(*rows: list[object], sheets: int = 1, far: bool = False) -> bytes:
    """An .xls: records of BIFF8 in an OLE container, as small as its readers allow. `far`: one cell at the far end."""
    body = b"".join(_cell(r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row))
    body += _cell(65_535, 255, "x") if far else b""
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 1997, 0, 6)) + body + _record(0x000A)
    top = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 1997, 0, 6)) + _record(0x0042, b"\xb0\x04")
    at = len(top) + sum(12 + len(str(n)) for n in range(sheets)) + 4
    for number in range(sheets):
        name = str(number).encode()
        top += _record(0x0085, struct.pack("<IBBBB", at + number * len(sheet), 0, 0, len(name), 0) + name)
    return _ole(top + _record(0x000A) + sheet * sheets)


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _cell(row: int, column: int, value: object) -> bytes:
    if isinstance(value, int):
        return _record(0x0203, struct.pack("<HHHd", row, column, 0, value))
    letters = str(value).encode("utf-16-le")
    return _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(letters) // 2, 1) + letters)


def _ole(stream: bytes) -> bytes:
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")  # shorter streams live elsewhere
    count = len(stream) // 512
    fat = [0xFFFFFFFD, end, *range(3, count + 2), end]
    assert len(fat) <= 128
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *([free] * 108))

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        letters = (name + "\0").encode("utf-16-le")
        said = letters.ljust(64, b"\0") + struct.pack("<HBBIII", len(letters), kind, 1, free, free, child)
        return said + b"\0" * 36 + struct.pack("<IQ", start, size)

    directory = entry("Root Entry", 5, 1, end, 0) + entry("Workbook", 2, free, 2, len(stream)) + b"\0" * 256
    return header + struct.pack("<128I", *fat, *([free] * (128 - len(fat)))) + directory + stream
