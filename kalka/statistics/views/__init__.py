"""The pages of figures: each parses, asks, answers."""

from kalka.statistics.views.exporting import export, export_approve, export_ask, export_csv, export_xlsx, exports
from kalka.statistics.views.figures import indicator, listing
from kalka.statistics.views.files import everything, table_csv, table_xlsx
from kalka.statistics.views.releasing import release

__all__ = [
    "everything",
    "export",
    "export_approve",
    "export_ask",
    "export_csv",
    "export_xlsx",
    "exports",
    "indicator",
    "listing",
    "release",
    "table_csv",
    "table_xlsx",
]
