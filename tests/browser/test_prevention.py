"""A class talk and its photo on a phone, in Kyrgyz: what was found is shown, the rest touched away, a report near."""

from datetime import timedelta

import pytest

from kalka.core import clock
from kalka.prevention.tests.factories import hall, jpeg
from tests.browser.seat import PHONE, ky
from tests.browser.test_sitting import day, fits, send

pytestmark = [pytest.mark.browser, pytest.mark.deep]


def test_a_photo_is_kept_only_as_she_has_seen_it_and_a_report_is_one_tap_away(seat):
    there = seat("katchy", size=PHONE).go("/prevention/")
    there.follow("Write down an event")
    there.field("What was it?").select_option(label=ky("Talk in a class, grades 8 to 11"))
    there.page.get_by_role("checkbox", name="8", exact=True).check()
    day(there, "On which day?", clock.now() - timedelta(days=1))
    there.write("How many people came?", "31")
    fits(there)
    send(there)
    there.follow("Add a photo")
    photo = {"name": "DSC_0001.jpg", "mimeType": "image/jpeg", "buffer": jpeg(hall(1))}
    there.field("The photo").set_input_files(photo)
    there.choose("Is anybody under 18 on it?", "No, only adults")
    send(there)
    fits(there)
    cells = there.page.locator(".marks__grid label")
    box = cells.first.bounding_box()
    assert cells.count() == 36 and min(box["width"], box["height"]) >= 24, "touched with a thumb"
    cells.nth(10).click()
    there.choose("What should become of it?", "Keep it as it is")
    send(there)
    assert there.path.startswith("/prevention/photo/"), "what was touched away is shown again first"
    there.choose("What should become of it?", "Keep it as it is")
    send(there)
    assert there.page.locator(".photos img").evaluate("one => one.complete && one.naturalWidth > 0")
    there.follow("Write a report")
    assert there.path == "/reports/new/?way=talk" and there.faults == []
