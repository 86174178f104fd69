"""Every page × every role, in Chromium: whoever may open it sees a whole page, whoever may not that there is none."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import Error

from config.policy import POLICY
from kalka.directory.roles import ROLES
from tests.browser import checks

pytestmark = [pytest.mark.browser, pytest.mark.deep]

NOT_PAGES = {"cases:file", "orders:paper", "results:file"}  # what comes is a file, to be kept
NO_TITLE = {"support:safety_print"}  # whoever finds the sheet is not told what it is
ICON = "/favicon.ico"  # a browser asks for it by itself where what came is no page
NOBODYS = {"user": 999_999, "number": 1, "holding_id": 999_999, "ending": "xlsx"}
# Of what committees do: the part of an address → where it was filled in.
LOCAL = {
    "committee_id": ("committee", "id"),
    "holding_id": ("committee", "member"),
    "sitting": ("sittings", "going"),
    "item": ("sittings", "item"),
    "resolution": ("sittings", "decision"),
    "course": ("training", "full"),
    "focal": ("training", "focal"),
    "thing": ("training", "entry"),
    "event": ("prevention", "event"),
    "photo": ("prevention", "photo"),
    "material": ("prevention", "material"),
    "conference": ("prevention", "held"),
    "story": ("prevention", "story"),
}
GONE = "Failed to load resource: the server responded with a status of 404"


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}", tuple(pattern.pattern.converters)
        else:
            yield from addresses(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)


def pages(filled: dict[str, dict[str, object]]) -> Iterator[tuple[str, str]]:
    """Every address that may be opened, over the full file; of help, over the file that is helped. What neither of them
    has is looked for in vain, which is a whole page too."""
    known = {**filled["full"], "post_id": 1, "language": "ru", "judgement": filled["full"]["assessment"]}
    local = {part: filled[where][name] for part, (where, name) in LOCAL.items()}
    helped = {**NOBODYS, **known, **local, **filled["help"]}
    families = {**helped, "ref": filled["families"]["ref"], "step": "contact"}
    for name, parts in addresses():
        if "GET" in POLICY[name].methods and not name.startswith("api:") and name not in NOT_PAGES:
            there = known if known.keys() >= {*parts} else helped
            there = families if name.startswith("families:") else there
            yield name, reverse(name, kwargs={part: there.get(part, UUID(int=0)) for part in parts})


@pytest.fixture(scope="package")
def shared(house):
    house.share()
    return house


@pytest.mark.parametrize("role", ["", *sorted(ROLES)], ids=lambda role: role or "anybody")
def test_every_page_is_whole_for_this_role(seat, shared, role):
    filled, wrong = shared.filled, []
    login = next((one for one, held in filled["roles"].items() if held == role), "")
    there = seat(login)
    for name, path in pages(filled):
        try:
            answer = there.page.goto(there.home + path)
        except Error as fault:
            if "Download is starting" not in str(fault):
                raise
            continue  # a file, to be kept
        if "html" not in answer.headers["content-type"]:
            there.faults.clear()  # shown as it is, for programs
            continue
        faults = [one for one in there.faults if ICON not in one and (GONE not in one or answer.status != 404)]
        there.faults.clear()
        titles = 0 if role and name in NO_TITLE and answer.status == 200 else 1
        if answer.status not in {200, 404} or there.page.locator("main h1").count() != titles:
            faults.append(f"answered {answer.status}")
        if answer.status == 200:
            faults += checks.too_wide(there.page)
        wrong += [f"{name}: {fault}" for fault in faults]
    assert there.go("/me/").path == ("/me/" if role else "/sign-in/?next=/me/")  # who sat there until the end
    there.faults.clear()
    assert wrong == []
