"""With the erasure of files: whoever is in them is taken out of all that was made to find and compare people."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from kalka.core.actors import Actor
from kalka.duties import services as duties
from kalka.people import identifiers, pairing
from kalka.people.models import Identifier, Joining, Pair, PairWord, Person
from kalka.vault import delta


def forget(actor: Actor, subject_ids: Collection[UUID], *, now: datetime) -> None:
    """Inside a command. The index of names is made anew by the worker, within minutes; until then it holds the pieces
    of the names, and finds nobody by them.

    That two people count as one goes as well: it would tell who was in the file by a file that stands.
    """
    identifiers.forget(subject_ids)
    _unpair(actor, subject_ids, now)
    delta.outdate(now)


def left_of(subject_ids: Collection[UUID]) -> set[UUID]:
    """Those of the files in which somebody can still be found by a number, or is asked about."""
    people = Person.objects.filter(subject_id__in=subject_ids)
    found = set(Identifier.objects.filter(person__in=people).values_list("subject_id", flat=True))
    for side in ("first_file", "second_file"):
        found.update(Pair.objects.filter(**{f"{side}__in": subject_ids}).values_list(side, flat=True))
    return found


def _unpair(actor: Actor, subject_ids: Collection[UUID], now: datetime) -> None:
    pairs = list(Pair.objects.filter(Q(first_file__in=subject_ids) | Q(second_file__in=subject_ids)))
    for pair in pairs:
        for _file, subject in pairing.sides(pair).values():
            duties.end_with_case(actor, subject_id=subject, now=now, erased=True)
    ids = [pair.pk for pair in pairs]
    for rows in (PairWord.objects.filter(pair__in=ids), Joining.objects.filter(pair__in=ids)):
        rows.delete()
    Pair.objects.filter(pk__in=ids).delete()
