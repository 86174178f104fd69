"""The quorum of a committee on a day: what the law book says, and nothing where it says nothing."""

from datetime import date

from kalka.lawbook.book import Law
from kalka.sittings.rules import Share, share_of

PARAMETER = "committee.quorum"


def share(on: date) -> Share | None:
    return share_of(words(on))


def words(on: date) -> str:
    """As an act words it; empty while none does."""
    found = Law(on).get(PARAMETER)
    return str(found.value) if found is not None and found.is_set else ""
