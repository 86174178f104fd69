"""Steps: materials and who received them (`materials`), stories (`stories`)."""

from kalka.library.services.materials import add_version, hand_over, hold_conference, publish, take_back_handing
from kalka.library.services.stories import review_story, tell_story

__all__ = ["add_version", "hand_over", "hold_conference", "publish", "review_story", "take_back_handing", "tell_story"]
