"""The pages of proceedings: each parses, makes one call, answers."""

from kalka.proceedings.views.pages import case, listing, paper, proceeding
from kalka.proceedings.views.steps import end, hold, new, release, step, weapon

__all__ = ["case", "end", "hold", "listing", "new", "paper", "proceeding", "release", "step", "weapon"]
