"""A day at the single window and one at the crisis centre, in Kyrgyz, on a phone and on a desk."""

import pytest

from kalka.guide.taxonomy import TAXONOMY
from tests.browser import checks
from tests.browser.seat import DESK, PHONE, Seat, ky

pytestmark = pytest.mark.browser

SIZES = pytest.mark.parametrize(("screen", "size"), [("phone", PHONE), ("desk", DESK)])
LINE, CLINIC = "5200 ыкчам линиясы", "Нарын үй-бүлөлүк медицина борбору"
HANDED, HOME, CODEWORD = "Түшкө чейин чалыңыз.", "Эшикке жакын отурам", "кызыл чайнек"


@SIZES
def test_the_coordinator_sees_who_waits_and_finds_another_way(house, seat, screen, size):
    ref = house.filled["days"]["late"][screen]
    there = seat("koordinator", size=size)
    assert waits(there, ref) == [("late", "«Таяныч» кризистик борбору", "3")]  # by internal hours, and so it says
    assert there.page.locator("section[aria-labelledby=late]").get_by_text(ky("by internal hours, not by law")).count()
    assert there.page.locator("#unasked").is_visible()  # what nobody was asked for yet stands before it
    clean(there)
    leads = (
        there.page.locator("section[aria-labelledby=late] tr", has_text=ref).get_by_role("link").get_attribute("href")
    )
    old = chased(there, ref)
    assert leads == old
    there.follow("Find another way")
    ask(there, LINE)
    there.group("Does it take the place of another referral?").get_by_role("radio").nth(1).check()
    there.press("Send the referral")
    assert waits(there, ref) == [("waiting", LINE, "0")]
    assert there.go("/").page.locator(f"a[href='{old}']").count() == 0
    there.go(old)
    assert there.page.locator(".duty__meta").get_by_text(ky("Sent elsewhere")).is_visible()
    asked = seat("psiholog", size=size).go("/help/received/")
    assert asked.page.get_by_text(ref).count() == 0


@SIZES
def test_a_day_of_a_crisis_centre(house, seat, screen, size):
    ref = house.filled["days"]["new"][screen]
    there = seat("kriziz", size=size)
    ask_what_is_needed(there, ref)
    refer_with_her_consent(there, ref)
    give_a_service_in_two_taps(there, ref)
    hold_a_bed_and_take_her_in(there)
    print_her_safety_plan(there, ref)


def waits(there: Seat, ref: str) -> list[tuple[str, str, str]]:
    """On the board: in which part her referrals stand, who is asked, and for how many days."""
    there.go("/help/")
    found = []
    for part in ("stuck", "late", "waiting", "taken"):
        for row in there.page.locator(f"section[aria-labelledby={part}] tr", has_text=ref).all():
            _help, who, _state, days = row.locator("td").all_inner_texts()
            found.append((part, who.strip(), days.split()[0]))
    return found


def chased(there: Seat, ref: str) -> str:
    """From the duty on the first page to the referral; its address."""
    there.go("/")
    row = there.page.locator("li.duty", has_text=ref).filter(
        has_text=ky("The referral did not lead to help: find another way with the person")
    )
    with there.page.expect_navigation():
        row.locator("a.btn").first.click()
    return there.path


def ask(there: Seat, whom: str) -> None:
    """From the page of a need to the form."""
    offer = there.page.locator("section.sheet", has=there.page.get_by_role("heading", name=whom))
    with there.page.expect_navigation():
        offer.get_by_role("link", name=ky("Ask them")).click()
    there.write("What do they need to know?", HANDED)


def to_case(there: Seat, ref: str) -> Seat:
    return there.go(f"/cases/{ref.replace('-', '')}/")


def ask_what_is_needed(there: Seat, ref: str) -> None:
    to_case(there, ref)
    there.follow("Ask what is needed")
    wanted = there.group("What help does the person want?")
    for code in ("health", "shelter"):
        wanted.get_by_role("checkbox", name=TAXONOMY.needs[code].titles["ky"], exact=True).check()
    there.press("Save what is needed")
    assert there.path == f"/cases/{ref.replace('-', '')}/"


def refer_with_her_consent(there: Seat, ref: str) -> None:
    with there.page.expect_navigation():
        there.page.get_by_role("link", name=TAXONOMY.needs["health"].titles["ky"], exact=True).first.click()
    ask(there, CLINIC)
    assert there.group("Who agrees that they are told?").get_by_role("radio", checked=True).count() == 1
    clean(there)
    there.press("Send the referral")
    assert there.says("Asked already, not finished").is_visible()
    to_case(there, ref)
    assert there.page.get_by_text(CLINIC).first.is_visible()  # her consent stands in the file


def give_a_service_in_two_taps(there: Seat, ref: str) -> None:
    there.go(f"/cases/{ref.replace('-', '')}/help/")
    there.follow("Note help given")
    there.page.get_by_role("radio", name=ky("First talk, support"), exact=True).check()
    with there.page.expect_navigation():
        there.page.get_by_role("button", name="45", exact=True).click()
    given = there.page.get_by_role("table", name=ky("Minutes by kind of help")).locator("tbody tr")
    assert given.all_inner_texts() == [f"{ky('Psychological help')}\t45"]


def hold_a_bed_and_take_her_in(there: Seat) -> None:
    there.go("/shelters/free/")
    there.follow("Hold a place")
    there.field("In which region?").select_option("country")
    there.choose("Who needs a place?", "A woman")
    there.press("Hold a place")
    assert there.page.locator(".head .code").is_visible()
    there.follow("She has arrived")
    there.choose("Who is it?", "Woman or girl")
    there.field("Age").select_option("25-34")
    there.press("Save the arrival")
    assert there.path.startswith("/shelters/stays/")


def print_her_safety_plan(there: Seat, ref: str) -> None:
    there.go(f"/cases/{ref.replace('-', '')}/help/safety/")
    there.page.locator("[name=home]").fill(HOME)
    there.page.locator("[name=codeword]").fill(CODEWORD)
    there.press("Save the plan")
    there.follow("Open the plan")
    there.follow("Print without a title")
    page = there.page.content()
    assert (there.page.title().strip(), HOME in page) == ("", True)
    assert [word for word in (CODEWORD, ref, ref.replace("-", "")) if word in page] == []


def clean(there: Seat) -> None:
    assert (checks.axe(there.page), checks.too_wide(there.page), checks.left_over(there.page)) == ([], [], [])
