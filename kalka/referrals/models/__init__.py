from kalka.referrals.models.conference import Carried, Conference, Decision, Minutes, Seat
from kalka.referrals.models.need import Choice, Intake, Need
from kalka.referrals.models.referral import Chase, Referral, ReferralStep
from kalka.referrals.models.track import Track, TrackStep

__all__ = [
    "Carried",
    "Chase",
    "Choice",
    "Conference",
    "Decision",
    "Intake",
    "Minutes",
    "Need",
    "Referral",
    "ReferralStep",
    "Seat",
    "Track",
    "TrackStep",
]
