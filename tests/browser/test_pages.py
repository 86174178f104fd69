"""Every page of whoever uses it: found clean by axe in both themes, on a phone, at a desk, with large letters."""

import pytest

from tests.browser import checks
from tests.browser.pages import FEW, LOCAL, OF_CASES, OF_HELP, page_of
from tests.browser.seat import DESK, PHONE

pytestmark = pytest.mark.browser

NAMES = [
    *(page[0] for page in OF_CASES),
    *(name if name in FEW else pytest.param(name, marks=pytest.mark.deep) for name, _, _ in (*OF_HELP, *LOCAL)),
]
IN_RUSSIAN = {"certificate-wrong"}
# What somebody wrote there in Latin letters, or is to write.
WRITTEN = {
    "prevention-event": {"Women"},
    "prevention-event-above": {"Women"},
    "library-new": {"https"},
    "library-version": {"https"},
    "library-material": {"https", "www", "youtube", "com", "watch", "ENi", "lRA"},
}
BY_KEYBOARD = (
    "sign-in",
    "portal",
    "today",
    "me",
    "search",
    "record",
    "posts",
    "reports",
    "report-new",
    "report-unsure",
    "case",
    "person",
    "consent",
    "incident",
    "order-new",
    "order",
    "visit",
    "duty",
    "close-blocked",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_clean(seat, house, name):
    where = page_of(name, house.filled)
    there = seat(where.login).go(where.path)
    page = there.page
    if name == "nowhere":
        there.faults.clear()  # the browser says itself that the page is not there
    assert page.locator("html").get_attribute("lang") == ("ru" if name in IN_RUSSIAN else "ky")
    assert not where.login or not there.path.startswith("/sign-in/")
    found = {"english": sorted({*checks.left_over(page)} - WRITTEN.get(name, set())), "axe": checks.axe(page)}
    found |= {"wide": checks.too_wide(page), "small": checks.too_small(page)}
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    found |= {"axe, dark": checks.axe(page), "wide, desk": checks.too_wide(page)}
    checks.zoomed(page, 200)
    found["wide, 200 %"] = [one for one in checks.too_wide(page) if one.startswith("the page")]
    assert {what: faults for what, faults in found.items() if faults} == {}


def send(there, button):
    with there.page.expect_navigation():
        there.button(button).click()
    return there


def reporter(there, filled):
    there.go(f"/reports/{filled['reports']['named']}/reporter/")
    there.write("Why must you know who reported?", "Билдирген адам өзү жардам сурап кайра чалды.")
    assert send(there, "Show who reported").page.get_by_text("Бегимай Асанова").is_visible()


def found(there, filled):
    there.go("/search/").field("Case code, name, personal number or phone").fill("токтогулова")
    there.choose("What is the search for", "Somebody is in danger now: search first, I write why after")
    send(there, "Search")
    assert there.page.locator("main li a").count() >= 1


def looked_up(there, filled):
    there.go("/orders/lookup/").write("Number of the order", "12/345")
    assert send(there, "Look it up").page.locator(".notice").count() == 1


def to_mend(there, filled):
    assert send(there.go("/reports/new/"), "Save the report").page.locator("[data-errors]").is_visible()


@pytest.mark.parametrize("step", [reporter, found, looked_up, to_mend])
def test_a_page_that_a_step_leads_to_is_clean(seat, house, step):
    there = seat("inspektor" if step is looked_up else "sotsial")
    step(there, house.filled)
    page = there.page
    found_there = [checks.axe(page), checks.too_wide(page), checks.too_small(page), checks.left_over(page)]
    page.emulate_media(color_scheme="dark")
    assert [*found_there, checks.axe(page, "color-contrast")] == [[], [], [], [], []]


@pytest.mark.parametrize("name", BY_KEYBOARD)
def test_every_control_is_reached_by_keyboard(seat, house, name):
    where = page_of(name, house.filled)
    there = seat(where.login, size=DESK).go(where.path)
    assert checks.keyboard(there.page) == []


@pytest.mark.parametrize("name", ["sign-in", "today", "report-new", "case"])
def test_the_first_tab_leads_past_the_head(seat, house, name):
    where = page_of(name, house.filled)
    page = seat(where.login, size=PHONE).go(where.path).page
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert (skip.get_attribute("class"), skip.bounding_box()["x"] >= 0) == ("skip", True)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("name", ["case", "risk-court"])
def test_on_paper_stands_no_navigation_and_no_button(seat, house, name):
    where = page_of(name, house.filled)
    page = seat(where.login, size=DESK, scheme="dark").go(where.path).page
    page.emulate_media(media="print", color_scheme="dark")
    for part in ("nav", ".top", ".foot", ".btn", ".skip", ".crumb", "form button"):
        shown = [one for one in page.locator(part).all() if one.is_visible()]
        assert shown == [], part
    ground, ink = page.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    )
    assert (ground in {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}, ink) == (True, "rgb(0, 0, 0)")


def test_the_safety_plan_on_paper_tells_nobody_what_it_is(seat, house):
    """It has no title and no heading, on purpose, and neither navigation nor button."""
    where = page_of("safety", house.filled)
    page = seat(where.login, size=DESK).go(where.path + "print/").page
    assert (page.title().strip(), page.locator("nav, button, a, h1").count()) == ("", 0)
    assert {fault.split(":")[0] for fault in checks.axe(page)} <= {"document-title", "page-has-heading-one"}
