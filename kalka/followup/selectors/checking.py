"""What was written down of visits, for whoever answers for those who make them: codes and times alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from kalka.access import selectors as access
from kalka.core import audit, sight
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.core.refs import show_ref
from kalka.directory import selectors as directory
from kalka.followup.models import Visit, VisitSaid
from kalka.followup.odd import Entry, Odd, oddities
from kalka.followup.rules import MET

LATELY = timedelta(days=30)
MOST = 200


@dataclass(frozen=True, slots=True)
class EntryLine:
    """`seen`: the file is shown to whoever reads this."""

    case_ref: str
    post_id: int | None
    visited_at: datetime
    recorded_at: datetime
    found: str
    said: str
    odd: tuple[Odd, ...]
    seen: bool

    @property
    def ref(self) -> str:
        return show_ref(self.case_ref)


@dataclass(frozen=True, slots=True)
class Entries:
    lines: tuple[EntryLine, ...]

    @property
    def odd(self) -> tuple[EntryLine, ...]:
        return tuple(one for one in self.lines if one.odd)

    @property
    def not_found(self) -> tuple[EntryLine, ...]:
        """The last visit of each file, where she was not met."""
        last: dict[str, EntryLine] = {}
        for one in self.lines:
            last.setdefault(one.case_ref, one)
        return tuple(one for one in last.values() if one.found not in MET)


def entries(actor: Actor, *, now: datetime) -> Entries:
    """Of the last 30 days, the one written down last first: by posts of the actor's own office, and in files shown.

    Nothing of a file the actor is walled off from, and nothing of what she says of the actor's own visits. One read
    entry.
    """
    if not actor.may(Permission.VISIT_CHECK):
        raise AccessDenied("core.not_permitted")
    own = [post.id for post in directory.posts_at(actor.organisation_id or 0)]
    shown = access.visible(actor, Visit.objects.all(), now=now).values("subject_id")
    with sight.beyond():  # codes and times of colleagues: the words stay shut
        whose = Q(post_id__in=own) | Q(subject_id__in=shown)
        rows = access.unwalled(actor, Visit.objects.filter(whose, recorded_at__gt=now - LATELY))
        visits = list(rows.order_by("-recorded_at", "-pk")[:MOST])
        others = [one for one in visits if not one.is_of(actor)]
        said = dict(
            VisitSaid.objects.filter(visit__in=others).order_by("recorded_at", "id").values_list("visit", "said")
        )
    audit.read(actor, "followup.entries", {one.subject_id for one in visits})
    seen = set(
        access.visible(actor, Visit.objects.filter(pk__in=[one.pk for one in visits]), now=now).values_list("pk")
    )
    odd = oddities(_entry(one, said.get(one.pk, "")) for one in visits)
    return Entries(tuple(_line(one, said.get(one.pk, ""), odd[one.pk], (one.pk,) in seen) for one in visits))


def _entry(visit: Visit, said: str) -> Entry:
    return Entry(
        id=visit.pk,
        post=visit.post_id,
        subject=visit.subject_id,
        visited_at=visit.visited_at,
        recorded_at=visit.recorded_at,
        late=visit.late,
        clock=visit.clock,
        found=visit.found,
        kept=visit.kept,
        said=said,
    )


def _line(visit: Visit, said: str, odd: tuple[Odd, ...], seen: bool) -> EntryLine:
    return EntryLine(
        case_ref=visit.case_ref,
        post_id=visit.post_id,
        visited_at=visit.visited_at,
        recorded_at=visit.recorded_at,
        found=visit.found,
        said=said,
        odd=odd,
        seen=seen,
    )
