"""Before an order ends or he is free, she is told what is next by her own rules, and her safety plan is renewed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from kalka.cases import selectors as cases
from kalka.cases.selectors import Known
from kalka.complaints import coming as ahead
from kalka.complaints import effects
from kalka.complaints.coming import Coming
from kalka.complaints.models import Foretold
from kalka.complaints.rules import Next
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.notices import services as notices
from kalka.vault.rows import written

TELL_NEXT, RENEW = "next.tell", "plan.renew"
ROLES = ("social_worker", "crisis_worker", "window_coordinator")
CALL_US = "please_call"  # neutral: whoever reads it on her phone learns nothing
WITHIN, SOON = timedelta(hours=24), timedelta(hours=1)  # internal rules


@command("complaints.tell_next", needs=Permission.SYSTEM)
def tell_next(actor: Actor, *, now: datetime, coming: Sequence[Coming] | None = None) -> tuple[Foretold, ...]:
    """Once for each end of an order, planned release and release. She gets a neutral message by the way and at the
    hours she chose, or none; somebody outside the police has the duty to speak with her, and to renew her safety plan.

    `coming`: some of what `coming.coming_next` finds, to be kept by themselves; without it all there is, together.
    """
    found = [coming] if coming is not None else ahead.coming_next(actor, now=now)
    return tuple(row for some in found for row in _all_told(actor, some, now))


@command("complaints.tell_free", needs=Permission.SYSTEM)
def tell_free(actor: Actor, *, now: datetime) -> tuple[Foretold, ...]:
    """As `tell_next`, of those alone who are free: it is asked every minute, since nobody may have foreseen it."""
    return tuple(row for some in ahead.pieces(list(ahead.free(actor, now))) for row in _all_told(actor, some, now))


def _all_told(actor: Actor, coming: Sequence[Coming], now: datetime) -> list[Foretold]:
    told = set(
        Foretold.objects.filter(subject_id__in={one[0] for one in coming}).values_list("subject_id", "what", "until")
    )
    new = [one for one in dict.fromkeys(coming) if one not in told]
    files = cases.known(actor, {one[0] for one in new}, now=now) if new else {}
    return [_told(actor, *one, files[one[0]], now) for one in new if one[0] in files]


def _told(actor: Actor, subject_id: UUID, what: Next, until: datetime, file: Known, now: datetime) -> Foretold:
    id = derived(subject_id, f"{what} {until.isoformat()}")
    row = Foretold(
        **written(actor, id=id, subject_id=subject_id, content=[what, until.isoformat()], now=now),
        what=what,
        until=until,
    )
    row.save(force_insert=True)
    post_id = _asked(file, now)
    if post_id is not None:
        due = now + (SOON if what is Next.FREE else WITHIN)
        renewed_by = now + WITHIN
        if now < until < renewed_by:
            due, renewed_by = min(due, until), until
        effects.give(TELL_NEXT, subject_id, post_id, due, part=effects.about(file.ref, row.pk), now=now)
        effects.give(RENEW, subject_id, post_id, renewed_by, part=file.ref, now=now)
    if file.protected is not None:
        notices.tell(file.protected, subject_id, CALL_US, now)
    return row


def _asked(file: Known, now: datetime) -> int | None:
    """Whoever works on the case, before whoever answers for the place."""
    team = [file.posts[role] for role in ROLES if role in file.posts]
    return team[0] if team else next((found for role in ROLES if (found := file.post(role, now)) is not None), None)
