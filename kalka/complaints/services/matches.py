"""She told of it elsewhere, by her name and from another telephone: whoever says that it is she sets off her call."""

from datetime import datetime
from uuid import UUID

from kalka.cases import selectors as cases
from kalka.cases.selectors import Known
from kalka.complaints.causing import answering, heard, knowing
from kalka.complaints.coming import LOOKED_BACK
from kalka.complaints.models import Call
from kalka.complaints.rules import What
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.history import selectors as history
from kalka.intake import hers
from kalka.notices import services as notices
from kalka.orders import selectors as orders
from kalka.people import matched
from kalka.people.matched import Match


@command("complaints.hear_matches", needs=Permission.SYSTEM)
def hear_matches(actor: Actor, *, now: datetime) -> tuple[Call, ...]:
    """Violence was told of in a newer file, of somebody who may be protected by an order that ran then.

    A likeness alone is no call: the one who decides over it is asked at once. Once somebody says that it is she, it is
    her call. Of the newer file nobody learns anything: neither that there is one, nor whose; and it is told to nobody
    whom a wall shuts out of it. Once for each pair.
    """
    found = list(matched.lately(actor, since=now - LOOKED_BACK))
    there = set(Call.objects.filter(pk__in=[_id(one) for one in found]).values_list("pk", flat=True))
    new = [one for one in found if _id(one) not in there]
    newer = {one.newer for one in new}
    told = history.lately(actor, "incident", since=now - 2 * LOOKED_BACK, subjects=newer) if newer else []
    first = dict(reversed(told))
    files = cases.known(actor, {one.older for one in new if one.newer in first}, now=now)
    calls = (_heard(actor, one, files[one.older], first[one.newer], now) for one in new if one.older in files)
    return tuple(call for call in calls if call is not None)


def _id(match: Match) -> UUID:
    return derived(match.older, f"match {match.pair.pk}")


def _heard(actor: Actor, match: Match, file: Known, at: datetime, now: datetime) -> Call | None:
    eyes, subject_id = knowing(actor, file), match.older
    if not orders.runs(eyes, subject_id, now=at):
        return None
    if not match.confirmed:
        for post_id, asked in matched.ask_at_once(match, now=now):
            notices.alert(post_id, "duty_assigned", subject_id=asked, now=now)
        return None
    if not any(answering(eyes, subject_id, file.place, now, match.walled)):
        return None
    what = What.REPORT_NOW if _in_danger(actor, match.newer) else What.REPORT
    return heard(eyes, subject_id, file, id=_id(match), at=at, what=what, now=now, walled=match.walled)


def _in_danger(actor: Actor, newer: UUID) -> bool:
    return bool(hers.in_danger(actor, cases.reports(actor, [newer]).values()))
