"""Who has a seat and who came, of rows the caller was shown or asks about on behalf of a step."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from kalka.core.sight import beyond
from kalka.programmes.models import Attendance, Enrolment, Group
from kalka.programmes.rules import Came, Step
from kalka.vault.keys import Keys


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody in a list. `missing`: the last time he did not come, and nobody knows why."""

    id: UUID
    subject_id: UUID
    ref: str
    audience: str
    setting: str
    ground: str
    on: date
    last: str
    last_at: datetime
    group: UUID | None
    runs_at: int
    came: Came
    name: str = field(default="", repr=False)

    @property
    def stands(self) -> Step:
        return Step(self.last)

    @property
    def missing(self) -> bool:
        return bool(self.came.marks) and self.came.marks[-1][0] == "unexcused"


@beyond()
def members(group: Group) -> list[Enrolment]:
    """Who has a seat in it now, the longest there first. A seat is taken also by somebody who is not shown."""
    rows = Enrolment.objects.staged().filter(Q(last=Step.PLACED, group_id=group.pk))
    return list(rows.order_by(F("last_at"), "id"))


def came(enrolment: Enrolment) -> Came:
    return came_of([enrolment.pk])[enrolment.pk]


@beyond()
def came_of(enrolments: Collection[UUID]) -> dict[UUID, Came]:
    """What holds of each session, the oldest first, of those whose rows the caller was shown. One statement."""
    rows = Attendance.objects.filter(enrolment__in=enrolments).order_by("session__on", "session", "number")
    last: dict[UUID, dict[UUID, tuple[str, str]]] = defaultdict(dict)
    for enrolment, session, how, module in rows.values_list("enrolment_id", "session_id", "how", "session__module"):
        last[enrolment][session] = (how, module)
    return {one: Came(tuple(last[one].values())) for one in enrolments}


def lines(found: "QuerySet[Enrolment]", keys: Keys | None = None) -> tuple[Line, ...]:
    """Two statements."""
    rows = list(found)
    attended = came_of([row.pk for row in rows])
    return tuple(line(row, attended[row.pk], keys) for row in rows)


def line(row: Enrolment, attended: Came, keys: Keys | None) -> Line:
    return Line(
        id=row.pk,
        subject_id=row.subject_id,
        ref=row.ref,
        audience=row.audience,
        setting=row.setting,
        ground=row.ground,
        on=row.on,
        last=row.last,
        last_at=row.last_at,
        group=row.group_id,
        runs_at=row.runs_at,
        came=attended,
        name=(keys.get(row, "name") or "") if keys is not None else "",
    )
