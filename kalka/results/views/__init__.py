"""Pages of results: each parses, asks, answers."""

from kalka.results.views.pages import file, open_page, page
from kalka.results.views.reporting import acknowledge, reports

__all__ = ["acknowledge", "file", "open_page", "page", "reports"]
