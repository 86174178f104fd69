"""Somebody in front of a browser while the database goes and comes back: the words stay, one button saves them once."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser import checks
from tests.browser.seat import DESK, PHONE, Seat, sit
from tests.deep.installed import Installation, installation
from tests.deep.test_outage import away, saved

pytestmark = [pytest.mark.deep, pytest.mark.browser]

WORDS = "Кечинде кыйкырык угулду,\nэшик <такылдап> жатты."
BUTTON = ".savebar button[type=submit]"


def begin(there: Seat) -> None:
    there.go("/reports/new/")
    there.page.check("input[name=danger][value=unsure]")
    there.page.fill("textarea[name=what]", WORDS)


def press(there: Seat) -> int:
    with there.page.expect_navigation() as gone:
        there.page.click(BUTTON)
    return gone.value.status if gone.value else 0


def looks_right(there: Seat) -> None:
    """The page with the button, at both widths and in both schemes; pictures of it where somebody asks for them."""
    for size in (PHONE, DESK):
        for scheme in ("light", "dark"):
            there.page.set_viewport_size({"width": size[0], "height": size[1]})
            there.page.emulate_media(color_scheme=scheme)
            assert there.page.evaluate(checks.WIDER) == [] and there.page.evaluate(checks.SMALL) == []
            if folder := os.environ.get("KALKA_SHOTS"):
                there.page.screenshot(path=Path(folder) / f"again-{size[0]}-{scheme}.png", full_page=True)


@pytest.mark.parametrize("scripts", [True, False], ids=["with script", "without"])
def test_the_words_stay_in_the_page_and_one_button_saves_them_once(scripts):
    with installation(filled=(1, 1, 1)) as here, sync_playwright() as playwright:
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=root)
        there = sit(chromium, f"http://127.0.0.1:{here.port}", token=here.ready["tokens"]["katchy"], scripts=scripts)
        there.context.set_default_timeout(60_000)
        round_of(here, there)
        chromium.close()


def round_of(here: Installation, there: Seat) -> None:
    begin(there)
    with away(here):
        assert press(there) == 503
        key = there.page.input_value("input[name=key]")
        there.page.locator("summary").click()
        assert there.page.locator("textarea[readonly]").first.input_value() == WORDS
        looks_right(there)
        assert press(there) == 503  # too early
        assert there.page.input_value("input[name=key]") == key
    said = [press(there)]
    while said[-1] == 503 and len(said) < 20:  # still a moment too early
        said.append(press(there))
    assert said[-1] == 200
    assert f"/reports/{key}/" in there.page.url
    assert WORDS.split("\n")[0] in there.page.locator("main").inner_text()
    assert saved(here) == [key]
