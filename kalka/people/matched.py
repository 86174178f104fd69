"""Who may be in two files, for a job that knows what runs in one of them. Tells nobody what is in either."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.core.sight import beyond
from kalka.people import pairing
from kalka.people.identifiers import SHIELDED
from kalka.people.models import Appearance, Pair, PairWord
from kalka.people.rules.same import Says, Side, asks_next

AT_ONCE = timedelta(hours=1)  # an internal rule


@dataclass(frozen=True, slots=True)
class Match:
    """`walled`: who is shut out of one of the two files, and so learns of the other from nobody."""

    pair: Pair
    older: UUID  # its file
    newer: UUID
    said: Mapping[Side, Says] = field(default_factory=dict)
    walled: frozenset[int] = frozenset()

    @property
    def confirmed(self) -> bool:
        """Somebody who works on one of the files says that it is one person, and nobody that it is not."""
        return Says.SAME in self.said.values() and Says.OTHER not in self.said.values()


def lately(actor: Actor, *, since: datetime) -> Iterator[Match]:
    """Pairs that came up since, or of which something was said since, of people whom both files protect. Jobs alone."""
    if not actor.may(Permission.SYSTEM):
        raise AccessDenied("core.not_permitted")
    with beyond():
        spoken = PairWord.objects.filter(recorded_at__gte=since).values("pair_id")
        found = list(Pair.objects.filter(Q(at__gte=since) | Q(pk__in=spoken)).order_by("at", "pk"))
        people = {one for pair in found for one in (pair.first_id, pair.second_id)}
        parts = Appearance.objects.filter(person__in=people, part__in=SHIELDED, ended_at=None)
        shielded = set(parts.values_list("person_id", flat=True))
        said: dict[UUID, dict[Side, Says]] = defaultdict(dict)
        words = PairWord.objects.filter(pair__in=found).order_by("number")
        for pair_id, side, says in words.values_list("pair_id", "side", "says"):
            said[pair_id][Side(side)] = Says(says)
    for pair in found:
        if {pair.first_id, pair.second_id} <= shielded:
            yield Match(pair, pair.first_file, pair.second_file, said[pair.pk], pairing.walled(pair))


def ask_at_once(match: Match, *, now: datetime) -> Iterator[tuple[int, UUID]]:
    """Whoever is asked anyway is asked above all else of today; nobody else is, and nobody why. The posts that were not
    asked so before, each with the subject of its duty."""
    for side in asks_next(match.said):
        post_id = pairing.ask(match.pair, side, now=now, at_once=True, within=AT_ONCE)
        if post_id is not None:
            yield post_id, pairing.sides(match.pair)[side][1]
