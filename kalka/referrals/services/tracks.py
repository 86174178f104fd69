"""The way through care after sexual violence or trafficking, step by step."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.cases.rules import Stage
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.errors import DomainError, Stale
from kalka.core.permissions import Permission
from kalka.referrals import selectors
from kalka.referrals.models import Track, TrackStep
from kalka.referrals.rules.needs import Ago
from kalka.referrals.rules.tracks import (
    NewTrack,
    NewTrackStep,
    Outcome,
    check_day_of_track,
    check_track,
    check_track_step,
)
from kalka.vault.rows import repeated, written


@command("referrals.begin_track", needs=Permission.REFERRAL_MAKE)
def begin_track(actor: Actor, *, id: UUID, case_ref: str, told: NewTrack, now: datetime) -> Track:
    """Begin one of the ways. It asks for no alleged person in the case: a stranger did it as well. Refuses it twice."""
    case = cases.get_case(actor, case_ref, now=now)
    content = asdict(told)
    if again := repeated(Track, actor, id=id, content=content):
        return again
    if case.stage == Stage.CLOSED:
        raise DomainError("referrals.case_closed")
    check_track(told, agos=list(Ago))
    if Track.objects.filter(case=case, kind=told.kind).exists():
        raise Stale("referrals.track_is_there", field="kind")
    track = Track(
        **written(actor, id=id, subject_id=case.subject_id, content=content, now=now),
        case=case,
        case_ref=case.ref,
        place=case.place,
        kind=told.kind,
        by=told.by,
        ago=told.ago,
    )
    track.save(force_insert=True)
    return track


@command("referrals.note_track_step", needs=Permission.REFERRAL_MAKE)
def note_track_step(
    actor: Actor,
    *,
    id: UUID,
    case_ref: str,
    track_id: UUID,
    number: int,
    told: NewTrackStep,
    now: datetime,
    seen: str | None = None,
) -> TrackStep:
    """A step was taken, refused by her, or could not be. What is done once is done twice with a reason alone.

    `seen`: how often it was written down before; refuses with `referrals.changed_meanwhile` where it is more by now.
    """
    track = selectors.get_track(actor, case_ref, track_id, now=now)
    step = selectors.get_step(actor, track, number)
    content = [track_id, number, asdict(told)]
    if again := repeated(TrackStep, actor, id=id, content=content):
        return again
    Track.objects.select_for_update().get(pk=track.pk)
    there = TrackStep.objects.filter(track=track, code=step.code)
    if seen is not None and seen != str(there.count()):
        raise Stale("referrals.changed_meanwhile")
    before = there.filter(outcome=Outcome.DONE).count()
    check_track_step(told, step, before=before, today=day_of(now))
    check_day_of_track(told.on, day_of(track.recorded_at))
    row = TrackStep(
        **written(actor, id=id, subject_id=track.subject_id, content=content, now=now),
        track=track,
        code=step.code,
        number=there.count() + 1,
        outcome=told.outcome,
        on=told.on,
    )
    if told.told.strip():
        access.keys_for(actor, track.subject_id, now=now).put(row, "told", told.told.strip())
    row.save(force_insert=True)
    return row
