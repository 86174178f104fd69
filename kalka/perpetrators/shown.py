"""One person across cases, in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from kalka.cases.listed import relation
from kalka.core.refs import show_ref
from kalka.orders import labels as orders
from kalka.perpetrators.selectors import Across, File
from kalka.proceedings import shown as proceedings
from kalka.proceedings.shown import HeldRow
from kalka.programmes import labels as programmes


@dataclass(frozen=True, slots=True)
class FileRow:
    code: str
    url: str
    file: File
    relation: object
    suffered: tuple[str, ...]
    orders: tuple[dict[str, Any], ...]
    proceedings: tuple[dict[str, Any], ...]
    custody: tuple[HeldRow, ...]
    programmes: tuple[tuple[object, object], ...]

    @property
    def is_empty(self) -> bool:
        return not (self.orders or self.proceedings or self.custody or self.programmes)


def page(found: Across, now: datetime) -> dict[str, Any]:
    return {
        "found": found,
        "ref": found.back,
        "shown_ref": show_ref(found.back),
        "files": [_file(one, now) for one in found.files],
    }


def _file(file: File, now: datetime) -> FileRow:
    return FileRow(
        code=show_ref(file.ref) if file.ref else "",
        url=reverse("desk:case", args=[file.ref]) if file.ref else "",
        file=file,
        relation=relation(file.relation) if file.relation not in ("", "unknown") else "",
        suffered=tuple(proceedings.person(one) for one in file.suffered),
        orders=tuple(
            {"line": line, "state": orders.STATES[line.state], "chip": orders.CHIPS[line.state], "breaches": breaches}
            for line, breaches in file.orders
        ),
        proceedings=tuple(proceedings.brief(line) for line in file.proceedings),
        custody=tuple(proceedings.custody(line, now) for line in file.custody),
        programmes=tuple((programmes.STEPS[line.last], line.on) for line in file.programmes),
    )
