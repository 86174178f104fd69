"""Reads: materials, conferences and who received what (`materials`), stories (`stories`)."""

from kalka.library.selectors.materials import (
    ConferencePage,
    HandingLine,
    MaterialLine,
    MaterialPage,
    VersionLine,
    conference_page,
    conferences,
    file_of,
    get_conference,
    get_material,
    get_version,
    material_page,
    materials,
    own_handing,
)
from kalka.library.selectors.stories import StoryLine, StoryPage, get_story, stories, story_page

__all__ = [
    "ConferencePage",
    "HandingLine",
    "MaterialLine",
    "MaterialPage",
    "StoryLine",
    "StoryPage",
    "VersionLine",
    "conference_page",
    "conferences",
    "file_of",
    "get_conference",
    "get_material",
    "get_story",
    "get_version",
    "material_page",
    "materials",
    "own_handing",
    "stories",
    "story_page",
]
