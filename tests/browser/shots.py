"""Pictures of every page, to be looked at: `python -m tests.browser.shots FOLDER [NAME …]`."""

import os
import shutil
import sys
from itertools import product
from pathlib import Path

import django
from playwright.sync_api import sync_playwright

from tests.browser.house import house
from tests.browser.pages import pages
from tests.browser.seat import DESK, PHONE, sit


def main(folder: str, *names: str) -> None:
    django.setup()
    Path(folder).mkdir(parents=True, exist_ok=True)
    with house() as made, sync_playwright() as playwright:
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=root)
        for page, size, scheme in product(pages(made.filled), (PHONE, DESK), ("light", "dark")):
            if names and page.name not in names:
                continue
            token = made.filled["tokens"].get(page.login, "")
            seat = sit(browser, made.demo, token=token, size=size, scheme=scheme).go(page.path)
            seat.page.screenshot(path=f"{folder}/{page.name}-{size[0]}-{scheme}.png", full_page=True)
            print(page.name, size[0], scheme, seat.faults, flush=True)
            seat.context.close()
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
