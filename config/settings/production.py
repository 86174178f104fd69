"""An office, a district or the country. Refuses to start when something is unsafe, and says what."""

from config.settings.base import *  # noqa: F403  (a settings module is a namespace)

SILENCED_SYSTEM_CHECKS = ["security.W021"]  # whether browsers ship with the domain in a list is its owner's to decide
