"""The rows of this module as entries of a case's time."""

from datetime import datetime, time

from django.urls import reverse

from kalka.core import clock
from kalka.core.timeline import TimelineItem
from kalka.referrals import labels
from kalka.referrals.models import Choice, Conference, Intake, Minutes, Referral, ReferralStep, Track, TrackStep
from kalka.referrals.rules.needs import Wish
from kalka.referrals.rules.referral import Step
from kalka.vault.keys import Keys
from kalka.vault.rows import Row

ICONS = {
    Step.SENT: "refer",
    Step.ACCEPTED: "check",
    Step.DONE: "done",
    Step.DECLINED: "cross",
    Step.NO_SHOW: "warn",
    Step.WITHDRAWN: "cross",
    Step.REROUTED: "refer",
}


def asked(row: Intake, keys: Keys | None) -> TimelineItem:
    return TimelineItem(
        row.recorded_at, "referrals.intake", "ask", who_post=row.post_id, lines=_told(row, "told", keys)
    )


def chosen(row: Choice, keys: Keys | None) -> TimelineItem:
    refused = row.wish == Wish.REFUSES
    return TimelineItem(
        row.recorded_at,
        "referrals.refused" if refused else "referrals.chosen",
        "decide",
        {"wish": row.wish},
        row.post_id,
        _told(row, "told", keys),
    )


def moved(row: ReferralStep, referral: Referral, keys: Keys | None) -> TimelineItem:
    """Whom it was sent to is said by its page alone: the card of a case tells the kind of help."""
    reason = (str(labels.WHYS[row.why]),) if row.why else ()
    return TimelineItem(
        row.recorded_at,
        f"referrals.{row.step}",
        ICONS.get(Step(row.step), "note"),
        {"need": labels.need(referral.code)},
        row.post_id,
        (*reason, *_told(row, "told", keys)),
        key=row.step in (Step.SENT, Step.DONE),
        url=reverse("referrals:referral", args=[referral.case_ref, referral.pk]),
    )


def on_track(row: TrackStep, track: Track, keys: Keys | None) -> TimelineItem:
    same_day = clock.day_of(row.recorded_at) == row.on
    at = row.recorded_at if same_day else datetime.combine(row.on, time(23, 59), tzinfo=clock.BISHKEK)
    return TimelineItem(
        at,
        f"referrals.track_{row.outcome}",
        "check" if row.outcome == "done" else "note",
        {"step": labels.track_step(track.kind, row.code)},
        row.post_id,
        _told(row, "told", keys),
        recorded_at=None if same_day else row.recorded_at,
        url=reverse("referrals:track", args=[track.case_ref, track.pk]),
        whole_day=not same_day,
    )


def called(row: Conference) -> TimelineItem:
    url = reverse("referrals:conference", args=[row.case_ref, row.pk])
    return TimelineItem(row.recorded_at, "referrals.conference_called", "team", who_post=row.post_id, url=url)


def sat(row: Minutes, keys: Keys | None) -> TimelineItem:
    return TimelineItem(
        row.recorded_at, "referrals.conference_held", "decide", who_post=row.post_id, lines=_told(row, "her_word", keys)
    )


def _told(row: Row, column: str, keys: Keys | None) -> tuple[str, ...]:
    text = keys.get(row, column) if keys else None
    return (text,) if text else ()
