"""The pages of risk."""

from kalka.risk.views.assessing import assess, countersign, court, draft, judge, result, show
from kalka.risk.views.keeping import happened, monitoring, practice
from kalka.risk.views.papers import leaflet, paper

__all__ = [
    "assess",
    "countersign",
    "court",
    "draft",
    "happened",
    "judge",
    "leaflet",
    "monitoring",
    "paper",
    "practice",
    "result",
    "show",
]
