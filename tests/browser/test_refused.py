"""What a page may not do, held by the browser itself, and what it tells us of it."""

import pytest

pytestmark = pytest.mark.browser
WRITE = "try { document.body.innerHTML = '<b>x</b>'; 'taken' } catch (refused) { refused.name }"
SEND = """() => {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: "/answered/" });
  document.body.append(form);
  form.requestSubmit();
}"""

# Whether the script of the page is there: it stops each form, also one that was sent already.
TAKEN = """() => {
  const form = document.createElement("form");
  form.dataset.sent = "yes";
  document.body.append(form);
  const told = new Event("submit", { bubbles: true, cancelable: true });
  form.dispatchEvent(told);
  form.remove();
  return told.defaultPrevented;
}"""


def test_no_text_becomes_a_part_of_a_page_and_the_browser_says_which_rule_that_was(seat):
    there = seat().go("/info/")
    with there.page.expect_request(f"{there.home}/refused/") as told:
        assert there.page.evaluate(WRITE) == "TypeError"
    assert told.value.post_data_json["csp-report"]["effective-directive"] == "require-trusted-types-for"
    there.faults.clear()  # the console tells of it too


def test_an_answer_of_ours_still_takes_the_place_of_a_public_page(seat):
    """Also a second time, from a page that came so: it runs the script once more."""
    there = seat().go("/info/")
    page, bare = there.page, there.page.content()
    times = iter(("first", "second"))

    def answer(route):
        route.fulfill(content_type="text/html", body=f"{bare}<p id={next(times)}>")

    there.context.route(f"{there.home}/answered/", answer)
    for time in ("first", "second"):
        page.evaluate(SEND)
        page.locator(f"#{time}").wait_for(state="attached")
        page.wait_for_function(TAKEN)  # before, a form leaves as it would without us
    assert there.path == "/info/"
