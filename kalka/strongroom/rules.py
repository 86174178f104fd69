from enum import StrEnum


class Kind(StrEnum):
    SHELTER = "shelter"  # where it is
    IDENTITY = "identity"  # a new name, a new paper
    PLACE = "place"  # where somebody is safe
