"""Finding two people of two files who may be one, and telling whoever may know. Called inside commands alone.

The older file is asked first, and only by what it says does the newer one learn anything: otherwise writing a number
into a file of one's own would tell whether somebody helps the woman it belongs to.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count

from kalka.access import selectors as access
from kalka.access import services as grants
from kalka.core import commands
from kalka.core.clock import day_of
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.core.sight import beyond
from kalka.directory import selectors as directory
from kalka.directory.roles import ROLES
from kalka.duties import services as duties
from kalka.people.identifiers import pairing_macs
from kalka.people.models import Appearance, Identifier, Pair, Person
from kalka.people.rules import NewPerson
from kalka.people.rules.same import How, Side
from kalka.vault.blind import Kind

DUTY, WHY = "people.possible_duplicate", "pair"
TERM = timedelta(days=3)  # an internal rule
TOO_MANY = 20  # people with one digest: a number that was filled in for want of another
AT_ONCE = 200
HOW: Mapping[str, How] = {Kind.PIN: How.PIN, Kind.BORN: How.BORN, Kind.NAMED: How.PHONE}


@beyond()
def look_for(person_id: UUID, told: NewPerson, *, now: datetime) -> None:
    """Somebody was written down or corrected. Done last in the command: by then the part in the file is known."""
    if digests := pairing_macs(told):
        same = Identifier.objects.filter(mac__in=list(digests)).values_list("mac", "person_id")
        found = defaultdict(set)
        for digest, other in same:
            found[bytes(digest)].add(other)
        for digest, people in found.items():
            propose(people | {person_id}, HOW[digests[digest]], now=now)


def look_through(*, now: datetime) -> list[Pair]:
    """All files: whoever has what somebody else has. At most so many digests at once; the next look finds the rest."""
    kinds = Identifier.objects.filter(kind__in=list(HOW)).values("mac", "kind")
    several = kinds.annotate(people=Count("person")).filter(people__gt=1, people__lte=TOO_MANY)
    known = set(Pair.objects.values_list("first_id", "second_id"))
    made: list[Pair] = []
    for digest, kind, people in several.values_list("mac", "kind", "people").order_by("mac").iterator():
        same = set(Identifier.objects.filter(mac=digest).values_list("person_id", flat=True))
        if len(made) >= AT_ONCE:
            break
        if sum(one in same and other in same for one, other in known) < people - 1:
            made += propose(same, HOW[kind], now=now)
    return made


@beyond()
def propose(people: Collection[UUID], how: How, *, now: datetime) -> list[Pair]:
    """Each of them with the one in the oldest file. Nothing where one is said to have done it and the other is not: to
    whom that would be told, it could tell too much."""
    _inside_a_command()
    if not 1 < len(people) <= TOO_MANY:
        return []
    rows = list(Person.objects.filter(pk__in=people).order_by("recorded_at", "pk"))
    accused = set(
        Appearance.objects.filter(person__in=people, part="alleged", ended_at=None).values_list("person_id", flat=True)
    )
    there = _paired(people)
    made = []
    for alike in ([one for one in rows if one.pk in accused], [one for one in rows if one.pk not in accused]):
        for one in alike[1:]:
            if one.subject_id != alike[0].subject_id and frozenset({alike[0].pk, one.pk}) not in there:
                made.append(_pair(alike[0], one, how, now))
    return made


@beyond()
def ask(pair: Pair, side: Side, *, now: datetime, at_once: bool = False, within: timedelta = TERM) -> int | None:
    """A duty for a post that works on the file of that side; none where nobody does who may know of both. Returns whose
    it became by this; None where it stood so already."""
    _inside_a_command()
    file, subject = sides(pair)[side]
    post_id = _who_may_know(file, walled(pair), now)
    if post_id is None:
        return None
    duty = duties.assign(
        DUTY,
        subject_id=subject,
        post_id=post_id,
        due_at=now + within,
        basis=None,
        now=now,
        about=str(pair.pk),
        at_once=at_once,
    )
    return duty.assignee_id if duty.recorded_at == now else None


@beyond()
def shut_out(pairs: Iterable[Pair], *, now: datetime) -> int:
    """Whoever is shut out of one of the two files is shut out of the question. Returns how many walls were put up."""
    return sum(
        grants.wall(subject, user, why=WHY, now=now)
        for pair in pairs
        for user in sorted(walled(pair))
        for _file, subject in sides(pair).values()
    )


def sides(pair: Pair) -> dict[Side, tuple[UUID, UUID]]:
    """The file of each side, and the subject of its duty."""
    return {Side.FIRST: (pair.first_file, pair.first_side), Side.SECOND: (pair.second_file, pair.second_side)}


def _pair(first: Person, second: Person, how: How, now: datetime) -> Pair:
    pair = Pair(first=first, second=second, first_file=first.subject_id, second_file=second.subject_id, how=how, at=now)
    pair.save(force_insert=True)
    shut_out([pair], now=now)
    ask(pair, Side.FIRST, now=now)
    return pair


def _paired(people: Collection[UUID]) -> set[frozenset[UUID]]:
    known = Pair.objects.filter(first__in=people, second__in=people)
    return {frozenset(two) for two in known.values_list("first_id", "second_id")}


def walled(pair: Pair) -> frozenset[int]:
    return access.walled_users(pair.first_file) | access.walled_users(pair.second_file)


def _who_may_know(file: UUID, shut: frozenset[int], now: datetime) -> int | None:
    """The post that has worked on the file for longest, with somebody in it whom no wall shuts out of either file."""
    held = (holder.removeprefix("post:") for holder in access.keepers(file, now=now) if holder.startswith("post:"))
    ids = [int(one) for one in held]
    posts = directory.posts(ids)
    for post_id in ids:
        works = post_id in posts and Permission.CASE_WORK in ROLES[posts[post_id].role].permissions
        if works and set(directory.holders_of(post_id, day_of(now))) - shut:
            return post_id
    return None


def _inside_a_command() -> None:
    if not commands.inside():
        raise AccessDenied("people.outside_a_command")
