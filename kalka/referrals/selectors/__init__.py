"""What may be read of help: needs, referrals, the board, tracks, conferences."""

from kalka.referrals.lines import NeedLine, ReferralLine
from kalka.referrals.selectors.board import Board, board
from kalka.referrals.selectors.casefile import Panel, open_work, panel, timeline
from kalka.referrals.selectors.choices import (
    guest_choices,
    has_consent,
    instead_choices,
    need_choices,
    seat_choices,
    track_choices,
)
from kalka.referrals.selectors.conferences import (
    ConferencePage,
    Decided,
    conference_page,
    decision_page,
    get_conference,
    get_decision,
    guests,
    invited_page,
    seats,
)
from kalka.referrals.selectors.page import (
    NeedPage,
    ReferralPage,
    need_page,
    received_page,
    referral_page,
)
from kalka.referrals.selectors.referrals import (
    get_need,
    get_received,
    get_referral,
    inbox,
    is_there,
    needs_of,
    of_case,
)
from kalka.referrals.selectors.tracks import TrackPage, get_step, get_track, step_title, track_page, tracks_of

__all__ = [
    "Board",
    "ConferencePage",
    "Decided",
    "NeedLine",
    "NeedPage",
    "Panel",
    "ReferralLine",
    "ReferralPage",
    "TrackPage",
    "board",
    "conference_page",
    "decision_page",
    "get_conference",
    "get_decision",
    "get_need",
    "get_received",
    "get_referral",
    "get_step",
    "get_track",
    "guest_choices",
    "guests",
    "has_consent",
    "inbox",
    "instead_choices",
    "invited_page",
    "is_there",
    "need_choices",
    "need_page",
    "needs_of",
    "of_case",
    "open_work",
    "panel",
    "received_page",
    "referral_page",
    "seat_choices",
    "seats",
    "step_title",
    "timeline",
    "track_choices",
    "track_page",
    "tracks_of",
]
