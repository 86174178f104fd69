"""One installation and one Chromium for all of these tests. Both end with the last of them."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

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
def playing() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def chromium(playing: Playwright) -> Iterator[Browser]:
    browser = launched(playing)
    yield browser
    browser.close()


@pytest.fixture(scope="package")
def keeping(playing: Playwright) -> Iterator[Browser]:
    """As people have it: for «Back» it keeps whole pages, which Playwright forbids."""
    browser = launched(playing, ignore_default_args=["--disable-back-forward-cache"])
    yield browser
    browser.close()


ALONE = ["--no-sandbox"] if os.geteuid() == 0 else []  # root has no sandbox


def launched(playing: Playwright, **more: Any) -> Browser:
    return playing.chromium.launch(executable_path=shutil.which("chromium"), args=ALONE, **more)


@pytest.fixture
def seat(house: House, chromium: Browser) -> Iterator[Sit]:
    """Makes seats: `seat("sotsial")` has signed in, `seat()` has not. What went wrong at any of them fails the test."""
    taken: list[Seat] = []
    house.stay()

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
