"""What may be read of statistics."""

from kalka.statistics.reading import marks
from kalka.statistics.selectors.exports import (
    Download,
    ExportLine,
    ExportPage,
    download,
    export_page,
    exports,
    get_export,
)
from kalka.statistics.selectors.figures import (
    choices,
    every_figure,
    months,
    releases,
    small_multiples,
    summaries,
    table,
)
from kalka.statistics.selectors.own import own
from kalka.statistics.selectors.own_help import own_help
from kalka.statistics.selectors.territory import RAION, Oblast, raions, table_by_raion

__all__ = [
    "RAION",
    "Download",
    "ExportLine",
    "ExportPage",
    "Oblast",
    "choices",
    "download",
    "every_figure",
    "export_page",
    "exports",
    "get_export",
    "marks",
    "months",
    "own",
    "own_help",
    "raions",
    "releases",
    "small_multiples",
    "summaries",
    "table",
    "table_by_raion",
]
