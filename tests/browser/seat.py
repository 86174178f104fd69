"""Somebody in front of a screen: what they find by its visible words, and what went wrong meanwhile."""

import re
from dataclasses import dataclass, field
from functools import cache
from gettext import GNUTranslations
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page

from tests.browser.house import ROOT

PHONE, DESK = (360, 740), (1280, 900)


@cache
def _kyrgyz() -> GNUTranslations:
    with (ROOT / "locale" / "ky" / "LC_MESSAGES" / "django.mo").open("rb") as file:
        return GNUTranslations(file)


def ky(words: str) -> str:
    """What a Kyrgyz page says where the source says `words`. A wording that is gone is said at once."""
    said = _kyrgyz().gettext(words)
    if said == words:
        raise LookupError(f"no page says “{words}” any more")
    return said


@dataclass(slots=True)
class Seat:
    page: Page
    context: BrowserContext
    home: str
    faults: list[str] = field(default_factory=list)

    def go(self, path: str) -> "Seat":
        self.page.goto(self.home + path, wait_until="load")
        return self

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.home)

    # What is on the page, by what it is and what it says

    def link(self, words: str) -> Locator:
        return self.page.get_by_role("link", name=ky(words))

    def button(self, words: str) -> Locator:
        return self.page.get_by_role("button", name=ky(words), exact=True)

    def heading(self, words: str) -> Locator:
        return self.page.get_by_role("heading", name=ky(words))

    def group(self, words: str) -> Locator:
        return self.page.get_by_role("group", name=ky(words))

    def says(self, words: str) -> Locator:
        return self.page.get_by_text(ky(words))

    def field(self, label: str) -> Locator:
        """By its whole label, but for «(may be left out)» behind it."""
        return self.page.locator("main").get_by_label(re.compile(rf"^{re.escape(ky(label))}( \(|$)"))

    # What a person does

    def write(self, label: str, text: str) -> None:
        self.field(label).fill(text)

    def choose(self, question: str, answer: str) -> None:
        self.group(question).get_by_role("radio", name=ky(answer), exact=True).check()

    def press(self, words: str) -> None:
        """Press a button, and wait for the page it leads to: one that has nothing to mend."""
        with self.page.expect_navigation():
            self.button(words).click()
        if wrong := self.page.locator("[data-errors]").all_inner_texts():
            raise AssertionError(wrong)

    def follow(self, words: str) -> None:
        with self.page.expect_navigation():
            self.link(words).first.click()

    def follow_me(self) -> None:
        """The little person on top."""
        with self.page.expect_navigation():
            self.page.locator(".tools a[href='/me/']").click()


def sit(
    browser: Browser,
    home: str,
    *,
    token: str = "",
    size: tuple[int, int] = PHONE,
    scheme: Any = "light",
    language: str = "ky",
    scripts: bool = True,
) -> Seat:
    """A fresh browser. With a token its person has signed in already."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,
        java_script_enabled=scripts,
        locale="ky-KG",
        has_touch=size == PHONE,
    )
    context.set_default_timeout(10_000)
    if token:
        context.add_cookies([{"name": "kalka", "value": token, "url": home}])
    if language != "ky":
        context.add_cookies([{"name": "kalka-lang", "value": language, "url": home}])
    page = context.new_page()
    seat = Seat(page, context, home)
    watch(seat)
    return seat


def watch(seat: Seat) -> None:
    """Whatever the console says, every broken answer, and every file that does not come is a fault."""
    page = seat.page
    page.on(
        "console",
        lambda said: (
            said.type in {"error", "warning"} and seat.faults.append(f"{said.type}: {said.text} {said.location}")
        ),
    )
    page.on("pageerror", lambda error: seat.faults.append(f"script: {error}"))
    page.on("response", lambda one: one.status >= 500 and seat.faults.append(f"{one.status}: {one.url}"))
