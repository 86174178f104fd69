"""The public page: the numbers to call, and how to leave it so that nothing of it is left."""

import shutil
import sqlite3
import time
from collections.abc import Iterator
from gettext import translation
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright

from tests.browser.conftest import ALONE
from tests.browser.house import ROOT
from tests.browser.seat import DESK, PHONE, Seat, sit

pytestmark = pytest.mark.browser

AWAY = "https://ky.wikipedia.org/"
BEFORE = "https://before.example/"
TELLING = ("зомбулук", "насил", "violence", "калка", "kalka", "kyzmat", "help", "жардам", "помощ", "кризис", "crisis")
PATHS = {"ky": "/info/", "ru": "/info/ru/", "en": "/info/en/"}
NARROW = (320, 568)
WATCHED = (
    "Press “Leave now” after reading. The address of this page may stay in the browser's history: open it in a private"
    " window, or delete it there yourself. A call to 5200 may stay in the list of calls: delete it. If somebody has put"
    " a program on your phone that watches it, this page cannot hide from it: use another phone."
)


def elsewhere(there: Seat, address: str, title: str) -> None:
    """A page of the wide world that these tests do not need. Its icon is empty: one that is sought is not routed."""
    head = f"<!doctype html><meta charset=utf-8><link rel=icon href='data:,'><title>{title}</title>"
    body = f"{head}<a href='{there.home}/info/'>next</a>"
    there.context.route(f"{address}**", lambda route: route.fulfill(content_type="text/html", body=body))


def arrive(there: Seat) -> Seat:
    """From some other page, by a link; then through all three languages."""
    page = there.page
    elsewhere(there, AWAY, "Уикипедия")
    elsewhere(there, BEFORE, "Аба ырайы")
    page.goto(BEFORE)
    page.get_by_role("link", name="next").click()
    page.wait_for_url(f"{there.home}/info/")
    for language, name in (("ru", "Рус"), ("en", "Eng"), ("ky", "Кырг")):
        page.get_by_role("link", name=name, exact=True).click()
        page.wait_for_url(there.home + PATHS[language])
    return there


def by_click(there: Seat) -> None:
    there.page.locator("#leave").click()


def by_shift(there: Seat) -> None:
    for _ in range(3):
        there.page.keyboard.press("Shift")


def by_keyboard(there: Seat) -> None:
    there.page.keyboard.press("Tab")
    assert there.page.evaluate("document.activeElement.id") == "leave"
    there.page.keyboard.press("Enter")


def shown(there: Seat) -> str:
    there.page.wait_for_load_state()
    return f"{there.page.url} {there.page.title()}"


@pytest.mark.parametrize("leave", [by_click, by_shift, by_keyboard])
def test_nothing_of_ours_is_behind_back(seat, leave):
    there = arrive(seat())
    leave(there)
    there.page.wait_for_url(AWAY)
    seen = []
    for _ in range(10):
        there.page.go_back()
        seen.append(shown(there))
    for _ in range(3):
        there.page.go_forward()
        there.page.reload()
        seen.append(shown(there))
    again = there.context.new_page()
    again.goto(AWAY)
    again.go_back()
    seen.append(again.url)
    assert {one for one in seen if there.home in one} == set()
    assert f"{BEFORE} Аба ырайы" in seen


# What a browser that keeps whole pages for «Back» would give out again: a mark of the test in the page's own memory.
MARK, MARKED = "() => { window.typed = 'what somebody wrote'; }", "() => window.typed ?? ''"


def once_more(there: Seat, step: str) -> str:
    """A page that was kept whole is not loaded again, so nothing says when it is there."""
    getattr(there.page, step)(wait_until="commit")
    for _ in range(40):
        there.page.wait_for_timeout(100)
        try:
            return f"{there.page.url} {there.page.evaluate('document.title')}"
        except Error:  # one page has gone and the other is not there yet
            continue
    raise AssertionError("no page came")


@pytest.fixture
def kept(house, keeping: Browser) -> Iterator[Seat]:
    there = sit(keeping, house.demo)
    yield there
    assert there.faults == []
    there.context.close()


def test_a_browser_that_keeps_whole_pages_gives_back_none_of_ours(kept):
    """A page of the world comes back as it was left, so the browser does keep them; ours is asked for anew."""
    page = kept.page
    elsewhere(kept, AWAY, "Уикипедия")
    elsewhere(kept, BEFORE, "Аба ырайы")
    left = {}
    for path in (BEFORE, f"{kept.home}/info/"):
        page.goto(path)
        page.evaluate(MARK)
        page.goto(AWAY)
        once_more(kept, "go_back")
        left[path] = page.evaluate(MARKED)
    assert left == {BEFORE: "what somebody wrote", f"{kept.home}/info/": ""}


@pytest.mark.parametrize("leave", [by_click, by_shift])
def test_nothing_of_ours_is_behind_back_where_whole_pages_are_kept(kept, leave):
    there = arrive(kept)
    leave(there)
    there.page.wait_for_url(AWAY)
    seen = [once_more(there, step) for step in (*["go_back"] * 10, *["go_forward"] * 3)]
    assert {one for one in seen if there.home in one} == set()
    assert f"{BEFORE} Аба ырайы" in seen


def test_a_page_that_was_kept_all_the_same_leaves_at_once(seat):
    """As another browser, or an older one, may keep it whatever it was told."""
    there = arrive(seat())
    left = there.page.evaluate(
        """() => {
          dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
          return document.documentElement.childNodes.length;
        }"""
    )
    assert left == 0
    there.page.wait_for_url(AWAY)
    there.page.go_back()
    assert shown(there) == f"{BEFORE} Аба ырайы"


def lasting(playing: Playwright, profile: Path, *more: str) -> BrowserContext:
    """A browser as it stands on a telephone: with a profile that outlives it."""
    found = shutil.which("chromium")
    return playing.chromium.launch_persistent_context(profile, executable_path=found, args=[*ALONE, *more])


def test_requirement_33_a_tab_that_is_opened_again_shows_none_of_ours(house, playing, tmp_path):
    """The browser is shut and takes up its last session; its own list of what was visited holds what is neutral."""
    context = lasting(playing, tmp_path)
    there = Seat(context.new_page(), context, house.demo)
    by_click(arrive(there))
    there.page.wait_for_url(AWAY)
    there.page.wait_for_timeout(1_500)  # the browser writes its list down now and then
    context.close()
    again = lasting(playing, tmp_path, "--restore-last-session")
    for address, title in ((AWAY, "Уикипедия"), (BEFORE, "Аба ырайы")):
        elsewhere(Seat(again.pages[0], again, house.demo), address, title)
    seen = []
    for page in again.pages:
        seen.append(page.url)
        for _ in range(10):
            back(page)
            seen.append(page.url)
    again.close()
    assert [one for one in seen if house.demo in one] == []
    assert BEFORE in seen  # the tab was opened again, with all that lay behind it
    with sqlite3.connect(f"file:{tmp_path / 'Default' / 'History'}?mode=ro", uri=True) as history:
        visited = history.execute("SELECT url, title FROM urls").fetchall()
    ours = [(url.removeprefix(house.demo), title) for url, title in visited if house.demo in url]
    assert {url for url, _title in visited} >= {AWAY, BEFORE}  # it does keep a list
    assert {path for path, _title in ours} <= set(PATHS.values())
    assert [word for word in TELLING for path, title in ours if word in f"{path} {title}".lower()] == []


def back(page: Page) -> None:
    """A tab that is just being opened again takes no orders for a moment."""
    for _ in range(40):
        try:
            page.go_back(wait_until="commit")
            return
        except Error:
            time.sleep(0.25)
    raise AssertionError("the tab never stood")


@pytest.mark.parametrize("leave", [by_click, by_shift, by_keyboard])
def test_requirement_33_it_leaves_from_a_narrow_screen_as_well(seat, leave):
    there = arrive(seat(size=NARROW))
    assert there.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    leave(there)
    there.page.wait_for_url(AWAY)
    there.page.go_back()
    assert shown(there) == f"{BEFORE} Аба ырайы"


@pytest.mark.parametrize("language", PATHS)
def test_requirement_33_whoever_listens_finds_it_and_is_told_what_it_cannot_do(seat, language):
    """By its name among the links, the first of them all; and the page says that its history stays."""
    said = translation("django", ROOT / "locale", [language]).gettext if language != "en" else str
    there = seat().go(PATHS[language])
    assert there.page.get_by_role("link").first.get_attribute("id") == "leave"
    assert there.page.get_by_role("link", name=said("Leave now")).count() == 1
    there.page.get_by_text(said("My phone is watched")).click()
    told = there.page.locator("details[open] p")
    assert told.is_visible() and told.inner_text() == said(WATCHED)


def test_nothing_is_left_in_the_browser(seat):
    there = arrive(seat())
    left = there.page.evaluate(
        """async () => ({
          local: localStorage.length, session: sessionStorage.length, cookie: document.cookie,
          databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
          workers: (await navigator.serviceWorker.getRegistrations()).length, state: history.state })"""
    )
    assert left == {
        "local": 0,
        "session": 0,
        "cookie": "",
        "databases": 0,
        "caches": 0,
        "workers": 0,
        "state": None,
    }
    by_click(there)
    there.page.wait_for_url(AWAY)
    assert there.context.cookies() == []
    answer = there.context.request.get(f"{there.home}/info/")
    assert (answer.headers["cache-control"], answer.headers["referrer-policy"]) == ("no-store", "no-referrer")
    assert "set-cookie" not in answer.headers


def test_the_page_is_blank_at_once_whatever_the_network_does(seat):
    there = arrive(seat())
    there.context.unroute_all()
    there.context.route(f"{AWAY}**", lambda route: None)  # it never answers
    milliseconds, left, title = there.page.evaluate(
        """() => {
          const begun = performance.now();
          document.getElementById("leave").click();
          return [performance.now() - begun, document.documentElement.childNodes.length, document.title];
        }"""
    )
    assert milliseconds < 100 and left == 0 and not title.strip("\u200b")


def test_without_script_the_way_out_is_a_link(seat):
    there = seat(scripts=False)
    elsewhere(there, AWAY, "Уикипедия")
    there.go("/info/")
    there.page.locator("summary").first.click()
    assert there.page.locator("details p").first.is_visible()
    by_click(there)
    there.page.wait_for_url(AWAY)


@pytest.mark.parametrize("language", PATHS)
def test_a_glance_over_the_shoulder_tells_nothing(seat, language):
    there = seat().go(PATHS[language])
    head = there.page.locator("head")
    told = f"{there.path} {there.page.title()} {head.inner_html()}".lower().replace("wikipedia", "")
    assert [word for word in TELLING if word in told] == []
    assert there.page.locator("header svg, main svg").count() == 1  # the arrow out; no mark of ours
    assert "portal-icon" in (there.page.locator("link[rel=icon]").get_attribute("href") or "")
    assert there.page.locator("html").get_attribute("lang") == language


def test_the_way_out_stays_in_view(seat):
    for size in (PHONE, DESK):
        there = seat(size=size).go("/info/")
        for details in there.page.locator("summary").all():
            details.click()
        there.page.mouse.wheel(0, 4000)
        there.page.wait_for_timeout(100)
        box = there.page.locator("#leave").bounding_box()
        assert box is not None and box["y"] >= 0 and box["height"] >= 44
        assert there.page.evaluate("scrollY") > 0


def test_it_prints_nothing(seat):
    there = seat().go("/info/")
    there.page.emulate_media(media="print")
    assert not there.page.locator("body").is_visible()
