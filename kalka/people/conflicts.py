"""Members of staff who are in a file themselves: as whoever is said to have done it, as kin, or under the same roof.

They are found by keyed digests in both directions, when a person is written down and when somebody tells who they are.
Nobody is told who it is; whoever it is learns nothing at all.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import partial
from uuid import UUID

from kalka.access import selectors as access
from kalka.access import services as grants
from kalka.accounts import marks
from kalka.core import commands
from kalka.people.identifiers import macs_of, subjects_with
from kalka.people.rules import NewPerson

MATCHED = "matched"


def shut_out_of(subject_id: UUID, told: NewPerson, *, now: datetime) -> None:
    """Somebody was written into a file. Done last in the command, for it may be its own actor."""
    if digests := macs_of(told):
        commands.at_last(partial(_walls, {subject_id}, digests, now))


def recognise(user_id: int, told: NewPerson, *, now: datetime) -> frozenset[UUID]:
    """A member of staff tells who they are. Returns the files they see nothing of from now on."""
    digests = macs_of(told)
    marks.keep(user_id, {digest: str(kind) for digest, kind in digests.items()}, now=now)
    subjects = frozenset().union(*subjects_with(digests).values())
    return _walled(subjects, {user_id}, now)


def _walls(subject_ids: Collection[UUID], digests: Iterable[bytes], now: datetime) -> None:
    if users := marks.users_with(digests):
        _walled(subject_ids, users, now)


def _walled(subject_ids: Collection[UUID], user_ids: Collection[int], now: datetime) -> frozenset[UUID]:
    """Not again where two persons took a wall away: that these are not the same was decided."""
    lifted = access.lifted_users(subject_ids)
    pairs = {(subject, user) for subject in subject_ids for user in user_ids} - lifted
    new = {subject for subject, user in sorted(pairs) if grants.wall(subject, user, why=MATCHED, now=now)}
    return frozenset(new)
