"""The demo's own staff, and a world small enough to be written twice: five courses instead of all."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings

from kalka.core import clock
from kalka.demo.simulate import running
from kalka.demo.simulate.casting import casts
from kalka.demo.simulate.drawing import World, world
from kalka.demo.simulate.eras import eras
from kalka.demo.simulate.numbering import file_models
from kalka.demo.simulate.shapes import shapes
from kalka.demo.staffing import Member, staff
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.keys import Passage, unlock_stored

FEW = ("no-case", "at-risk", "low", "order-of-three-days", "now-reported")


@pytest.fixture
def staffed(db: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, Member]:
    monkeypatch.setattr(settings, "DEMO", True)
    return staff(clock.now())


@pytest.fixture
def few(staffed: dict[str, Member], monkeypatch: pytest.MonkeyPatch) -> dict[str, Member]:
    monkeypatch.setattr(running, "shapes", lambda: tuple(one for one in shapes() if one.key in FEW))
    return staffed


@pytest.fixture
def whole(staffed: dict[str, Member]) -> World:
    """All courses, in the numbers of a country: drawn only, not written."""
    today = clock.day_of(clock.now())
    return world(7, 100_000, eras(date(2021, 1, 1), today), casts(today), shapes(), standing=27)


@pytest.fixture
def rows() -> Callable[[], dict[str, set[tuple[Any, ...]]]]:
    """Every row of every file, with what is sealed opened: without the bytes that are drawn anew each time."""
    return _rows


def _rows() -> dict[str, set[tuple[Any, ...]]]:
    stored = list(apps.get_model("vault", "SubjectKey").objects.all())
    keys = unlock_stored(Passage(frozenset(one.subject_id for one in stored), frozenset(Klass)), stored)
    found = {}
    for model in file_models():
        fields = [f for f in model._meta.concrete_fields if f.get_internal_type() != "BigAutoField"]
        found[model._meta.label] = {
            tuple(
                repr(keys.get(row, f.attname)) if isinstance(f, SealedField) else _plain(getattr(row, f.attname))
                for f in fields
            )
            for row in model._default_manager.all()
        }
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return bytes(value)
    return repr(value) if isinstance(value, dict | list) else value
