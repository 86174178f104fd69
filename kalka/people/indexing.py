"""Making the name index anew: at night, or when many rows wait that came after it.

It opens the name of everybody, without anybody asking: the passage for that is `kalka.access.indexing`, and no page
leads here.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Any
from uuid import UUID

from config.logs import log
from kalka.access import indexing as access
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.jobs import services as jobs
from kalka.people.models import Person, PersonChange
from kalka.people.rules import grams
from kalka.people.seen import names_of
from kalka.vault import clearing, delta
from kalka.vault.classes import Klass
from kalka.vault.crypto import Refused
from kalka.vault.keys import Keys
from kalka.vault.postings import number_of, token_of

if TYPE_CHECKING:
    from kalka.vault.making import Pairs

BATCH = 2_000  # people gathered at once, and one entry of the record
EVERY = timedelta(hours=12)
LATEST = timedelta(hours=44)  # the worker slept at night
NIGHT = range(1, 5)  # hours of Bishkek
GATHERING = 80  # of a hundred
Progress = Callable[[int, int], None]  # done, of a hundred

_COLUMNS = ("id", "subject_id", "post_id", "sex", "recorded_at", "identity")
Told = tuple[type[Person] | type[PersonChange], UUID, datetime, str, Any]  # the latest of what was told


def keep(actor: Actor, *, now: datetime) -> object:
    """What the worker does every few minutes: clear away what nobody reads, and begin a new index when it is time."""
    clearing.cleared(now)
    return begin(actor, now=now) if is_due(now) else None


def is_due(now: datetime) -> bool:
    at, until = delta.standing()
    if at is None:
        return Person.objects.exists()
    if now - at >= LATEST or delta.is_outdated() or (now - at >= EVERY and now.astimezone(clock.BISHKEK).hour in NIGHT):
        return True
    return delta.length(until) > delta.LONG


@command("people.index", needs=Permission.SYSTEM)
def begin(actor: Actor, *, now: datetime) -> object:
    """Start the work, once an hour at most."""
    at, _until = delta.standing()
    said = f"people.index|{at}|{now:%Y-%m-%dT%H}".encode()
    return jobs.start(actor, "people.index", {}, now=now, id=UUID(bytes=blake2b(said, digest_size=16).digest()))


def make(actor: Actor, *, now: datetime, progress: Progress | None = None) -> int:
    """Make the index anew and switch to it, going on with one that was not finished. Returns how many people are in it.

    Each batch holds by itself. Refused to anybody but the installation itself.
    """
    from kalka.vault import making  # with numpy, which a process that only asks whether it is time does not load

    generation = making.begun(now)
    report = progress or (lambda _done, _of: None)
    total = Person.objects.count()
    done = Person.objects.filter(pk__lte=generation.after).count() if generation.after else 0
    for pairs, after, count in _gathered(actor, generation.after):
        making.gathered(generation, pairs, after=after)
        done += count
        report(GATHERING * done // max(done, total), 100)
    making.written(generation, lambda at, of: report(GATHERING + (100 - GATHERING) * at // of, 100))
    making.switched(generation, now)
    report(100, 100)
    return done


def _gathered(actor: Actor, after: str) -> "Iterator[tuple[Pairs, str, int]]":
    """In the order of their ids. A word is taken apart once a run: what is remembered of words goes with it."""
    known: dict[str, list[int]] = {}
    while True:
        people = Person.objects.order_by("id")
        rows = list((people.filter(pk__gt=after) if after else people).values_list(*_COLUMNS)[:BATCH])
        if not rows:
            return
        keys = access.unlock_names(actor, {row[1] for row in rows})
        places = _places({row[2] for row in rows})
        latest = _latest(rows)
        after = str(rows[-1][0])
        yield _paired([(row[0], _tokens(row, latest[row[0]], places, keys, known)) for row in rows]), after, len(rows)


def _latest(rows: Sequence[tuple[Any, ...]]) -> dict[UUID, Told]:
    found: dict[UUID, Told] = {row[0]: (Person, row[0], row[4], row[3], row[5]) for row in rows}
    changes = PersonChange.objects.filter(person_id__gte=rows[0][0], person_id__lte=rows[-1][0]).order_by("number")
    for person_id, pk, at, sex, identity in changes.values_list("person_id", "id", "recorded_at", "sex", "identity"):
        if person_id in found:
            found[person_id] = (PersonChange, pk, at, sex, identity)
    return found


def _tokens(
    row: tuple[Any, ...], told: Told, places: dict[int, str], keys: Keys, known: dict[str, list[int]]
) -> set[int]:
    """Nothing of somebody whose name cannot be opened any more."""
    model, pk, at, sex, identity = told
    if not keys.has(row[1], Klass.IDENTITY):
        return set()
    try:
        opened = keys.open(model, pk, row[1], "identity", identity.blob)
    except Refused:
        log.error("a name does not open", code="people.index")
        return set()
    held: dict[str, Any] = opened or {}
    years = grams.years_of(held.get("birth_date"), held.get("birth_year"), held.get("age"), clock.day_of(at))
    place = places.get(row[2], "")
    said = grams.said_of((), years=years, sex=sex, places=[place] if place else [])
    found = {token_of(one) for one in said}
    for name in names_of(held):
        for word in name.whole.split():
            if word not in known:
                known[word] = [token_of(one) for one in grams.said_of([word])]
            found.update(known[word])
    return found


def _paired(people: Sequence[tuple[UUID, set[int]]]) -> "Pairs":
    import numpy as np

    tokens = np.fromiter((token for _id, held in people for token in held), np.uint64)
    numbers = np.repeat(
        np.array([number_of(id) for id, _held in people], np.uint64), [len(held) for _id, held in people]
    )
    return (tokens << np.uint64(32)) | numbers


def _places(post_ids: set[int | None]) -> dict[int, str]:
    """Where somebody was written down: the place of the post."""
    return {id: post.place for id, post in directory.posts(id for id in post_ids if id).items()}
