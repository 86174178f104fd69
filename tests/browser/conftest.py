"""One installation and one Chromium for all of these tests. Both end with the last of them."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.house import House
from tests.browser.house import house as built
from tests.browser.seat import Seat, sit

Sit = Callable[..., Seat]


# Not for the session: Playwright's loop would stand in the way of every database test after it.
@pytest.fixture(scope="package")
def house() -> Iterator[House]:
    with built() as made:
        yield made


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=root)
        yield browser
        browser.close()


@pytest.fixture
def seat(house: House, chromium: Browser) -> Iterator[Sit]:
    """Makes seats: `seat("sotsial")` has signed in, `seat()` has not. What went wrong at any of them fails the test."""
    taken: list[Seat] = []

    def take(login: str = "", *, home: str = "", **more: object) -> Seat:
        token = house.filled["tokens"][login] if login else ""
        taken.append(sit(chromium, home or house.demo, token=token, **more))  # type: ignore[arg-type]  # as sit asks
        return taken[-1]

    yield take
    faults = [fault for one in taken for fault in one.faults]
    for one in taken:
        print(one.path, one.faults, one.page.title())  # shown by pytest where a test fails
        one.context.close()
    assert faults == []
