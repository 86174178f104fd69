"""Whether two people of two files are one: said by each side, with a reason, and taken back by saying otherwise."""

from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import DomainError, Stale
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.core.sight import beyond
from kalka.duties import services as duties
from kalka.people import pairing, pairs
from kalka.people.models import Joining, Pair, PairWord
from kalka.people.rules.same import Says, Side, asks_next, joined
from kalka.vault.classes import Klass
from kalka.vault.rows import repeated, written


@command("people.find_pairs", needs=Permission.SYSTEM)
def find_pairs(actor: Actor, *, now: datetime) -> tuple[Pair, ...]:
    """Look through all files. Walls that were put up since stand before the pairs that wait as well."""
    made = pairing.look_through(now=now)
    waiting = Pair.objects.exclude(pk__in=PairWord.objects.filter(says=Says.OTHER).values("pair_id"))
    pairing.shut_out(waiting.order_by("-at")[: pairing.AT_ONCE * 5], now=now)
    return tuple(made)


@command("people.say_of_pair", needs=Permission.CASE_WORK)
@beyond()
def say_of_pair(
    actor: Actor,
    *,
    id: UUID,
    pair_id: UUID,
    says: Says,
    reason: str,
    named: bool = False,
    seen: str | None = None,
    now: datetime,
) -> PairWord:
    """The word of the side, or of both, whose file the actor sees. Once both say "same" they count as one person.

    Refuses `people.pair_reason_missing`, `people.pair_said_already`, `people.pair_said_meanwhile` where
    the own side has said more than was `seen`, and as unknown a pair the actor may not know of.
    """
    pair, mine = pairs.spoken_for(actor, pair_id, now=now)
    if again := repeated(PairWord, actor, id=id, content=[pair_id, says, reason, named]):
        return again
    if seen is not None and seen != pairs.version(pair, mine):
        raise Stale("people.pair_said_meanwhile")
    if not reason.strip():
        raise DomainError("people.pair_reason_missing", field="reason")
    before = pairs.latest(pair)
    if all(before.get(side) is says for side in mine):
        raise DomainError("people.pair_said_already")
    words = [
        _word(actor, id if not place else new_id(), pair, side, says, reason, named, now)
        for place, side in enumerate(sorted(mine))
    ]
    _follow(actor, pair, mine, now)
    return words[0]


def _word(
    actor: Actor, id: UUID, pair: Pair, side: Side, says: Says, reason: str, named: bool, now: datetime
) -> PairWord:
    """Sealed in the file of the side: the other side reads what was said, and never why."""
    file, _subject = pairing.sides(pair)[side]
    word = PairWord(
        **written(actor, id=id, subject_id=file, content=[pair.pk, says, reason, named], now=now),
        pair=pair,
        side=side,
        number=PairWord.objects.filter(pair=pair, side=side).count() + 1,
        says=says,
        named=named,
    )
    access.keys_for(actor, file, now=now, klasses=[Klass.NARRATIVE]).put(word, "reason", reason)
    word.save(force_insert=True)
    return word


def _follow(actor: Actor, pair: Pair, spoken: frozenset[Side], now: datetime) -> None:
    said = pairs.latest(pair)
    waits = asks_next(said)
    for side, (_file, subject) in pairing.sides(pair).items():
        if side in spoken or side not in waits:
            duties.end_for(pairing.DUTY, subject_id=subject, actor=actor, now=now)
        if side in waits:
            pairing.ask(pair, side, now=now)
    last = Joining.objects.filter(pair=pair).order_by("-number").first()
    if joined(said) != bool(last and last.joined):
        Joining.objects.create(
            pair=pair,
            number=last.number + 1 if last else 1,
            joined=joined(said),
            author_id=actor.user_id,
            post_id=actor.post_id,
            at=now,
        )
