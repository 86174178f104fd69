"""Many cases at once: one is made by the commands, its rows are copied under new ids and sealed anew under new keys.

So every row is what the commands write, and the loader knows no module's columns.
"""

import json
import secrets
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

import django

django.setup()

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, models, transaction

from kalka.accounts.models import Session, User
from kalka.accounts.rules import Stage
from kalka.accounts.services import open_session
from kalka.cases import selectors as case_list
from kalka.cases import services as cases
from kalka.cases.models import Case
from kalka.cases.rules import NewIncident, NewNote, Part
from kalka.core import clock, messages, root
from kalka.core.actors import Actor
from kalka.core.refs import new_id, new_ref
from kalka.demo.staffing import Member, staff
from kalka.followup import services as followup
from kalka.followup.rules import NewVisit
from kalka.intake import services as intake
from kalka.intake.rules import NewReport
from kalka.orders import services as orders
from kalka.orders.numbers import number_key
from kalka.orders.rules import NewOrder, Numbered
from kalka.people.rules import Contact, Name, NewPerson
from kalka.vault import keys as vault
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.models import SubjectKey
from tools.bench.plain import FIGURES, INDEX, TABLE, TOLD

Model = type[models.Model]
BATCH = 500
KEPT_OPEN = 40  # of the copies, so many have duties standing: a post with thousands of open duties is no post
NUMBER = "Б-2026-004711"
ELSEWHERE = {"core", "accounts", "vault"}  # rows with a subject that are no part of a file


def prepare() -> None:
    """As `kalka prepare`; also where no migrations are cut yet."""
    settings.DATA.mkdir(parents=True, exist_ok=True)
    if not settings.ROOT_KEY_FILE.exists():
        root.create(settings.ROOT_KEY_FILE)
    messages.compile_all(settings.LOCALE_PATHS[0])
    call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    vault.ensure_keks()


def template(members: dict[str, Member], n: str, now: datetime) -> list[UUID]:
    """A case of one of the demo's three territories: its subjects."""
    worker, inspector = members[f"sotsial{n}"].actor, members[f"inspektor{n}"].actor
    day, soon = clock.day_of(now), now + timedelta(seconds=1)
    told = NewReport(danger="unsure", told_on=day, what=TOLD, place=worker.place)
    report = intake.receive_report(members[f"katchy{n}"].actor, id=new_id(), told=told, now=now)
    woman = NewPerson(sex="f", names=(Name("Токтосунова", "Гүлнара"),), contact=Contact(phone="+996555121234"))
    case = cases.open_case(worker, id=new_id(), report_id=report.id, protected=woman, now=now)
    man = NewPerson(sex="m", names=(Name("Токтосунов", "Эркин"),), band="35-44")
    cases.add_participant(
        worker, id=new_id(), case_ref=case.ref, person=man, part=Part.ALLEGED, relation="spouse", now=soon
    )
    for text in ("Сүйлөштүк. ", "Кайра чалды. ", "Жардам берилди. "):
        cases.write_note(worker, id=new_id(), case_ref=case.ref, told=NewNote(circle="team", text=text * 9), now=soon)
    happened = NewIncident(on=day, forms=("physical",), what="Урду. " * 20)
    cases.record_incident(worker, id=new_id(), case_ref=case.ref, told=happened, now=soon)
    visited = NewVisit(visited_at=now, found="both", told="Экөө менен сүйлөштүм.")
    followup.log_visit(inspector, id=new_id(), case_ref=case.ref, told=visited, now=soon)
    return [report.subject_id, case.subject_id]


class Copier:
    """The rows of one file, opened, and copies of them under new ids and keys."""

    def __init__(self, subjects: list[UUID]) -> None:
        self.stored = list(SubjectKey.objects.filter(subject_id__in=subjects))
        keys = vault.unlock_stored(vault.Passage(frozenset(subjects), frozenset(Klass)), self.stored)
        self.rows: list[tuple[models.Model, dict[str, Any]]] = []
        for model in _in_order():
            sealed = [f.attname for f in model._meta.concrete_fields if isinstance(f, SealedField)]
            for row in model._default_manager.filter(subject_id__in=subjects):
                self.rows.append((row, {name: keys.get(row, name) for name in sealed}))
        ids: set[object] = {row.pk for row, _ in self.rows if isinstance(row.pk, UUID)} | set(subjects)
        self.changing = [*ids, *(row.ref for row, _ in self.rows if isinstance(row, Case))]

    def copy(self, *, standing: bool) -> list[models.Model]:
        new: dict[Any, Any] = {old: new_id() if isinstance(old, UUID) else new_ref() for old in self.changing}
        made, keys = self._keys(new)
        return [*made, *(self._row(row, opened, new, keys, standing) for row, opened in self.rows)]

    def _keys(self, new: dict[Any, Any]) -> tuple[list[models.Model], vault.Keys]:
        drawn = {(new[row.subject_id], Klass(row.klass)): secrets.token_bytes(32) for row in self.stored}
        wrapped = {of: vault.wrapped(*of, key) for of, key in drawn.items()}
        rows = [SubjectKey(subject_id=s, klass=klass, wrapped=key) for (s, klass), key in wrapped.items()]
        return list(rows), vault.Keys(drawn)

    def _row(
        self,
        row: models.Model,
        opened: dict[str, Any],
        new: dict[Any, Any],
        keys: vault.Keys,
        standing: bool,
    ) -> models.Model:
        made = type(row)()
        for field in row._meta.concrete_fields:
            if field.attname not in opened:
                setattr(made, field.attname, _changed(getattr(row, field.attname), new))
        if not isinstance(row.pk, UUID):
            made.pk = None
        if not standing and row._meta.label == "duties.Duty":
            made.ended_at = made.ended_at or made.recorded_at  # type: ignore[attr-defined]  # a Duty
        for name, value in opened.items():
            if value is not None:
                keys.put(made, name, value)
        return made


def _changed(value: Any, new: dict[Any, Any]) -> Any:
    """The same with the new ids; a text may hold a reference or an id among its words."""
    if isinstance(value, UUID):
        return new.get(value, value)
    if isinstance(value, str) and len(value) >= 10:
        for old, one in new.items():
            value = value.replace(str(old), str(one))
    return value


def _in_order() -> list[Model]:
    """Models that hold rows of a file, those pointed at first."""
    left = [m for m in apps.get_models() if "subject_id" in {f.name for f in m._meta.concrete_fields}]
    left = [m for m in left if m._meta.app_label not in ELSEWHERE]
    order: list[Model] = []
    while left:
        ready = [m for m in left if not (_points_at(m) & set(left) - {m})]
        order += ready
        left = [m for m in left if m not in ready]
    return order


def _points_at(model: Model) -> set[Model]:
    return {f.related_model for f in model._meta.concrete_fields if f.is_relation}  # type: ignore[misc]  # models all


def copies(copiers: list[Copier], size: int) -> Iterator[list[models.Model]]:
    for n in range(size):
        yield copiers[n % len(copiers)].copy(standing=size - n <= KEPT_OPEN)


def load(size: int) -> dict[str, Any]:
    """Fill an empty database. Returns what the measuring needs: tokens, a reference, a territory."""
    prepare()
    now = clock.now()
    members = staff(now)
    copiers = [Copier(template(members, n, now)) for n in ("", "2", "3")]
    source, begun = copies(copiers, size), time.perf_counter()
    while batch := list(islice(source, BATCH)):
        by_model: dict[Model, list[models.Model]] = {}
        for row in (row for rows in batch for row in rows):
            by_model.setdefault(type(row), []).append(row)
        with transaction.atomic():
            for model, rows in by_model.items():
                model._default_manager.bulk_create(rows)
    seconds = round(time.perf_counter() - begun, 1)
    plain()
    return told(members, now) | {"seconds": seconds}


def plain() -> None:
    """The table of the bare view: the same rows, open."""
    with connection.cursor() as cursor:
        for statement in (TABLE, INDEX, FIGURES):
            cursor.execute(statement)
        same = "SELECT id, ref, place, opened_on, 'yes', 'visit', %s, '', 'open' FROM cases_case"
        cursor.execute(f"INSERT INTO bench_plain {same}", [TOLD])
        cursor.execute("INSERT INTO bench_figure SELECT place, COUNT(*) FROM cases_case GROUP BY place")
        cursor.execute("ANALYZE")


def told(members: dict[str, Member], now: datetime) -> dict[str, Any]:
    """What the measuring needs: sessions, a case, a number, and where the next page begins."""
    worker = members["sotsial"].actor
    listed = case_list.list_cases(worker, now=now)
    ref = listed.lines[0].ref
    registered = NewOrder(issued_at=now, numbered=Numbered(members["inspektor"].actor.organisation_id or 0, NUMBER))
    orders.register_order(members["inspektor"].actor, id=new_id(), case_ref=ref, told=registered, now=now)
    return {
        "cases": Case.objects.count(),
        "ref": ref,
        "after": listed.following,
        "place": worker.place,
        "post": worker.post_id,
        "number": NUMBER,
        "number_key": number_key(NUMBER).hex(),
        "indicator": "cases_opened",
        "export": "/statistics/everything/",
        "export_rows": 100_000,
        "worker": token(worker),
        "secretary": token(members["katchy"].actor),
        "inspector": token(members["inspektor"].actor),
        "analyst": token(members["analitik"].actor),
    }


def token(actor: Actor) -> str:
    opened = open_session(User.objects.get(id=actor.user_id), stage=Stage.FULL, now=clock.now())
    Session.objects.filter(user_id=actor.user_id).update(post_id=actor.post_id)
    return opened.token


if __name__ == "__main__":
    world = load(int(sys.argv[1]))
    Path(sys.argv[2]).write_text(json.dumps(world), encoding="utf-8")
