"""What the page of a case shows of help: what is needed, who was asked, what became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.urls import reverse

from kalka.access import selectors as access
from kalka.cases.selectors import CaseHead
from kalka.core.actors import Actor
from kalka.core.blockers import Blocker
from kalka.core.permissions import Permission
from kalka.core.timeline import TimelineItem
from kalka.referrals import happened
from kalka.referrals.lines import NeedLine, ReferralLine
from kalka.referrals.models import Choice, Conference, Intake, Minutes, Referral, ReferralStep, Track, TrackStep
from kalka.referrals.rules.tracks import Kind
from kalka.referrals.selectors.conferences import ConferenceLine, conferences_of
from kalka.referrals.selectors.referrals import needs_of, of_case
from kalka.referrals.selectors.tracks import TrackLine, tracks_of
from kalka.vault.keys import Keys
from kalka.vault.rows import Row

R = TypeVar("R", bound=Row)


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


def panel(actor: Actor, case: CaseHead, *, now: datetime) -> Panel:
    """Three statements where nothing was asked yet; eight at most, for a long case as for a short one."""
    needs = needs_of(actor, case.subject_id, now=now)
    referrals = of_case(actor, case.subject_id, now=now) if needs else ()
    tracks = tracks_of(actor, case.subject_id, now=now)
    may = actor.may(Permission.REFERRAL_MAKE)
    return Panel(
        help=tuple(Help(need, _counts(need, referrals)) for need in needs),
        tracks=tracks,
        conferences=conferences_of(actor, case.subject_id, now=now),
        may_ask=may,
        may_begin_track=may and len(tracks) < len(Kind),
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


def timeline(actor: Actor, subject_id: UUID, *, now: datetime, keys: Keys | None = None) -> list[TimelineItem]:
    """What was needed, what she said to it, who was asked and how it went. Three statements where there is none."""

    def mine(model: type[R]) -> list[R]:
        return list(access.visible(actor, model._default_manager.filter(subject_id=subject_id), now=now))

    intakes, conferences = mine(Intake), mine(Conference)
    referrals = {row.pk: row for row in (mine(Referral) if intakes else ())}
    tracks = {row.pk: row for row in mine(Track)}
    return [
        *(happened.asked(row, keys) for row in intakes),
        *(happened.chosen(row, keys) for row in (mine(Choice) if intakes else ())),
        *(happened.moved(row, referrals[row.referral_id], keys) for row in (mine(ReferralStep) if referrals else ())),
        *(happened.on_track(row, tracks[row.track_id], keys) for row in (mine(TrackStep) if tracks else ())),
        *(happened.called(row) for row in conferences),
        *(happened.sat(row, keys) for row in (mine(Minutes) if conferences else ())),
    ]
