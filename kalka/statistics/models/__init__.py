"""Releases, their lines and figures."""

from kalka.statistics.models.export import Export, ExportDecision
from kalka.statistics.models.figures import Fact, Published, Release, Sheet

__all__ = [
    "Export",
    "ExportDecision",
    "Fact",
    "Published",
    "Release",
    "Sheet",
]
