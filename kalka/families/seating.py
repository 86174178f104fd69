"""What the steps of this module cause: a seat in the pair, the duty of the next contact. Inside commands only."""

from datetime import date, datetime

from kalka.core.actors import Actor
from kalka.core.refs import derived
from kalka.duties import services as duties
from kalka.families.means import CONTACT, end_of
from kalka.families.models import FamilyAtRisk, Seat
from kalka.notices import services as notices
from kalka.vault.rows import written

ASKED = "family_asked"


def seat(actor: Actor, family: FamilyAtRisk, post_id: int, *, taken: datetime | None, now: datetime) -> Seat:
    id = derived(family.pk, f"seat {post_id} {now.isoformat()}")
    made = Seat(
        **written(actor, id=id, subject_id=family.subject_id, content=[post_id], now=now),
        family=family,
        case_ref=family.case_ref,
        holder_id=post_id,
        taken_at=taken,
    )
    made.save(force_insert=True)
    if taken is None:
        notices.alert(post_id, ASKED, subject_id=family.subject_id, now=now)
    return made


def seats(family: FamilyAtRisk) -> list[Seat]:
    """Those that stand, of a family that was found through the actor's own sight."""
    return list(Seat.objects.filter(family=family, left_at=None).order_by("recorded_at", "id"))


def next_contact(actor: Actor, family: FamilyAtRisk, on: date | None, *, now: datetime) -> None:
    """The duty of whoever agreed on the day. It stays with them: whoever leads a committee is a neighbour too."""
    duties.end_for(CONTACT, subject_id=family.subject_id, now=now, actor=actor)
    if on is not None and actor.post_id is not None:
        duties.assign(
            CONTACT,
            subject_id=family.subject_id,
            post_id=actor.post_id,
            due_at=end_of(on),
            basis=None,
            now=now,
            about=family.case_ref,
            answered=True,
        )
