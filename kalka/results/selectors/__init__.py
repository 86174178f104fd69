"""What may be asked of results, and of the reports of quarters."""

from kalka.results.selectors.counting import own_figures, public_results, results
from kalka.results.selectors.reports import ReportLine, get_report, own_quarters, reports

__all__ = [
    "ReportLine",
    "get_report",
    "own_figures",
    "own_quarters",
    "public_results",
    "reports",
    "results",
]
