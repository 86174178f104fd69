"""Two families of one committee: one that both who are asked for work with, and one that both are asked about."""

from datetime import datetime
from uuid import UUID

from kalka.core.actors import Actor
from kalka.core.refs import new_id
from kalka.directory import selectors as directory
from kalka.families import services
from kalka.families.models import FamilyAtRisk, Seat
from kalka.families.rules import NewFamily
from kalka.vault.rows import written

Parts = dict[str, object]


def noted(by: Actor, at: datetime) -> tuple[Parts, list[UUID]]:
    """Every other post of the committee is in the second seat, or asked, so that the matrix asks them as well."""
    told = NewFamily(how="round", signs=("alcohol",))
    family, asked = (services.note_family(by, id=new_id(), told=told, now=at) for _ in range(2))
    others = [post.id for post in directory.posts_at(by.organisation_id or 0) if post.id != by.post_id]
    for post in others:
        _seat(by, family, post, at, taken=True)
    for post in (*others, by.post_id or 0):
        Seat.objects.filter(family=asked, holder=post).update(left_at=at)
        _seat(by, asked, post, at, taken=False)
    parts: Parts = {
        "families:family ref": family.case_ref,
        "families:step ref": family.case_ref,
        "families:step step": "contact",
        "families:seat ref": asked.case_ref,
    }
    return parts, [family.subject_id, asked.subject_id]


def _seat(by: Actor, family: FamilyAtRisk, post: int, at: datetime, *, taken: bool) -> None:
    row = Seat(
        **written(by, id=new_id(), subject_id=family.subject_id, content=[post], now=at),
        family=family,
        case_ref=family.case_ref,
        holder_id=post,
        taken_at=at if taken else None,
    )
    row.save(force_insert=True)
