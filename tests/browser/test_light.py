"""How much comes over the wire: a phone in a village pays for every kilobyte and waits for every request."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from kalka.demo.staffing import PASSWORD
from tests.browser.pages import page_of
from tests.browser.seat import Seat

pytestmark = pytest.mark.browser

FIRST_BYTES, FIRST_REQUESTS, WARM_BYTES = 50 * 1024, 8, 8 * 1024
WARM = (
    "today",
    "today-secretary",
    "case",
    "cases",
    "reports",
    "report",
    "report-new",
    "orders",
    "visit",
    "figures",
    "figure",
    "help-board",
    "plan",
    "shelters",
    "findings-clinic-new",
)


@dataclass
class Wire:
    """What the browser's own network panel counts: every request, redirects too, and the bytes as they came."""

    requests: dict[str, str] = field(default_factory=dict)
    cached: set[str] = field(default_factory=set)
    kinds: dict[str, str] = field(default_factory=dict)
    bytes: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, there: Seat) -> "Wire":
        wire, panel = cls(), there.context.new_cdp_session(there.page)
        panel.on("Network.requestWillBeSent", wire.sent)
        panel.on("Network.loadingFinished", lambda one: wire.came(one["requestId"], one["encodedDataLength"]))
        panel.on("Network.requestServedFromCache", lambda one: wire.cached.add(one["requestId"]))
        panel.on("Network.responseReceived", wire.answered)
        panel.send("Network.enable")
        return wire

    def sent(self, one: dict[str, Any]) -> None:
        hop = one["requestId"]
        if "redirectResponse" in one:
            self.came(hop, one["redirectResponse"]["encodedDataLength"])
            self.requests[f"{hop} before"] = self.requests[hop]
        self.requests[hop], self.kinds[hop] = one["request"]["url"], one["type"]

    def answered(self, one: dict[str, Any]) -> None:
        if one["response"].get("fromDiskCache"):
            self.cached.add(one["requestId"])

    @property
    def asked(self) -> list[str]:
        """The addresses that were really asked for."""
        return [url for id, url in self.requests.items() if id not in self.cached]

    def came(self, id: str, length: int) -> None:
        self.bytes[id] = self.bytes.get(id, 0) + int(length)


def test_the_first_two_pages_are_light(seat):
    there = seat()
    wire = Wire.of(there)
    there.go("/sign-in/")
    there.write("User name", "katchy")
    there.write("Password", PASSWORD)
    there.press("Continue")
    there.page.wait_for_load_state("networkidle")
    icon = there.page.locator("link[rel=icon]").get_attribute("href") or ""
    extra = [] if any(icon in url for url in wire.asked) else [icon]  # a browser without a window leaves it out
    assert sum(wire.bytes.values()) <= FIRST_BYTES, wire.bytes
    assert len(wire.asked + extra) <= FIRST_REQUESTS, wire.asked


@pytest.mark.parametrize("name", WARM)
def test_a_warm_page_is_light(seat, house, name):
    where = page_of(name, house.filled)
    there = seat(where.login).go(where.path)
    wire = Wire.of(there)
    there.go(where.path)
    there.page.wait_for_load_state("networkidle")
    page = sum(length for id, length in wire.bytes.items() if wire.kinds.get(id) == "Document")
    assert 0 < page <= WARM_BYTES
    assert [url for url in wire.asked if "/static/icon." not in url] == [there.home + where.path]
