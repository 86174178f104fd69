"""A family is noted on a phone, in Kyrgyz: two answers and a button. The second of the pair says yes; who was not asked
finds nothing."""

import pytest

from tests.browser import checks
from tests.browser.seat import PHONE, Seat, ky

pytestmark = pytest.mark.browser


def test_a_family_is_noted_in_four_taps_and_nobody_who_was_not_asked_finds_it(house, seat):
    there = seat("katchy", size=PHONE).go("/families/")
    before = codes(there)
    noted(there)
    (code,) = codes(there) - before
    neighbour = seat("mucho", size=PHONE).go("/families/")
    assert code not in neighbour.page.locator("main").inner_text()
    neighbour.go(f"/families/{code.replace('-', '')}/")
    assert code not in neighbour.page.locator("main").inner_text()
    assert all("404" in fault for fault in neighbour.faults)
    neighbour.faults.clear()  # what may not be seen is not found


def test_the_second_says_yes_before_anything_is_shown(house, seat):
    ref = house.filled["families"]["asked"]
    there = seat("mucho", size=PHONE).go(f"/families/{ref}/seat/")
    assert there.page.get_by_text(ky("A girl is to be married off early")).count() == 0
    there.choose("Will you work on it?", "Yes, I work on it")
    there.press("Answer")
    assert there.path == f"/families/{ref}/"
    assert there.page.get_by_text(ky("A girl is to be married off early")).is_visible()
    clean(there)


def noted(there: Seat) -> None:
    """Four taps: open, choose, tick, save. Nothing is typed, and two minutes are plenty."""
    there.follow("Note a family")
    clean(there)
    there.field("Where do you know of it from?").select_option("round")
    there.page.get_by_label(ky("Drink or drugs")).check()
    there.press("Write it down")
    assert there.path == "/families/"
    clean(there)


def codes(there: Seat) -> set[str]:
    return set(there.page.locator("th .code").all_inner_texts())


def clean(there: Seat) -> None:
    assert (checks.axe(there.page), checks.too_wide(there.page), checks.left_over(there.page)) == ([], [], [])
