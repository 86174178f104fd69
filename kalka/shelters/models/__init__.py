"""Shelters, beds and what takes them (`places`); holds, stays, turn-aways (`stays`)."""

from kalka.shelters.models.places import AddressKept, HouseRules, Place, PlaceQuerySet, Shelter, Taking, TakingQuerySet
from kalka.shelters.models.stays import (
    Belonging,
    Departure,
    Extension,
    GivenBack,
    Hold,
    RulesTold,
    Stay,
    StayChild,
    TurnAway,
)

__all__ = [
    "AddressKept",
    "Belonging",
    "Departure",
    "Extension",
    "GivenBack",
    "Hold",
    "HouseRules",
    "Place",
    "PlaceQuerySet",
    "RulesTold",
    "Shelter",
    "Stay",
    "StayChild",
    "Taking",
    "TakingQuerySet",
    "TurnAway",
]
