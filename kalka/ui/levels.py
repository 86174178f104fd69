"""The shape of a risk level. An edition has two to five levels; a shape says the place of one among them."""

from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

TITLES: dict[str, StrOrPromise] = {
    "low": _("Low"),
    "raised": _("Raised"),
    "medium": _("Medium"),
    "high": _("High"),
    "extreme": _("Extremely high"),
    "unknown": _("Not assessed yet"),
    "other": _("Another scale"),
}

# The highest of two or three levels is «high»: only an edition with four or five can say «extremely».
_SCALES = {
    2: ("low", "high"),
    3: ("low", "medium", "high"),
    4: ("low", "medium", "high", "extreme"),
    5: ("low", "raised", "medium", "high", "extreme"),
}


def shape(position: int, count: int) -> str:
    """The shape of the level at a position (from 1, lowest first) among `count`; "other" outside of 2–5 levels."""
    scale = _SCALES.get(count, ())
    return scale[position - 1] if 1 <= position <= len(scale) else "other"


def read(code: str) -> str:
    """The shape a code stands for: a shape itself, a position such as "3/4", nothing for not assessed."""
    if not code:
        return "unknown"
    if code in TITLES:
        return code
    position, _slash, count = code.partition("/")
    return shape(int(position), int(count)) if position.isdigit() and count.isdigit() else "other"
