"""Who may shut somebody out, who may agree to break-glass, and what a file is that is nobody's. Pure."""

from dataclasses import dataclass
from datetime import date

from kalka.core.errors import DomainError

WALL_WHYS = ("knows", "kin", "self", "other")
LEAST_REASON = 20  # characters; fewer say nothing to whoever decides
GLASS_WAITS = 24  # hours for which a request can be agreed to


def glass_reason(reason: str) -> str:
    """Refuses with `cases.reason_short` what a second person could not judge."""
    if len(said := " ".join(reason.split())) < LEAST_REASON:
        raise DomainError("cases.reason_short", field="reason", least=LEAST_REASON)
    return said


@dataclass(frozen=True, slots=True)
class Side:
    """Of break-glass: who asks, or who may agree. `user_id` is 0 where only the post is known yet."""

    user_id: int
    post_id: int | None
    organisation_id: int | None
    leads: bool = False


def may_second(asker: Side, second: Side) -> bool:
    """Whether somebody may agree: another person, in a leading post, of another organisation."""
    elsewhere = second.organisation_id is not None and second.organisation_id != asker.organisation_id
    return second.user_id != asker.user_id and second.post_id != asker.post_id and elsewhere and second.leads


@dataclass(frozen=True, slots=True)
class NewBait:
    """A file that is nobody's: in the name of which post, and which others see it."""

    post_id: int
    place: str
    since: date
    name: str
    what: str
    sex: str = "f"
    birth_year: int | None = None
    seen_by: tuple[int, ...] = ()
