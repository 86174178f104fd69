"""A country with two oblasts, and rows of cases written straight into the tables: figures need many."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from kalka.cases.models import Case, Incident, Participant, StageChange
from kalka.core.actors import SYSTEM
from kalka.core.refs import new_id, new_ref
from kalka.directory.models import Organisation, Post
from kalka.intake.models import Report
from kalka.people.models import Person
from kalka.places.models import Place
from kalka.places.services import install_builtin
from kalka.statistics import tasks

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
NARYN, BATKEN, OSH = "41704000000000", "41705000000000", "41706000000000"
RAION, AIMAK = "41704245000000", "417D0410100000"
FAR_AIMAK = "417D0510100000"
AIMAKS = (AIMAK, FAR_AIMAK, "417D0610100000", "417D1110100000")
RELATIONS = ("spouse", "former_spouse", "parent", "child_in_law", "unknown")
FORMS = ("physical", "psychological", "physical,psychological", "economic", "")


def country() -> SimpleNamespace:
    """The builtin territory, with offices in three of its aimaks; the fourth has none, so nothing is known there."""
    install_builtin(SYSTEM, now=NOW, demo=True)
    posts = [_post("police_inspector", aimak) for aimak in AIMAKS[:3]]
    workers = [_post("social_worker", aimak) for aimak in AIMAKS[:3]]
    return SimpleNamespace(inspectors=posts, workers=workers, everywhere=_post("hotline_operator", "41700000000000"))


def _post(role: str, place: str) -> int:
    kind = {"police_inspector": "police", "social_worker": "social", "hotline_operator": "hotline"}[role]
    office = Organisation.objects.create(kind=kind, name={"ky": kind, "ru": kind, "en": kind}, place=place)
    return Post.objects.create(role=role, organisation=office, place=place, since=date(2020, 1, 1)).pk


def raion(code: str, oblast: str = NARYN) -> str:
    """One more raion, with one aimak of its own."""
    Place.objects.create(code=code, level="raion", parent_id=oblast, names={"ky": code, "ru": code, "en": code})
    aimak = f"{code}1"
    Place.objects.create(code=aimak, level="ayil_aimak", parent_id=code, names={"ky": aimak, "ru": aimak, "en": aimak})
    return aimak


class Writer:
    """Rows of cases as the services write them, but for what is sealed."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)
        self._rows: dict[type[Any], list[Any]] = {}

    def _row(self, subject: UUID, day: date, post: int | None) -> dict[str, Any]:
        at = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)
        return {"subject_id": subject, "author_id": 1, "post_id": post, "digest": b"", "recorded_at": at}

    def case(
        self,
        on: date,
        place: str = AIMAK,
        *,
        sex: str = "f",
        age: str = "25-34",
        relation: str = "spouse",
        forms: str = "physical",
        way: str = "call",
        post: int | None = None,
        closed: date | None = None,
        who: UUID | None = None,
        told: date | None = None,
    ) -> UUID:
        """A report, the case it led to, whom it protects, who is said to have done it, and one incident."""
        subject = new_id()
        base = self._row(subject, told or on, post)
        ref = new_ref()
        report = Report(
            **base,
            way=way,
            told_on=on,
            late=False,
            place=place,
            danger="yes",
            firsthand="yes",
            by_whom="self",
            children="no",
        )
        case = Case(**base, ref=ref, place=place, opened_on=on, report=report)
        protected = Person(**base, sex=sex, age_band=age) if who is None else None
        alleged = Person(**base, sex="m", age_band="35-44")
        self._add(report, case, *([protected] if protected else []), alleged)
        self._add(Participant(**base, case=case, person_id=who or protected.pk, part="protected"))
        self._add(Participant(**base, case=case, person=alleged, part="alleged", relation=relation))
        self._add(Incident(**base, case=case, on=on, precision="day", place=place, forms=forms))
        if closed:
            self._add(StageChange(**self._row(subject, closed, post), case=case, number=1, stage="closed", why="safe"))
        return who or protected.pk

    def many(self, number: int, first: date, days: int, aimaks: tuple[str, ...] = AIMAKS[:3]) -> None:
        """Believable only in that every code occurs and small figures do."""
        pick = self._random.choice
        for _ in range(number):
            on = first + timedelta(days=self._random.randrange(days))
            place = self._random.choices(aimaks, [2**i for i in range(len(aimaks))])[0]
            closed = on + timedelta(days=20) if self._random.random() < 0.4 else None
            self.case(
                on,
                place,
                sex=pick("ffffffm"),
                age=pick(("18-24", "25-34", "25-34", "35-44", "60+")),
                relation=pick(RELATIONS),
                forms=pick(FORMS),
                way=pick(("call", "police", "visit")),
                closed=closed,
            )

    def _add(self, *rows: Any) -> None:
        for row in rows:
            self._rows.setdefault(type(row), []).append(row)

    def write(self) -> None:
        for model in (Report, Case, Person, Participant, Incident, StageChange):
            model._default_manager.bulk_create(self._rows.pop(model, []), batch_size=500)


def cases(number: int, on: date, place: str = AIMAK, **said: Any) -> None:
    """So many cases of one day."""
    writer = Writer(number + on.toordinal())
    for _ in range(number):
        writer.case(on, place, **said)
    writer.write()


def released(now: datetime = NOW, progress: Callable[[int, int], None] | None = None) -> str:
    return tasks.release_now(SYSTEM, now=now, progress=progress)
