"""Inside an installation, in a process of its own: a case is closed and destroyed, and everything is tried on what is
left of it. Each verb answers in one line of JSON."""

import json
import sys
from typing import Any
from uuid import UUID

import django

django.setup()

from django.apps import apps
from django.db import connection

from kalka.access import services as access
from kalka.cases import services as cases
from kalka.cases.models import Case, Incident, Participant
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.custody import services as custody
from kalka.files.models import Frame
from kalka.people.models import Identifier
from kalka.vault import crypto, erasing, keys
from kalka.vault.classes import Klass
from kalka.vault.crypto import Refused
from kalka.vault.fields import SealedField
from kalka.vault.models import SubjectKey
from tests.security.markers import found


def erase(ref: str) -> dict[str, Any]:
    """By two persons, as the services ask for it."""
    case = Case.objects.get(ref=ref)
    subjects = [case.subject_id, case.report.subject_id]
    before, wrapped = counted(), [bytes(row.wrapped).hex() for row in of(subjects)]
    holders = tuple(access.holders_of(case.subject_id, now=clock.now()))
    worker = Actor(5, frozenset({Permission.CASE_CLOSE}), holders=holders)
    cases.mark_closed(worker, id=new_id(), case_ref=ref, why="safe", now=clock.now())
    one, other = (Actor(n, frozenset({Permission.ERASE}), post_id=n) for n in (901, 902))
    told = {"ground": "court", "paper": "12-34", "paper_on": clock.day_of(clock.now())}
    asked = custody.ask_erasure(one, id=new_id(), case_ref=ref, now=clock.now(), **told)
    done = custody.decide_erasure(other, id=new_id(), erasure_id=asked.pk, agreed=True, now=clock.now())
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    same = before == counted()
    return {"gone": done.keys, "wrapped": wrapped, "same": same, "subjects": [one.hex for one in subjects]}


def counted() -> list[Any]:
    """Whatever statistics read of cases: codes and days."""
    return [
        sorted(map(str, Case.objects.values_list("kind", "place", "opened_on"))),
        sorted(map(str, Participant.objects.values_list("part", "relation"))),
        Incident.objects.count(),
    ]


def of(subjects: list[UUID]) -> Any:
    return SubjectKey.objects.filter(subject_id__in=subjects).exclude(klass=erasing.STONE)


def try_everything(*subjects: str) -> dict[str, Any]:
    """Every data key that any key-encryption key here opens, on every sealed byte of these subjects."""
    mine = [UUID(one) for one in subjects]
    rows = list(SubjectKey.objects.exclude(klass=erasing.STONE))
    passage = keys.Passage(frozenset(row.subject_id for row in rows), frozenset(Klass))
    known = keys.unlock_stored(passage, rows)
    data_keys = [known.bytes_key(row.subject_id, Klass(row.klass)) for row in rows]
    tried, opened = 0, b""
    for blob, context in sealed(mine):
        for key in data_keys:
            tried += 1
            try:
                opened += crypto.unseal(key, blob, context)
            except Refused:
                continue
    return {
        "tried": tried,
        "opened": len(opened),
        "words": len(found(opened)),
        "keys": of(mine).count(),
        "stones": SubjectKey.objects.filter(subject_id__in=mine, klass=erasing.STONE).count(),
        "frames": Frame.objects.count(),
        "identifiers": Identifier.objects.filter(subject_id__in=mine).count(),
        "seen_by": sum(len(access.holders_of(one, now=clock.now())) for one in mine),
    }


def sealed(subjects: list[UUID]) -> Any:
    for model in apps.get_models():
        columns = [field.name for field in model._meta.concrete_fields if isinstance(field, SealedField)]
        if not columns or not any(field.name == "subject_id" for field in model._meta.concrete_fields):
            continue
        for row in model._default_manager.filter(subject_id__in=subjects):
            for name in columns:
                if blob := getattr(row, name).blob:
                    yield blob, keys.context(model, row.pk, name)


if __name__ == "__main__":
    verb, *words = sys.argv[1:]
    print(json.dumps({"erase": erase, "try": try_everything}[verb](*words)))
