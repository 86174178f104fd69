"""Releases, their lines and figures."""

from kalka.statistics.models.figures import Fact, Published, Release, Sheet

__all__ = ["Fact", "Published", "Release", "Sheet"]
