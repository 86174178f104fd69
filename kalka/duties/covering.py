"""Who takes the duties of whom on a day: of a post nobody is in, and of one that was late for too long."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import TypeAlias

from kalka.directory import selectors as directory
from kalka.duties import quiet

Find: TypeAlias = Callable[[int, frozenset[int]], int | None]


class Covering:
    """`held`: who holds which post, where it was asked for all of them at once; else each is asked about by itself.

    A post in which everybody is `walled` off from the file is as good as vacant.
    """

    def __init__(self, on: date, held: Mapping[int, frozenset[int]] | None = None) -> None:
        self._on, self._held = on, held
        self._leads: dict[int, int | None] = {}
        self._found: dict[tuple[str, int], int | None] = {}

    def stands_in(self, post_id: int, walled: frozenset[int] = frozenset()) -> int | None:
        """Who takes the duties of a post with nobody to do them: its substitute, else the leading post.

        None while somebody can, and in a committee: what one of the two had to do is the other's, who sees it.
        """
        return self._kept("instead", self._stands_in, post_id, walled)

    def instead(self, kind: str, post_id: int, walled: frozenset[int] = frozenset()) -> int | None:
        """As `stands_in`, of a duty of a kind: what may be about a colleague's own work goes up, and not aside."""
        found = self.stands_in(post_id, walled)
        post = directory.post(found) if found else None
        return found if post is None or quiet.may_have(kind, post) else self.lead_over(post_id, walled)

    def lead_over(self, post_id: int, walled: frozenset[int] = frozenset()) -> int | None:
        """The nearest post that leads above it with somebody in it who may know; None where there is none, and in a
        committee, whoever leads it."""
        return self._kept("above", self._lead_over, post_id, walled)

    def absent(self, post_id: int, walled: frozenset[int] = frozenset()) -> bool:
        """Nobody is in the post who may know of the file: what is given to it would be done by nobody."""
        post = directory.post(post_id)
        return post is None or not post.stands(self._on) or set(self._holders(post_id)) <= walled

    def _kept(self, what: str, find: Find, post_id: int, walled: frozenset[int]) -> int | None:
        """There are as many answers as posts; with walls there are as many as files, and those are not kept."""
        if walled:
            return find(post_id, walled)
        if (what, post_id) not in self._found:
            self._found[what, post_id] = find(post_id, walled)
        return self._found[what, post_id]

    def _stands_in(self, post_id: int, walled: frozenset[int]) -> int | None:
        if directory.among_neighbours(post_id) or not self.absent(post_id, walled):
            return None
        substitute = directory.substitute_of(post_id, self._on)
        if substitute and substitute.id != post_id and not self.absent(substitute.id, walled):
            return substitute.id
        return self.lead_over(post_id, walled)

    def _lead_over(self, post_id: int, walled: frozenset[int]) -> int | None:
        if directory.among_neighbours(post_id):
            return None
        seen = {post_id}
        lead = self._lead_of(post_id)
        while lead is not None and lead not in seen:
            if not self.absent(lead, walled):
                return lead
            seen.add(lead)
            lead = self._lead_of(lead)
        return None

    def _lead_of(self, post_id: int) -> int | None:
        """As `directory.lead_of`."""
        if post_id not in self._leads:
            self._leads[post_id] = self._asked_lead(post_id)
        return self._leads[post_id]

    def _asked_lead(self, post_id: int) -> int | None:
        if self._held is None:
            found = directory.lead_of(post_id, self._on)
        else:
            leads = directory.leads_above(post_id, self._on)
            found = min(leads, key=lambda post: not self._holders(post.id), default=None)
        return found.id if found else None

    def _holders(self, post_id: int) -> Collection[int]:
        return directory.holders_of(post_id, self._on) if self._held is None else self._held.get(post_id, ())
