"""What the steps of this module cause below: who sees a hold, who is told, and what time brings."""

from datetime import datetime, timedelta
from uuid import UUID

from kalka.access import selectors as access
from kalka.access import services as grants
from kalka.core.actors import Actor, organisation_holder, post_holder
from kalka.duties import services as duties
from kalka.lawbook.book import Provision
from kalka.notices import services as notices
from kalka.shelters import bedding, selectors
from kalka.shelters.models import Hold, Place, Stay, Taking

SEEN_AFTER = timedelta(days=1)  # how long both sides still see what became of a hold
COMING, OVER, WHY = "shelter_hold", "shelter_hold_over", "shelter"
ENDS = "shelters.stay_ends"


def tell_of_hold(actor: Actor, hold: Hold, until: datetime, *, now: datetime) -> None:
    """Whoever asked and the shelter see it until a day after it is over; the posts that work there are told."""
    organisation = Place.objects.values_list("organisation_id", flat=True).get(pk=hold.taking.place_id)
    seen_until = until + SEEN_AFTER
    grants.grant(hold.subject_id, organisation_holder(organisation), why=WHY, now=now, until=seen_until)
    if actor.post_id is not None:
        grants.grant(hold.subject_id, post_holder(actor.post_id), why=WHY, now=now, until=seen_until)
    for post_id in selectors.working_posts(actor, organisation):
        notices.alert(post_id, COMING, subject_id=hold.subject_id, now=now)


def wall_as_the_case(file: UUID, about: UUID | None, *, now: datetime) -> None:
    """Whoever is shut out of the case meets neither the hold nor the stay, also where they work in the shelter."""
    for user_id in access.walled_users(about) if about else ():
        grants.wall(file, user_id, why="case", now=now)


def end_over(*, now: datetime) -> list[Taking]:
    """Holds that ran out end, and whoever asked for one is told, whoever notices first."""
    over = bedding.sweep(now=now)
    for taking in over:
        if taking.post_id is not None:
            notices.alert(taking.post_id, OVER, subject_id=taking.file, now=now)
    return over


def move_in(actor: Actor, stay: Stay, organisation_id: int, asked_by: int | None, *, now: datetime) -> None:
    """From now on the shelter alone: whoever asked for the hold sees nothing of the stay."""
    if asked_by is not None:
        grants.end_grant(stay.subject_id, post_holder(asked_by), now=now)
    grants.grant(stay.subject_id, organisation_holder(organisation_id), why=WHY, now=now)


def expect_end(actor: Actor, stay: Stay, due: datetime, law: Provision | None, *, now: datetime) -> None:
    """On the agreed day somebody says what follows."""
    assert actor.post_id is not None  # whoever takes somebody in works in a post
    duties.end_for(ENDS, subject_id=stay.subject_id, now=now, actor=actor)
    duties.assign(
        ENDS,
        subject_id=stay.subject_id,
        post_id=actor.post_id,
        due_at=due,
        basis=law if law is not None and law.is_set else None,
        now=now,
        about=str(stay.pk),
    )
