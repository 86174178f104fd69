"""The demo's own staff, and a world small enough to be written twice: five courses instead of all."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings

from kalka.core import clock
from kalka.demo.guiding import ask_by_telephone
from kalka.demo.simulate import running
from kalka.demo.simulate.casting import casts
from kalka.demo.simulate.drawing import World, world
from kalka.demo.simulate.eras import Era, eras
from kalka.demo.simulate.houses import furnish, with_keepers
from kalka.demo.simulate.numbering import Account, file_models
from kalka.demo.simulate.shapes import Shape, shapes
from kalka.demo.simulate.told import Cast
from kalka.demo.simulate.writing import Writer
from kalka.demo.staffing import Member, staff
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.keys import Passage, unlock_stored
from tests.standing import stands

FEW = ("no-case", "at-risk", "low", "order-of-three-days", "now-reported")


LEARNT: dict[tuple[Any, ...], Account] = {}  # by the process: told without people and days, it is the same for all


@pytest.fixture
def crew(db: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, Member]:
    monkeypatch.setattr(settings, "DEMO", True)
    return _crew()


@pytest.fixture
def staffed(db: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, Member]:
    """With whom a run asks for help and where it takes somebody in, for courses that are played without one."""
    monkeypatch.setattr(settings, "DEMO", True)
    return _staffed()


@stands
def _crew() -> dict[str, Member]:
    return staff(clock.now())


@stands
def _staffed() -> dict[str, Member]:
    members = staff(clock.now())
    ask_by_telephone(running.KEEPER, now=clock.now())
    furnish(posts(), since=running.SINCE)
    return members


@pytest.fixture
def forget(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """A course that some world of this process has learnt already is not played again, unless this is called."""
    learn = Writer._learn

    def known(writer: Writer, shape: Shape, era: Era, cast: Cast) -> Account:
        first = next(one for one in writer._world.casts if one.likeness == cast.likeness)
        key = (shape.key, era, cast.likeness, first.place, writer._world.until)
        if key not in LEARNT:
            LEARNT[key] = learn(writer, shape, era, cast)
        return LEARNT[key]

    monkeypatch.setattr(Writer, "_learn", known)
    return LEARNT.clear


def posts() -> tuple[Cast, ...]:
    today = clock.day_of(clock.now())
    return with_keepers(casts(today), today)


@pytest.fixture
def few(staffed: dict[str, Member], monkeypatch: pytest.MonkeyPatch) -> dict[str, Member]:
    monkeypatch.setattr(running, "shapes", _few)
    return staffed


@pytest.fixture
def nothing_yet(crew: dict[str, Member], monkeypatch: pytest.MonkeyPatch) -> dict[str, Member]:
    """As `few`, where not even a house stands."""
    monkeypatch.setattr(running, "shapes", _few)
    return crew


def _few() -> tuple[Shape, ...]:
    return tuple(one for one in shapes() if one.key in FEW)


@pytest.fixture
def whole(staffed: dict[str, Member]) -> World:
    """All courses, in the numbers of a country: drawn only, not written."""
    today = clock.day_of(clock.now())
    return world(7, 100_000, eras(date(2021, 1, 1), today), posts(), shapes(), standing=27)


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
