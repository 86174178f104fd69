"""Search by name, number or phone, among the people of files the actor may see.

By name, the encrypted index says who shares the most with what is asked; of those the actor sees (and of nobody else)
the names are opened, compared and ranked here. By number the newest people the actor sees are opened and compared.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet

from kalka.access import selectors as access
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.errors import DomainError
from kalka.directory import selectors as directory
from kalka.people.identifiers import Kind, persons_with
from kalka.people.models import Person, PersonChange, Said
from kalka.people.rules import grams
from kalka.people.rules.names import EXACT, FOLDED, NEAR, Asked
from kalka.people.seen import contact_of, names_of
from kalka.places import selectors as places
from kalka.vault import erasing
from kalka.vault.classes import Klass
from kalka.vault.keys import Keys
from kalka.vault.postings import number_of, span_of, token_of

if TYPE_CHECKING:
    from kalka.vault.index import Generation, Numbers
    from kalka.vault.ranking import Ranked

LOOKED_AT = 2_000  # people; the newest of what the actor sees, when a number is asked for
OPENED = 200  # candidates by name whose names are opened
FEW = 500  # people: who sees no more has all of theirs held against the index at once
BATCHES = (300, 1_200, 4_800, 13_700)  # candidates of one question to the predicate, for those who see more
SHOWN = 50
SHORTEST, LONGEST = 2, 100
DIGITS = 6  # of a phone that are enough to find it by its end
_LOOKED_UP = """SELECT p.id, p.subject_id FROM unnest(string_to_array(%s, ' ')) WITH ORDINALITY AS a (number, place)
CROSS JOIN LATERAL (
    SELECT id, subject_id FROM people_person
    WHERE id BETWEEN (a.number || repeat('0', 24))::uuid AND (a.number || repeat('f', 24))::uuid
    ORDER BY id LIMIT 1000
) p ORDER BY a.place"""
_BETWEEN = """WITH asked (place, first, last) AS (VALUES {spans}) SELECT p.id, p.subject_id FROM asked a
JOIN people_person p ON p.id BETWEEN a.first AND a.last ORDER BY a.place"""
_ORDER = {EXACT: 0, FOLDED: 1, NEAR: 2}
Steps = Iterator[tuple[Sequence[Person], bool]]  # whom to open next, and whether there are more than those


@dataclass(frozen=True, slots=True)
class Hit:
    person_id: UUID
    subject_id: UUID
    name: str
    sex: str
    age_band: str
    how: str  # exact, folded or near


@dataclass(frozen=True, slots=True)
class Found:
    """Hits, the nearest first. `capped`: there are more people, or more hits, than were looked at or shown."""

    hits: tuple[Hit, ...] = ()
    capped: bool = False

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)


@dataclass(frozen=True, slots=True)
class Narrower:
    """What else must be so. `posts`: of the district, by whom somebody was written down; None for anywhere."""

    birth_year: int | None = None
    sex: str = ""
    places: frozenset[str] | None = None

    def allows(self, row: Said, identity: dict[str, Any], post_id: int | None) -> bool:
        if self.sex and row.sex != self.sex:
            return False
        if self.birth_year and self.birth_year not in _years(row, identity):
            return False
        return self.places is None or _place(post_id) in self.places


def search(
    actor: Actor,
    query: str,
    *,
    now: datetime,
    birth_year: int | None = None,
    sex: str = "",
    place: str = "",
) -> Found:
    """By exact words, by the folded form, and one edit away. Whom it opens at once is one entry of the record; that it
    was made is recorded by whoever gave it a purpose.

    `place`: the district of the post that wrote somebody down, or what the district lies in. Refuses less than two
    letters and more than a hundred.
    """
    query = query.strip()
    if len(query) < SHORTEST:
        raise DomainError("people.search_too_short", field="query", least=SHORTEST)
    if len(query) > LONGEST:
        raise DomainError("people.too_long", field="query", most=LONGEST)
    narrower = Narrower(birth_year, sex, frozenset(places.within(place)) if place else None)
    steps = _numbered(actor, query, now) if _is_number(query) else _nearest(actor, query, narrower, now)
    hits, capped, asked = [], False, Asked(query)
    for people, more in steps:
        hits, capped = _opened(actor, people, query, asked, narrower, now), capped or more
        if hits:
            break
    hits.sort(key=lambda hit: (_ORDER[hit.how], hit.name.casefold(), str(hit.person_id)))
    return Found(tuple(hits[:SHOWN]), capped or len(hits) > SHOWN)


def _opened(
    actor: Actor, people: Sequence[Person], query: str, asked: Asked, narrower: Narrower, now: datetime
) -> list[Hit]:
    """One entry of the record, then their names, compared."""
    if not people:
        return []
    klasses = (Klass.IDENTITY, Klass.CONTACT) if _is_number(query) else (Klass.IDENTITY,)
    keys = access.unlock(actor, {p.subject_id for p in people}, what="people.search", now=now, klasses=klasses)
    changes = PersonChange.objects.filter(person__in=[p.pk for p in people]).order_by("number")
    latest = {change.person_id: change for change in changes}
    found = (_hit(person, latest.get(person.pk, person), query, asked, narrower, keys) for person in people)
    return [hit for hit in found if hit]


def _numbered(actor: Actor, query: str, now: datetime) -> Steps:
    """Whoever has the whole number, found by its digest, whenever they were written down; else the newest, for the end
    of a phone is a number too."""
    same = [persons_with(kind, query) for kind in (Kind.PIN, Kind.PHONE)]
    exact = access.visible(actor, _not_erased().filter(Q(pk__in=same[0]) | Q(pk__in=same[1])), now=now)
    people = list(exact.order_by("-recorded_at", "id")[:LOOKED_AT])
    yield (people, False) if people else _newest(actor, now)


def _not_erased() -> QuerySet[Person]:
    """Their keys are gone: there is nothing to compare, even where somebody still has sight of the file."""
    return Person.objects.exclude(erasing.stone_of(OuterRef("subject_id")))


def _newest(actor: Actor, now: datetime) -> tuple[list[Person], bool]:
    seen = access.visible(actor, _not_erased(), now=now).order_by("-recorded_at", "id")
    people = list(seen[: LOOKED_AT + 1])
    return people[:LOOKED_AT], len(people) > LOOKED_AT


def _nearest(actor: Actor, query: str, narrower: Narrower, now: datetime) -> Steps:
    """Of whom the actor sees, who may have a slip in one word at most, and only where nobody of them has, who may have
    one in each: no more names are opened than somebody is looked for among; and whether there are more of them."""
    from kalka.vault import index  # with numpy, which a process that is never asked does not load

    pinned = index.pinned()
    few = _few(actor, now)
    partly = not pinned.is_there and (FEW + 1 if few is None else len(few)) > len(pinned.delta.people)
    ranked = _candidates(pinned, query, narrower, few)
    for numbers in (ranked.numbers[: ranked.nearer], ranked.numbers[ranked.nearer :]):
        people = _seen_of(actor, numbers, now) if few is None else _of_these(few, numbers)
        more = len(people) > OPENED or (few is None and len(numbers) > sum(BATCHES))
        yield people[:OPENED], partly or more


def _few(actor: Actor, now: datetime) -> list[UUID] | None:
    """The people the actor sees; None where they are many, which their grants tell without looking at anybody."""
    if access.sees_more_than(actor, FEW, now=now):
        return None
    found = list(access.visible(actor, Person.objects.all(), now=now).values_list("id", flat=True)[: FEW + 1])
    return found if len(found) <= FEW else None


def _candidates(pinned: "Generation", query: str, narrower: Narrower, few: Sequence[UUID] | None) -> "Ranked":
    import numpy as np

    from kalka.vault import ranking

    asked = grams.words(query)
    words = [[token_of(gram) for gram in grams.trigrams(word)] for word in asked]
    filters = [[token_of(f"{one}") for one in tokens] for tokens in _filters(narrower)]
    among = None if few is None else np.array(sorted({number_of(one) for one in few}), np.uint32)
    told = ranking.Asked(words, filters, [grams.slips(word) for word in asked])
    return ranking.candidates(told, pinned.count, pinned.lists, among=among)


def _filters(narrower: Narrower) -> Iterator[list[str]]:
    if narrower.birth_year:
        yield [grams.year_token(narrower.birth_year)]
    if sex := grams.sex_token(narrower.sex):
        yield [sex]
    if narrower.places is not None:
        yield [grams.place_token(code) for code in sorted(narrower.places)]


def _of_these(few: Collection[UUID], numbers: "Numbers") -> list[Person]:
    """Who has the numbers, in their order, one more than are opened."""
    of: dict[int, list[UUID]] = {}
    for one in few:
        of.setdefault(number_of(one), []).append(one)
    chosen = [one for number in numbers[: OPENED + 1].tolist() for one in of[number]]
    return _in_order(chosen, _not_erased().filter(pk__in=chosen)) if chosen else []


def _seen_of(actor: Actor, numbers: "Numbers", now: datetime) -> list[Person]:
    """Batch by batch, until enough are seen. Whoever is not is asked about and left out, whatever their rank."""
    chosen: list[Person] = []
    at = 0
    for size in BATCHES:
        some = numbers[at : at + size].tolist()
        if not some or len(chosen) > OPENED:
            break
        subjects = _subjects(some)
        rows = _not_erased().filter(pk__in=list(subjects))
        chosen += _in_order(subjects, access.visible_of(actor, rows, set(subjects.values()), now=now))
        at += size
    return chosen


def _in_order(ids: Iterable[UUID], rows: Iterable[Person]) -> list[Person]:
    of = {row.pk: row for row in rows}
    return [of[one] for one in ids if one in of]


def _subjects(numbers: Sequence[int]) -> dict[UUID, UUID]:
    """Everybody who has one of the numbers, in their order, and the file they are in: the number begins the id.

    One look into the key of the table for each: told that ids lie between two others, and no more, PostgreSQL expects a
    ninth of the table, and asks of everybody whether the actor may see them.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # one word for all numbers: a list is made into words one by one
            cursor.execute(_LOOKED_UP, [" ".join(f"{number:08x}" for number in numbers)])
            return dict(cursor.fetchall())
        column = Person._meta.pk  # of the same type as the file's id
        ends = [column.get_db_prep_value(end, connection) for number in numbers for end in span_of(number)]
        spans = ", ".join(f"({place}, %s, %s)" for place in range(len(numbers)))
        cursor.execute(_BETWEEN.format(spans=spans), ends)
        return {column.to_python(id): column.to_python(subject) for id, subject in cursor.fetchall()}


def _hit(person: Person, row: Said, query: str, asked: Asked, narrower: Narrower, keys: Keys) -> Hit | None:
    identity: dict[str, Any] = keys.get(row, "identity") or {}
    names = [name.whole for name in names_of(identity)]
    how = _by_number(query, identity.get("pin", ""), row, keys) or asked.among(names)
    if how is None or not narrower.allows(row, identity, person.post_id):
        return None
    name = next((name for name in names if name), "")
    return Hit(person.pk, row.subject_id, name, row.sex, row.age_band, how)


def _years(row: Said, identity: dict[str, Any]) -> Sequence[int]:
    told_on: date = clock.day_of(row.recorded_at)
    return grams.years_of(identity.get("birth_date"), identity.get("birth_year"), identity.get("age"), told_on)


def _place(post_id: int | None) -> str:
    post = directory.post(post_id) if post_id else None
    return post.place if post else ""


def _is_number(query: str) -> bool:
    return sum(c.isdigit() for c in query) >= DIGITS and not any(c.isalpha() for c in query)


def _by_number(query: str, pin: str, row: Said, keys: Keys) -> str | None:
    if not _is_number(query):
        return None
    digits = "".join(c for c in query if c.isdigit())
    if digits == pin.replace(" ", ""):
        return EXACT
    contact = contact_of(row, keys)
    held = "".join(c for c in contact.phone if c.isdigit()) if contact else ""
    # 0700 123 456 and +996 700 123 456 are one phone.
    return EXACT if held and held.endswith(digits.removeprefix("996").lstrip("0")) else None
