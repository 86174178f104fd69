"""The body chart: simple shapes for the regions of both sides, those with an injury filled."""

from collections.abc import Iterable
from dataclasses import dataclass

from kalka.findings.rules import Mark, marked

# x, y, width, height on a ground of 120 × 260, as one looks at the person: her right is on the left.
FRONT = {
    "head": (46, 4, 28, 14),
    "face": (46, 19, 28, 19),
    "neck": (53, 39, 14, 9),
    "chest": (38, 49, 44, 36),
    "abdomen": (40, 86, 40, 30),
    "pelvis": (38, 117, 44, 22),
    "arm_right": (22, 50, 14, 66),
    "arm_left": (84, 50, 14, 66),
    "hand_right": (20, 118, 16, 18),
    "hand_left": (84, 118, 16, 18),
    "leg_right": (38, 140, 21, 88),
    "leg_left": (61, 140, 21, 88),
    "foot_right": (34, 230, 25, 12),
    "foot_left": (61, 230, 25, 12),
}
BACK = {
    "head_back": (46, 4, 28, 34),
    "neck_back": (53, 39, 14, 9),
    "back_upper": (38, 49, 44, 36),
    "back_lower": (40, 86, 40, 30),
    "buttocks": (38, 117, 44, 22),
    "arm_left_back": (22, 50, 14, 66),
    "arm_right_back": (84, 50, 14, 66),
    "leg_left_back": (38, 140, 21, 88),
    "leg_right_back": (61, 140, 21, 88),
}


@dataclass(frozen=True, slots=True)
class Shape:
    x: int
    y: int
    width: int
    height: int
    marked: bool


def sides(marks: Iterable[Mark]) -> tuple[tuple[Shape, ...], tuple[Shape, ...]]:
    """From the front and from behind."""
    injured = marked(tuple(marks))
    front, back = (tuple(Shape(*box, region in injured) for region, box in side.items()) for side in (FRONT, BACK))
    return front, back
