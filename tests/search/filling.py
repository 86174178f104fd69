"""Many people of one file at once, as the commands would have written them, and an index of bare names."""

from collections.abc import Iterable, Sequence
from uuid import UUID

import numpy as np

from kalka.core.refs import new_id
from kalka.people.models import Person
from kalka.people.rules import Name, NewPerson, grams
from kalka.people.seen import put_said
from kalka.people.tests.factories import NOW, WORKER, keys
from kalka.vault import delta, making
from kalka.vault.models import IndexDelta, IndexGeneration
from kalka.vault.postings import number_of, token_of
from kalka.vault.rows import written

Names = Sequence[tuple[str, str]]


def people(subject_id: UUID, names: Names) -> list[Person]:
    """Without an index of them."""
    opened, made = keys(WORKER, subject_id), []
    for family, given in names:
        told = NewPerson(sex="f", names=(Name(family, given),))
        row = Person(
            **written(WORKER, id=new_id(), subject_id=subject_id, content=len(made), now=NOW),
            sex="f",
            age_band="unknown",
        )
        put_said(row, told, opened)
        made.append(row)
    return Person.objects.bulk_create(made, batch_size=500)


def indexed(names: Names) -> IndexGeneration:
    """The index of people who have these names and are in no table."""
    generation = making.begun(NOW)
    pairs = [
        (token_of(token) << 32) | number
        for name in names
        for number in [number_of(new_id())]
        for token in tokens_of(name)
    ]
    making.gathered(generation, np.array(pairs, np.uint64), after="")
    making.written(generation, lambda *_: None)
    making.switched(generation, NOW)
    return generation


def came_after(names: Names) -> None:
    rows = (row for name in names for row in delta.rows(new_id(), tokens_of(name)))
    IndexDelta.objects.bulk_create([IndexDelta(sealed=row) for row in rows], batch_size=500)


def tokens_of(name: Iterable[str]) -> frozenset[str]:
    return grams.said_of([" ".join(name)])
