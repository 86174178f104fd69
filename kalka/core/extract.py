"""How statistics take lines out of the tables of a module: by key, in batches, on from a cursor.

Codes and days leave; ids do not. A batch carries the key of its last row, so that a copy that broke off goes on there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import models

from kalka.core.clock import BISHKEK

F = TypeVar("F")
BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Extract:
    """Rows written down before a moment about what happened before a day; of some subjects alone, where given, and
    without some that are no real files."""

    before: datetime
    until: date
    salt: bytes = field(repr=False)
    subjects: frozenset[UUID] | None = None
    after: str = ""
    size: int = BATCH
    without: frozenset[UUID] = field(default=frozenset(), repr=False)

    @property
    def end(self) -> datetime:
        """The first moment that is no longer asked about."""
        return datetime.combine(self.until, time.min, tzinfo=BISHKEK)


@dataclass(frozen=True, slots=True)
class Batch(Generic[F]):
    cursor: str
    rows: tuple[F, ...]


def pages(rows: "models.QuerySet[Any]", extract: Extract, *columns: str) -> Iterator[list[tuple[Any, ...]]]:
    """`columns` after the key, which comes first. One statement a page, whatever the table holds."""
    rows = rows.filter(recorded_at__lt=extract.before)
    if extract.subjects is not None:
        rows = rows.filter(subject_id__in=extract.subjects)
    if extract.without:
        rows = rows.exclude(subject_id__in=extract.without)
    last = UUID(extract.after) if extract.after else None
    while True:
        page = rows if last is None else rows.filter(pk__gt=last)
        found = list(page.order_by("pk").values_list("pk", *columns)[: extract.size])
        if found:
            last = found[-1][0]
            yield found
        if len(found) < extract.size:
            return
