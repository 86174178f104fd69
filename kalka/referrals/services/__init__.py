"""Asking what is needed, asking others to help, answering, following up; tracks and conferences."""

from kalka.referrals.services.answering import answer, note_step
from kalka.referrals.services.asking import choose, note_needs
from kalka.referrals.services.conferences import call_conference, carry_out, write_minutes
from kalka.referrals.services.decided import decide_referral
from kalka.referrals.services.following import chase, follow_consents
from kalka.referrals.services.referring import refer
from kalka.referrals.services.tracks import begin_track, note_track_step
from kalka.referrals.services.undone import raise_undone

__all__ = [
    "answer",
    "begin_track",
    "call_conference",
    "carry_out",
    "chase",
    "choose",
    "decide_referral",
    "follow_consents",
    "note_needs",
    "note_step",
    "note_track_step",
    "raise_undone",
    "refer",
    "write_minutes",
]
