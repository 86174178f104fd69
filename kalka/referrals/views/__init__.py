from kalka.referrals.views.conferences import conference, conference_new, decision, invited, minutes
from kalka.referrals.views.help import board, choose, need, needs, refer
from kalka.referrals.views.places import place, stay
from kalka.referrals.views.referral import answer, received, referral, reply, step
from kalka.referrals.views.tracks import track, track_new, track_step

__all__ = [
    "answer",
    "board",
    "choose",
    "conference",
    "conference_new",
    "decision",
    "invited",
    "minutes",
    "need",
    "needs",
    "place",
    "received",
    "refer",
    "referral",
    "reply",
    "stay",
    "step",
    "track",
    "track_new",
    "track_step",
]
