"""What may be read of statistics."""

from kalka.statistics.selectors.figures import (
    choices,
    every_figure,
    marks,
    months,
    releases,
    small_multiples,
    summaries,
    table,
)

__all__ = ["choices", "every_figure", "marks", "months", "releases", "small_multiples", "summaries", "table"]
