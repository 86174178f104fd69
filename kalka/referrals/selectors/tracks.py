"""The ways through care of a case."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import get_language

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.lawbook.book import Law
from kalka.referrals.models import Track, TrackStep
from kalka.referrals.practice import step_of, tracks
from kalka.referrals.rules import tracks as rules
from kalka.referrals.rules.needs import window
from kalka.referrals.rules.tracks import Kind, Outcome
from kalka.referrals.selectors.page import CARE, Care
from kalka.vault.classes import Klass


@dataclass(frozen=True, slots=True)
class Taken:
    """A step as it was written down."""

    outcome: str
    on: date
    told: str = field(repr=False)
    post_id: int | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the way, with every time it was taken."""

    number: int
    code: str
    title: str
    once: bool
    taken: tuple[Taken, ...]

    @property
    def settled(self) -> bool:
        """Done, or refused by her: nobody pushes her again."""
        return bool(self.taken) and self.taken[-1].outcome in (Outcome.DONE, Outcome.REFUSED)

    @property
    def last(self) -> Taken | None:
        return self.taken[-1] if self.taken else None


@dataclass(frozen=True, slots=True)
class TrackLine:
    id: UUID
    ref: str
    kind: str
    done: int
    steps: int
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class TrackPage:
    line: TrackLine
    by: str
    ago: str
    care: tuple[Care, ...]
    stages: tuple[Stage, ...]
    may_note: bool


def get_track(actor: Actor, ref: str, track_id: UUID, *, now: datetime) -> Track:
    case = cases.get_case(actor, ref, now=now)
    track = access.visible(actor, Track.objects.filter(case=case, pk=track_id), now=now).first()
    if track is None:
        raise AccessDenied("referrals.unknown")
    return track


def get_step(actor: Actor, track: Track, number: int) -> rules.TrackStep:
    """AccessDenied for a number that leads nowhere."""
    found = step_of(track.kind, number)
    if found is None:
        raise AccessDenied("referrals.unknown")
    return found


def times_noted(actor: Actor, track: Track, number: int) -> int:
    """How often a step was written down."""
    return TrackStep.objects.filter(track=track, code=get_step(actor, track, number).code).count()


def step_title(actor: Actor, ref: str, track_id: UUID, number: int, *, now: datetime) -> str:
    track = get_track(actor, ref, track_id, now=now)
    return _here(get_step(actor, track, number))


def track_page(actor: Actor, ref: str, track_id: UUID, *, now: datetime) -> TrackPage:
    track = get_track(actor, ref, track_id, now=now)
    keys = access.unlock(actor, [track.subject_id], what="referrals.track", now=now, klasses=[Klass.NARRATIVE])
    taken: dict[str, list[Taken]] = {}
    for row in TrackStep.objects.filter(track=track).order_by("recorded_at", "id"):
        said = Taken(row.outcome, row.on, keys.get(row, "told") or "", row.post_id, row.recorded_at)
        taken.setdefault(row.code, []).append(said)
    stages = tuple(
        Stage(one.number, one.code, _here(one), one.once, tuple(taken.get(one.code, ())))
        for one in tracks()[track.kind]
    )
    return TrackPage(
        line=_line(track, sum(stage.settled for stage in stages)),
        by=track.by,
        ago=track.ago,
        care=_care(track, now),
        stages=stages,
        may_note=actor.may(Permission.REFERRAL_MAKE),
    )


def track_lines(actor: Actor, rows: Sequence[Track], steps: Iterable[TrackStep]) -> tuple[TrackLine, ...]:
    """`steps`: of all of them, the latest last."""
    last = {(one.track_id, one.code): one.outcome for one in steps}
    settled = (Outcome.DONE, Outcome.REFUSED)
    counts = {row.pk: sum(pk == row.pk and said in settled for (pk, _code), said in last.items()) for row in rows}
    return tuple(_line(row, counts[row.pk]) for row in rows)


def _line(track: Track, done: int) -> TrackLine:
    return TrackLine(track.pk, track.case_ref, track.kind, done, len(tracks()[track.kind]), track.recorded_at)


def _care(track: Track, now: datetime) -> tuple[Care, ...]:
    if track.kind != Kind.SEXUAL:
        return ()
    law, passed = Law(day_of(now)), now - track.recorded_at
    terms = (law.get(key) for key in CARE)
    return tuple(
        Care(term, window(track.ago, passed, term.whole() if term.is_set else None))
        for term in terms
        if term is not None
    )


def _here(step: rules.TrackStep) -> str:
    return step.titles[(get_language() or "ky")[:2]]
