"""How assessments are kept: shares by institution, of nobody in particular."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, Sum

from kalka.core import sight
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.duties import selectors as duties
from kalka.places import selectors as places
from kalka.risk.models import Assessment
from kalka.risk.rules import Status

SPAN = timedelta(days=90)
FEWEST = 10  # of fewer no share is told
TOO_ALIKE = 95  # per cent: whoever nearly always takes what the form says does not judge
AGAIN = ("risk.assess", "risk.reassess")
FIGURES = ("made", "asked", "unanswered", "insufficient", "computed", "accepted", "raised", "standing", "late")


@dataclass(frozen=True, slots=True)
class Share:
    """So many per cent of so many; None where they are too few to say."""

    percent: int | None
    of: int


@dataclass(frozen=True, slots=True)
class Kept:
    """The figures of one institution, or of the whole territory."""

    name: str
    made: int
    overdue: Share  # of the assessments that are to be made
    unknown: Share  # of the questions that applied
    insufficient: Share
    accepted: Share  # of the levels that a form computed
    raised: Share

    @property
    def too_alike(self) -> bool:
        return (self.accepted.percent or 0) >= TOO_ALIKE


@dataclass(frozen=True, slots=True)
class Monitoring:
    whole: Kept
    lines: tuple[Kept, ...]
    days: int


def monitoring(actor: Actor, *, now: datetime) -> Monitoring:
    """Of the posts in the actor's territory: what was assessed in ninety days, and what is to be assessed now."""
    if not actor.may(Permission.RISK_MONITOR):
        raise AccessDenied("core.not_permitted")
    by_post = _made(now)
    for post_id, whole, late in duties.standing_by_post(actor, AGAIN, now=now):
        by_post.setdefault(post_id, Counter()).update({"standing": whole, "late": late})
    posts, territory = directory.posts(by_post), places.within(actor.place) if actor.place else set()
    found: dict[str, Counter[str]] = {}
    for post_id, figures in by_post.items():
        if post_id in posts and posts[post_id].place in territory:
            found.setdefault(posts[post_id].organisation_name(), Counter()).update(figures)
    lines = sorted(
        (_kept(name, figures) for name, figures in found.items() if figures["made"]),
        key=lambda one: (-one.made, one.name),
    )
    return Monitoring(
        _kept("", sum((one for one in found.values() if one["made"]), Counter())), tuple(lines), SPAN.days
    )


def _made(now: datetime) -> dict[int, Counter[str]]:
    """What each post assessed, in whosever file: the same figures for everybody, also for whom a wall shuts out."""
    rows = Assessment.objects.filter(recorded_at__gte=now - SPAN, post_id__isnull=False)
    graded = ~Q(computed="")
    counted = rows.values("post_id").annotate(
        made=Count("pk"),
        all_asked=Sum("asked"),
        open=Sum("unanswered"),
        lacking=Count("pk", filter=Q(status=Status.INSUFFICIENT)),
        graded=Count("pk", filter=graded),
        taken=Count("pk", filter=graded & Q(level=F("computed"))),
        lifted=Count("pk", filter=graded & Q(level__gt=F("computed"))),
    )
    columns = ("post_id", "made", "all_asked", "open", "lacking", "graded", "taken", "lifted")
    with sight.beyond():
        lines = list(counted.values_list(*columns).order_by("post_id"))
    return {post: Counter(dict(zip(FIGURES, [n or 0 for n in figures], strict=False))) for post, *figures in lines}


def _kept(name: str, figures: Counter[str]) -> Kept:
    return Kept(
        name=name,
        made=figures["made"],
        overdue=_share(figures["late"], figures["standing"]),
        unknown=_share(figures["unanswered"], figures["asked"]),
        insufficient=_share(figures["insufficient"], figures["made"]),
        accepted=_share(figures["accepted"], figures["computed"]),
        raised=_share(figures["raised"], figures["computed"]),
    )


def _share(part: int, whole: int) -> Share:
    return Share(round(part * 100 / whole) if whole >= FEWEST else None, whole)
