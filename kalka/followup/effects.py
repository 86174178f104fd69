"""What a visit causes: she is asked about it, and whoever coordinates is told. Inside commands only."""

from collections.abc import Iterator
from datetime import datetime

from kalka.cases import selectors as cases
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.directory import selectors as directory
from kalka.duties import services as duties
from kalka.duties.rules import About, read_level
from kalka.followup.models import Visit
from kalka.followup.schedule import schedule
from kalka.vault.keys import fingerprint

ASK = "visit.ask"
SOCIAL, COORDINATOR, SUPERVISOR = "social_worker", "window_coordinator", "supervising_officer"


def about(visit: Visit) -> str:
    return str(About(visit.case_ref, str(visit.pk)))


def is_high(code: str) -> bool:
    """The upper half of an edition's levels. Not assessed is high: unknown is never no."""
    level = read_level(code)
    return level is None or level.is_high


def superior(of: int, *, now: datetime) -> int | None:
    """Whoever leads above a post, else the supervising officer of where it works; nobody is above themselves."""
    post = directory.post(of)
    found = directory.another_above(of, SUPERVISOR, post.place if post else "", day_of(now))
    return found.id if found else None


def coordinators(post_id: int, *, now: datetime) -> Iterator[int]:
    """Whoever coordinates where a post works, if anybody does."""
    post = directory.post(post_id)
    found = directory.responsible(COORDINATOR, post.place, day_of(now)) if post else None
    if found is not None:
        yield found.id


def ask_her(actor: Actor, visit: Visit, *, high: bool, now: datetime) -> None:
    """Of every visit at a high level and of some others, by whoever else works on the case outside the police."""
    rule = schedule().ask
    if not rule.is_asked(int.from_bytes(fingerprint(str(visit.pk), ASK)[:4], "big"), high=high):
        return
    asked = (cases.team_post(actor, visit.subject_id, role, now=now) for role in (SOCIAL, COORDINATOR))
    post_id = next((one for one in asked if one is not None and one != visit.post_id), None)
    if post_id is not None:
        duties.assign(
            ASK,
            subject_id=visit.subject_id,
            post_id=post_id,
            due_at=now + rule.within,
            basis=None,
            now=now,
            about=about(visit),
        )
