"""What the page of a case shows of help: what is needed, who was asked, what became of it. Asked once for all of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import CharField, QuerySet, Value
from django.urls import reverse

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.core.blockers import Blocker
from kalka.core.permissions import Permission
from kalka.core.timeline import TimelineItem
from kalka.referrals import happened
from kalka.referrals.lines import NeedLine, ReferralLine, lines, need_line
from kalka.referrals.models import (
    Choice,
    Conference,
    Intake,
    Minutes,
    Need,
    Referral,
    ReferralStep,
    Track,
    TrackStep,
)
from kalka.referrals.rules.tracks import Kind
from kalka.referrals.selectors.conferences import ConferenceLine, conference_lines
from kalka.referrals.selectors.referrals import needs_of, of_case
from kalka.referrals.selectors.tracks import TrackLine, track_lines
from kalka.vault.keys import Keys
from kalka.vault.rows import Row

R = TypeVar("R", bound=Row)
STARTS = {"intake": Intake, "track": Track, "conference": Conference}


@dataclass(frozen=True, slots=True)
class Help:
    """A need, and the referral that counts for it: the last one that is not over, else the last one."""

    need: NeedLine
    referral: ReferralLine | None


@dataclass(frozen=True, slots=True)
class Panel:
    help: tuple[Help, ...]
    tracks: tuple[TrackLine, ...]
    conferences: tuple[ConferenceLine, ...]
    may_ask: bool
    may_begin_track: bool


@dataclass(frozen=True, slots=True)
class HelpRows:
    """Whatever stands in a file, for its panel and for its time."""

    intakes: list[Intake]
    needs: list[Need]
    choices: list[Choice]
    referrals: list[Referral]
    referral_lines: tuple[ReferralLine, ...]
    steps: list[ReferralStep]
    tracks: list[Track]
    track_steps: list[TrackStep]
    conferences: list[Conference]
    minutes: list[Minutes]


def help_of(actor: Actor, subject_id: UUID, *, now: datetime) -> HelpRows:
    """One statement where nothing was asked yet; eleven at most, for a long case as for a short one."""

    def mine(rows: "QuerySet[R]") -> list[R]:
        return list(access.visible(actor, rows.filter(subject_id=subject_id), now=now))

    there = _begun(actor, subject_id, now)
    intakes = mine(Intake.objects.order_by("recorded_at")) if "intake" in there else []
    referrals = mine(Referral.objects.staged().order_by("-recorded_at", "id")) if intakes else []
    tracks = mine(Track.objects.order_by("recorded_at")) if "track" in there else []
    conferences = mine(Conference.objects.order_by("-at", "id")) if "conference" in there else []
    return HelpRows(
        intakes=intakes,
        needs=mine(Need.objects.wished().order_by("recorded_at", "code")) if intakes else [],
        choices=mine(Choice.objects.all()) if intakes else [],
        referrals=referrals,
        referral_lines=lines(actor, referrals, now=now),
        steps=mine(ReferralStep.objects.all()) if referrals else [],
        tracks=tracks,
        track_steps=mine(TrackStep.objects.order_by("recorded_at", "id")) if tracks else [],
        conferences=conferences,
        minutes=mine(Minutes.objects.all()) if conferences else [],
    )


def _begun(actor: Actor, subject_id: UUID, now: datetime) -> set[str]:
    """With which of these something began."""
    first, *others = (
        access.visible(actor, model._default_manager.filter(subject_id=subject_id), now=now)
        .annotate(part=Value(name, CharField(max_length=10)))
        .values_list("part", flat=True)
        for name, model in STARTS.items()
    )
    return set(first.union(*others))


def panel(actor: Actor, rows: HelpRows) -> Panel:
    may = actor.may(Permission.REFERRAL_MAKE)
    return Panel(
        help=tuple(Help(need, _counts(need, rows.referral_lines)) for need in map(need_line, rows.needs)),
        tracks=track_lines(actor, rows.tracks, rows.track_steps),
        conferences=conference_lines(actor, rows.conferences, {one.conference_id for one in rows.minutes}),
        may_ask=may,
        may_begin_track=may and len(rows.tracks) < len(Kind),
    )


def _counts(need: NeedLine, referrals: tuple[ReferralLine, ...]) -> ReferralLine | None:
    mine = [one for one in referrals if one.need_id == need.id]
    return next((one for one in mine if one.open), mine[0] if mine else None)


def open_work(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[Blocker, ...]:
    """A case is not closed while somebody is asked for help, or help she wants was asked of nobody."""
    needs = needs_of(actor, subject_id, now=now)
    referrals = of_case(actor, subject_id, now=now) if needs else ()
    waiting = [one for one in referrals if one.open]
    helped = {one.need_id for one in referrals if one.open or one.state == "done"}
    unmet = [one for one in needs if one.wanted and one.id not in helped]
    return (
        *(Blocker("referrals.open", {"url": reverse("referrals:referral", args=[one.ref, one.id])}) for one in waiting),
        *(Blocker("referrals.unmet", {"url": reverse("referrals:need", args=[one.ref, one.id])}) for one in unmet),
    )


def timeline(actor: Actor, rows: HelpRows, *, keys: Keys | None = None) -> list[TimelineItem]:
    """What was needed, what she said to it, who was asked and how it went."""
    referrals: dict[UUID, Any] = {row.pk: row for row in rows.referrals}
    tracks: dict[UUID, Any] = {row.pk: row for row in rows.tracks}
    return [
        *(happened.asked(row, keys) for row in rows.intakes),
        *(happened.chosen(row, keys) for row in rows.choices),
        *(happened.moved(row, referrals[row.referral_id], keys) for row in rows.steps),
        *(happened.on_track(row, tracks[row.track_id], keys) for row in rows.track_steps),
        *(happened.called(row) for row in rows.conferences),
        *(happened.sat(row, keys) for row in rows.minutes),
    ]
