"""What somebody has typed stays: when the page is closed, the session ends, the language changes, the network goes."""

import pytest

from kalka.demo.staffing import PASSWORD
from tests.browser.seat import Seat, ky

pytestmark = pytest.mark.browser

WORDS = "Кечинде кыйкырык угулду, эшик такылдап жатты."
REPORT = "/reports/new/"
AUTOSAVE = 10_000  # milliseconds


def begin(there: Seat) -> Seat:
    there.go(REPORT)
    there.choose("Is somebody's life in danger now?", "I am not sure")
    there.write("What happened?", WORDS)
    return there


def sign_in(there: Seat, login: str) -> Seat:
    there.write("User name", login)
    there.write("Password", PASSWORD)
    there.press("Continue")
    return there


def still_there(there: Seat) -> bool:
    chosen = there.page.locator("input[name=danger]:checked")
    return there.field("What happened?").input_value() == WORDS and chosen.get_attribute("value") == "unsure"


def kept_in_the_browser(there: Seat) -> str:
    """Everything a browser could remember of the page."""
    stored = there.page.evaluate("JSON.stringify([localStorage, sessionStorage, history.state])")
    return f"{stored} {there.context.cookies()}"


def mine(there: Seat) -> int:
    return there.go("/reports/?state=mine").page.locator("tbody tr").count()


def sign_the_others_out(there: Seat) -> None:
    """On one's own page, one session after the other."""
    for _ in range(10):
        others = there.go("/me/").button("Sign it out")
        if not others.count():
            return
        with there.page.expect_navigation():
            others.first.click()


def test_a_closed_page_is_offered_again(seat):
    there = seat("mugalim")
    there.page.clock.install()
    begin(there)
    there.page.clock.run_for(AUTOSAVE)
    there.page.wait_for_selector("[data-status]:not([hidden])")
    assert WORDS not in kept_in_the_browser(there)
    there.page.close()

    there.page = there.context.new_page()
    there.go(REPORT)
    assert there.says("You have a report that was not sent").is_visible()
    there.follow("Go on writing")
    assert still_there(there)

    there.press("Save the report")
    there.go(REPORT)
    assert there.says("You have a report that was not sent").count() == 0


def test_a_session_that_ended_meanwhile_gives_the_text_back(seat):
    there, other = sign_in(seat().go("/"), "katchy2"), sign_in(seat().go("/"), "katchy2")
    begin(there)
    sign_the_others_out(other)

    there.press("Save the report")
    assert there.path.startswith("/sign-in/")
    assert WORDS not in kept_in_the_browser(there)
    sign_in(there, "katchy2")
    assert there.path == REPORT and still_there(there)
    there.press("Save the report")
    assert there.page.get_by_text(WORDS).is_visible()


def test_keeping_a_draft_after_the_session_ended_leads_nobody_astray(seat):
    there, other = sign_in(seat().go("/"), "katchy3"), sign_in(seat().go("/"), "katchy3")
    there.page.clock.install()
    begin(there)
    sign_the_others_out(other)
    there.page.clock.run_for(AUTOSAVE)
    there.page.wait_for_selector("[data-status]:not([hidden])")
    sign_in(there.go(REPORT), "katchy3")
    assert there.path == REPORT


@pytest.mark.parametrize("scripts", [True, False], ids=["with script", "without"])
def test_another_language_in_the_middle_changes_no_word(seat, scripts):
    there = begin(seat("katchy", scripts=scripts))
    with there.page.expect_navigation():
        there.page.get_by_role("button", name="Русский").click()
    assert there.page.locator("html").get_attribute("lang") == "ru"
    assert there.page.locator("[data-errors]").count() == 0
    assert there.page.locator("textarea[name=what]").input_value() == WORDS
    with there.page.expect_navigation():
        there.page.get_by_role("button", name="Кыргызча").click()
    assert still_there(there)


@pytest.mark.parametrize("scripts", [True, False], ids=["with script", "without"])
def test_a_double_click_makes_one_report(seat, scripts):
    there = seat("doktur", scripts=scripts)
    before = mine(there)
    begin(there)
    with there.page.expect_navigation(url="**/reports/*-*/"):
        there.button("Save the report").dblclick()
    there.page.wait_for_load_state()
    assert mine(there) == before + 1


@pytest.mark.parametrize("gone", ["offline", "cut"])
def test_without_a_network_the_page_stays_with_its_words(seat, gone):
    there = begin(seat("kriziz"))
    if gone == "offline":
        there.context.set_offline(True)
    else:
        there.page.route("**/*", lambda route: route.abort())
    there.button("Save the report").click()
    there.says("Not kept yet: no network. Do not close this page.").wait_for()
    assert still_there(there)

    there.context.set_offline(False)
    there.page.unroute_all()
    there.faults.clear()  # the console says that nothing came
    there.press("Save the report")
    assert there.page.get_by_text(WORDS).is_visible()


def test_a_report_that_does_not_arrive_is_offered_again(seat):
    """The words are kept before they are sent; then the sending itself is cut off."""
    there = begin(seat("psiholog"))
    there.page.route(f"**{REPORT}", lambda route: route.abort() if route.request.method == "POST" else route.fallback())
    with there.page.expect_event("requestfailed"):
        there.button("Save the report").click()
    there.page.unroute_all()
    there.page.wait_for_url(lambda url: url.startswith("chrome-error:"), wait_until="commit")
    there.faults.clear()
    there.go(REPORT)
    there.follow("Go on writing")
    assert still_there(there)


def test_a_visit_stays_on_the_page_while_there_is_no_network(seat, house):
    there = seat("inspektor").go(f"/cases/{house.filled['full']['ref']}/visit/")
    there.choose("Whom did you meet?", "Nobody was there")
    there.context.set_offline(True)
    there.button("Save the visit").click()
    assert there.says("Not kept yet: no network. Do not close this page.").is_visible()
    assert there.page.locator("input[name=found]:checked").get_attribute("value") == "nobody"
    there.faults.clear()


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(seat):
    there = seat("katchy").go(REPORT)
    there.write("What happened?", WORDS)
    with there.page.expect_navigation():
        there.button("Save the report").click()
    summary = there.page.locator("[data-errors]")
    assert ky("All that you wrote is still here.") in summary.inner_text()
    summary.get_by_role("link").first.click()
    assert there.page.evaluate("document.activeElement.name") == "danger"
    assert there.field("What happened?").input_value() == WORDS
