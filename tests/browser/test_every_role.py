"""Every page × every role, in Chromium: whoever may open it sees a whole page, whoever may not that there is none."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from config.policy import POLICY
from kalka.directory.roles import ROLES
from tests.browser import checks

pytestmark = [pytest.mark.browser, pytest.mark.deep]

NOT_PAGES = {"cases:file", "orders:paper"}  # what comes is a file, to be kept
GONE = "Failed to load resource: the server responded with a status of 404"


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}", tuple(pattern.pattern.converters)
        else:
            yield from addresses(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)


def pages(filled: dict[str, dict[str, object]]) -> Iterator[tuple[str, str]]:
    """Every address that may be opened, over the full file."""
    known = {**filled["full"], "post_id": 1, "language": "ru", "judgement": filled["full"]["assessment"]}
    for name, parts in addresses():
        if "GET" in POLICY[name].methods and not name.startswith("api:") and name not in NOT_PAGES:
            yield name, reverse(name, kwargs={part: known[part] for part in parts})


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
        answer = there.page.goto(there.home + path)
        faults = [fault for fault in there.faults if GONE not in fault or answer.status != 404]
        there.faults.clear()
        if answer.status not in {200, 404} or there.page.locator("main h1").count() != 1:
            faults.append(f"answered {answer.status}")
        if answer.status == 200:
            faults += checks.too_wide(there.page)
        wrong += [f"{name}: {fault}" for fault in faults]
    assert wrong == []
