"""Writes: the house, holds, stays, what is told and kept. The database decides who has a bed."""

from kalka.shelters.services.belongings import give_back, keep_belonging, tell_rules
from kalka.shelters.services.holding import hold_place, release_hold, release_over, turn_away
from kalka.shelters.services.keeping import (
    add_place,
    close_place,
    keep_address,
    open_place,
    register_shelter,
    retire_place,
    write_rules,
)
from kalka.shelters.services.staying import add_child, depart, extend_stay, move, stay_of_case, take_in

__all__ = [
    "add_child",
    "add_place",
    "close_place",
    "depart",
    "extend_stay",
    "give_back",
    "hold_place",
    "keep_address",
    "keep_belonging",
    "move",
    "open_place",
    "register_shelter",
    "release_hold",
    "release_over",
    "retire_place",
    "stay_of_case",
    "take_in",
    "tell_rules",
    "turn_away",
    "write_rules",
]
