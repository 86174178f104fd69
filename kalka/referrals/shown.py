"""Help in words, for its pages."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.urls import reverse

from kalka.directory import selectors as directory
from kalka.referrals import labels
from kalka.referrals.lines import NeedLine, ReferralLine
from kalka.referrals.rules.needs import Wish
from kalka.referrals.rules.referral import Step
from kalka.referrals.selectors import Board, NeedPage, Panel, ReferralPage, TrackPage
from kalka.ui.text import StrOrPromise

NO = (Wish.REFUSES, Wish.NOT_NOW)


@dataclass(frozen=True, slots=True)
class Row:
    """A referral in a list. `where` is whom it was sent to; `days`: how long somebody has waited."""

    url: str
    ref: str
    title: str
    where: str
    state: StrOrPromise
    chip: str
    urgent: bool
    since: datetime
    days: int
    term: datetime | None
    unset: bool
    opens: bool = True  # whether the reader may go there


@dataclass(frozen=True, slots=True)
class NeedRow:
    url: str
    ref: str
    title: str
    wish: StrOrPromise
    urgent: bool
    state: StrOrPromise
    chip: str
    days: int = 0
    opens: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    title: StrOrPromise
    at: datetime
    done: int = 0
    steps: int = 0
    held: bool = False


@dataclass(frozen=True, slots=True)
class HelpPanel:
    needs: tuple[NeedRow, ...]
    tracks: tuple[Link, ...]
    conferences: tuple[Link, ...]
    may_ask: bool
    may_begin_track: bool


def panel(panel: Panel, now: datetime) -> HelpPanel:
    """For the page of a case: the kinds of help and where each stands, never to whom she was sent."""
    return HelpPanel(
        needs=tuple(_need(one.need, one.referral) for one in panel.help),
        tracks=tuple(
            Link(
                reverse("referrals:track", args=[one.ref, one.id]),
                labels.KINDS[one.kind],
                one.recorded_at,
                one.done,
                one.steps,
            )
            for one in panel.tracks
        ),
        conferences=tuple(
            Link(reverse("referrals:conference", args=[one.ref, one.id]), "", one.at, held=one.held)
            for one in panel.conferences
        ),
        may_ask=panel.may_ask,
        may_begin_track=panel.may_begin_track,
    )


def _need(need: NeedLine, referral: ReferralLine | None, days: int = 0) -> NeedRow:
    state = labels.STEPS[referral.state] if referral and need.wanted else ""
    return NeedRow(
        url=reverse("referrals:need", args=[need.ref, need.id]),
        ref=need.shown_ref,
        title=labels.need(need.code),
        wish=labels.WISHES[need.says],
        urgent=need.urgency == "now" and need.wanted,
        state=state,
        chip=labels.CHIPS[referral.state] if referral and need.wanted else "",
        days=days,
    )


def row(line: ReferralLine, now: datetime, *, received: bool = False) -> Row:
    url = (
        reverse("referrals:answer", args=[line.id])
        if received
        else reverse("referrals:referral", args=[line.ref, line.id])
    )
    return Row(
        url=url,
        ref=line.shown_ref,
        title=labels.need(line.code),
        where=line.provider_here,
        state=labels.STEPS[line.state],
        chip=labels.CHIPS[line.state],
        urgent=line.urgency == "now",
        since=line.since,
        days=line.waits(now),
        term=line.answer_by,
        unset=not line.term_is_set,
    )


def board(found: Board, now: datetime) -> dict[str, Any]:
    """The parts of the board in the order of what presses most. A row leads on where its reader is shown
    the file; of the others there is the code alone."""
    return {
        "unasked": [replace(_need(one.need, None, one.days), opens=one.opens) for one in found.unasked],
        "parts": [
            (part, [replace(row(one.line, now), opens=one.opens) for one in rows])
            for part, rows in (
                ("stuck", found.stuck),
                ("late", found.late),
                ("waiting", found.waiting),
                ("taken", found.taken),
            )
            if rows
        ],
        "empty": found.empty,
        "full": found.full,
    }


def need(page: NeedPage, now: datetime) -> dict[str, Any]:
    return {
        "page": page,
        "need": page.need,
        "title": labels.need(page.need.code),
        "wish": labels.WISHES[page.need.says],
        "urgency": labels.URGENCIES[page.need.urgency],
        "ago": labels.AGOS.get(page.need.ago, ""),
        "said": [(labels.WISHES[one.wish], one) for one in page.said],
        "referrals": [row(one, now) for one in page.referrals],
        "still": [row(one, now) for one in page.referrals if one.open and page.need.says in NO],
        "care": [(one.term, labels.WINDOWS[one.window]) for one in page.care],
        "now": now,
    }


def referral(page: ReferralPage, now: datetime) -> dict[str, Any]:
    posts = directory.posts([one.post_id for one in page.steps if one.post_id])
    return {
        "page": page,
        "line": page.line,
        "title": labels.need(page.line.code),
        "state": labels.STEPS[page.line.state],
        "chip": labels.CHIPS[page.line.state],
        "urgency": labels.URGENCIES[page.line.urgency],
        "warm": labels.WARMS[page.line.warm],
        "steps": [
            (labels.STEPS[one.step], labels.WHYS.get(one.why, ""), one, posts.get(one.post_id or 0))
            for one in page.steps
        ],
        "actions": [(step, labels.ACTIONS[step]) for step in page.may],
        "again": page.line.state in (Step.SENT, Step.ACKNOWLEDGED, Step.DECLINED, Step.NO_SHOW),
        "now": now,
    }


def track(page: TrackPage, now: datetime) -> dict[str, Any]:
    return {
        "page": page,
        "kind": labels.KINDS[page.line.kind],
        "by": labels.BY[page.by],
        "ago": labels.AGOS[page.ago],
        "care": [(one.term, labels.WINDOWS[one.window]) for one in page.care],
        "stages": [(stage, [(labels.OUTCOMES[one.outcome], one) for one in stage.taken]) for stage in page.stages],
        "now": now,
    }
