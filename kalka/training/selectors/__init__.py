"""Courses are of nobody: who may read them reads them. Rolls, plans and focal points are shown by sight alone."""

from kalka.training.selectors.certificates import paper_of
from kalka.training.selectors.courses import (
    CourseLine,
    CoursePage,
    EntryLine,
    MeasureLine,
    Person,
    Totals,
    course_page,
    courses,
    get_course,
    get_programme,
    is_there,
    kept_page,
    own_course,
    own_thing,
    programmes,
    standing_roll,
    totals,
)
from kalka.training.selectors.focal import FocalLine, focal_points, get_focal, period

__all__ = [
    "CourseLine",
    "CoursePage",
    "EntryLine",
    "FocalLine",
    "MeasureLine",
    "Person",
    "Totals",
    "course_page",
    "courses",
    "focal_points",
    "get_course",
    "get_focal",
    "get_programme",
    "is_there",
    "kept_page",
    "own_course",
    "own_thing",
    "paper_of",
    "period",
    "programmes",
    "standing_roll",
    "totals",
]
