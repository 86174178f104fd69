"""What statistics may know of help: days, an aimak, codes. No name, no text, no id; whom somebody was sent to is the
kind of organisation alone, but for exact figures (`organisation`): no line of a release carries which one it was."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kalka.core.clock import day_of
from kalka.core.extract import Batch, Extract, pages
from kalka.directory import facts as directory
from kalka.people.facts import pseudonym
from kalka.referrals.models import Choice, Need, Referral, ReferralStep, Track, TrackStep
from kalka.referrals.rules.needs import PURPOSES
from kalka.referrals.rules.referral import UNANSWERED, Step, band
from kalka.referrals.rules.tracks import Outcome

OUTSIDE = "outside"  # asked by telephone: not an organisation of this installation


@dataclass(frozen=True, slots=True)
class NeedFact:
    """By the day it was asked. `says`: the last word on it when counted. `asked`: whether anybody was ever asked."""

    on: date
    place: str
    agency: str
    need: str
    urgency: str
    says: str
    asked: bool
    who: str


@dataclass(frozen=True, slots=True)
class ReferralFact:
    """By the day it was sent. `answered` and `helped` are bands of days; "waiting" where that has not come yet.
    `to`: the kind of organisation, `organisation`: which one; None outside. `term`: whether the law set one; `late`:
    answered after it. `help`: which of the kinds of help of the law. `stands`: neither taken back nor sent elsewhere;
    `open`: nobody has answered, for so many days by now (`waits`, else empty)."""

    on: date
    place: str
    agency: str
    organisation: int | None
    need: str
    urgency: str
    to: str
    warm: str
    state: str
    why: str
    answered: str
    helped: str
    term: bool
    late: bool
    help: str
    stands: bool
    open: bool
    waits: str
    who: str


@dataclass(frozen=True, slots=True)
class TrackFact:
    """By the day it began. `again`: something that is asked of somebody once was done more than once."""

    on: date
    place: str
    agency: str
    kind: str
    by: str
    ago: str
    again: bool
    who: str


@dataclass(frozen=True, slots=True)
class TrackStepFact:
    """By the day of the step. `after` is a band of days since the track began; a step before it counts as the day."""

    on: date
    place: str
    agency: str
    kind: str
    by: str
    step: str
    outcome: str
    after: str
    who: str


def needs(extract: Extract) -> Iterator[Batch[NeedFact]]:
    agencies = directory.agencies()
    rows = Need.objects.filter(recorded_at__lt=extract.end)
    for page in pages(rows, extract, "recorded_at", "place", "post_id", "code", "urgency", "wish", "subject_id"):
        ids = [row[0] for row in page]
        said = Choice.objects.filter(need__in=ids, recorded_at__lt=extract.before).order_by("number")
        last = dict(said.values_list("need", "wish"))
        asked = set(
            Referral.objects.filter(need__in=ids, recorded_at__lt=extract.before).values_list("need", flat=True)
        )
        yield Batch(
            str(ids[-1]),
            tuple(
                NeedFact(
                    on=day_of(at),
                    place=place,
                    agency=agencies.get(post, ""),
                    need=code,
                    urgency=urgency,
                    says=last.get(pk, wish),
                    asked=pk in asked,
                    who=pseudonym(subject, extract.salt),
                )
                for pk, at, place, post, code, urgency, wish, subject in page
            ),
        )


def referrals(extract: Extract) -> Iterator[Batch[ReferralFact]]:
    agencies = directory.agencies()
    rows = Referral.objects.filter(recorded_at__lt=extract.end)
    columns = ("recorded_at", "place", "post_id", "code", "urgency", "asked_id", "organisation_id", "warm", "answer_by")
    for page in pages(rows, extract, *columns, "subject_id"):
        steps = _steps([row[0] for row in page], extract)
        yield Batch(
            str(page[-1][0]),
            tuple(
                ReferralFact(
                    on=day_of(at),
                    place=place,
                    agency=agencies.get(post, ""),
                    organisation=organisation,
                    need=code,
                    urgency=urgency,
                    to=agencies.get(asked, "") if asked else OUTSIDE,
                    warm=warm,
                    help=PURPOSES[code],
                    **steps[pk].told(at, answer_by, extract),
                    who=pseudonym(subject, extract.salt),
                )
                for pk, at, place, post, code, urgency, asked, organisation, warm, answer_by, subject in page
            ),
        )


@dataclass(slots=True)
class _Steps:
    """The steps of one referral, read in order."""

    state: str = Step.SENT
    why: str = ""
    answered: datetime | None = None
    helped: datetime | None = None

    def add(self, step: str, why: str, at: datetime) -> None:
        self.state, self.why = step, why
        if step in (Step.ACCEPTED, Step.DECLINED) and self.answered is None:
            self.answered = at
        if step == Step.DONE:
            self.helped = at

    def told(self, sent: datetime, answer_by: datetime | None, extract: Extract) -> dict[str, Any]:
        open = self.state in UNANSWERED
        return {
            "state": str(self.state),
            "why": self.why,
            "answered": band(_days(sent, self.answered)),
            "helped": band(_days(sent, self.helped)),
            "term": answer_by is not None,
            "late": answer_by is not None and self.answered is not None and self.answered > answer_by,
            "stands": self.state not in (Step.WITHDRAWN, Step.REROUTED),
            "open": open,
            "waits": band(_days(sent, extract.before)) if open else "",
        }


def _steps(ids: list[UUID], extract: Extract) -> dict[UUID, _Steps]:
    found = {pk: _Steps() for pk in ids}
    rows = ReferralStep.objects.filter(referral__in=ids, recorded_at__lt=extract.before).order_by("number")
    for referral, step, why, at in rows.values_list("referral", "step", "why", "recorded_at"):
        found[referral].add(step, why, at)
    return found


def tracks(extract: Extract) -> Iterator[Batch[TrackFact]]:
    agencies = directory.agencies()
    rows = Track.objects.filter(recorded_at__lt=extract.end)
    for page in pages(rows, extract, "recorded_at", "place", "post_id", "kind", "by", "ago", "subject_id"):
        repeated = _done_again([row[0] for row in page], extract)
        yield Batch(
            str(page[-1][0]),
            tuple(
                TrackFact(
                    on=day_of(at),
                    place=place,
                    agency=agencies.get(post, ""),
                    kind=kind,
                    by=by,
                    ago=ago,
                    again=pk in repeated,
                    who=pseudonym(subject, extract.salt),
                )
                for pk, at, place, post, kind, by, ago, subject in page
            ),
        )


def track_steps(extract: Extract) -> Iterator[Batch[TrackStepFact]]:
    agencies = directory.agencies()
    rows = TrackStep.objects.filter(on__lt=extract.until)
    columns = ("on", "track__place", "post_id", "track__kind", "track__by", "code", "outcome", "track__recorded_at")
    for page in pages(rows, extract, *columns, "subject_id"):
        yield Batch(
            str(page[-1][0]),
            tuple(
                TrackStepFact(
                    on=on,
                    place=place,
                    agency=agencies.get(post, ""),
                    kind=kind,
                    by=by,
                    step=code,
                    outcome=outcome,
                    after=band(max((on - day_of(begun)).days, 0)),
                    who=pseudonym(subject, extract.salt),
                )
                for _pk, on, place, post, kind, by, code, outcome, begun, subject in page
            ),
        )


def _done_again(ids: list[UUID], extract: Extract) -> set[UUID]:
    """The tracks on which the one interview or the one examination was done more than once."""
    rows = TrackStep.objects.filter(track__in=ids, outcome=Outcome.DONE, recorded_at__lt=extract.before)
    seen: set[tuple[UUID, str]] = set()
    again: set[UUID] = set()
    for track, code in rows.filter(code__in=["interview", "examination"]).values_list("track", "code"):
        if (track, code) in seen:
            again.add(track)
        seen.add((track, code))
    return again


def _days(sent: datetime, at: datetime | None) -> int | None:
    return None if at is None else max((day_of(at) - day_of(sent)).days, 0)
