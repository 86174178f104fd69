"""How much a person would have to do on the way: taps, and letters typed. A machine's hand, not a person's minutes."""

import time
from dataclasses import dataclass, field

from playwright.sync_api import Page

LISTEN = """
addEventListener("pointerdown", () => window.tapped("tap", 1), true);
addEventListener("change", (event) => event.target.tagName === "SELECT" && window.tapped("tap", 2), true);
addEventListener("input", (event) => event.target.matches("textarea, input:not([type=checkbox], [type=radio])")
    && window.tapped("write", event.target.value.length), true);
"""


@dataclass(slots=True)
class Taps:
    """A choice from a list is two taps, a field that is written into is one; `seconds`: of the machine."""

    taps: int = 0
    letters: int = 0
    begun: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.begun


def counted(page: Page) -> Taps:
    """From now on, across pages."""
    found = Taps()

    def tapped(what: str, number: int) -> None:
        found.taps += number if what == "tap" else 1
        found.letters += number if what == "write" else 0

    page.expose_function("tapped", tapped)
    page.add_init_script(LISTEN)
    return found
