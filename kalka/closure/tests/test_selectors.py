import inspect
from pathlib import Path

import pytest

from kalka.cases.tests.factories import wall
from kalka.closure import selectors
from kalka.closure.tests.factories import AFTER, DAY, NOW, done, ordered, planned, world
from kalka.core.blockers import Blocker
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.refs import show_ref
from kalka.ui.words import UNNAMED, WORDS, say

ROOT = Path(selectors.__file__).parents[1]
# Modules that assign duties and need not be asked, each with the reason.
NOT_ASKED = {
    "duties": "is asked itself",
    "intake": "its one duty is about a report and ended before the case was opened",
    "closure": "asks",
    "custody": "its duty is about the key of a post, which is no case",
    "oversight": "its duties are about the record, for whoever looks after it",
    "people": "its duties are about a search, or about two people who may be one; duties tells of them itself",
    "programmes": "a programme is a subject of its own; who must go and was not sent is a duty, of which duties tells",
    "statistics": "its duty is about a request for lines, which is no case",
}


def test_every_module_with_duties_is_asked_whether_it_is_done():
    assigning = {
        path.relative_to(ROOT).parts[0]
        for path in ROOT.rglob("*.py")
        if "tests" not in path.parts and "duties.assign(" in path.read_text("utf-8")
    }
    asked = {module.__name__.split(".")[1] for module in selectors.MODULES}
    assert assigning - set(NOT_ASKED) <= asked
    assert "duties" in asked


@pytest.mark.parametrize("module", selectors.MODULES, ids=lambda module: module.__name__)
def test_every_module_is_asked_in_the_same_words(module):
    asked = inspect.signature(module.open_work)
    assert list(asked.parameters) == ["actor", "subject_id", "now"]
    assert asked.parameters["now"].kind is inspect.Parameter.KEYWORD_ONLY
    assert asked.return_annotation in (tuple[Blocker, ...], "tuple[Blocker, ...]")


@pytest.fixture
def at():
    return world()


@pytest.mark.django_db
@pytest.mark.both
def test_what_is_open_is_named_by_every_module_in_plain_words(at):
    planned(at.case, at.worker, due_at=NOW - DAY, kind="notice.social_service")
    ordered(at.inspector, at.case)
    page = selectors.closing_page(at.worker, at.case.ref, now=AFTER)
    assert (page.case_ref, page.ref, page.closed) == (at.case.ref, show_ref(at.case.ref), False)
    codes = {one.code for one in page.blockers}
    assert {"risk.never_assessed", "orders.running", "duties.late", "duties.open"} <= codes
    for one in page.blockers:
        words = say(DomainError(one.code, **one.facts))
        assert one.code in WORDS
        assert words != str(UNNAMED)
        assert "{" not in words


@pytest.mark.django_db
@pytest.mark.both
def test_nothing_is_open_where_all_was_done(at):
    done(at)
    assert selectors.closing_page(at.worker, at.case.ref, now=AFTER).blockers == ()


@pytest.mark.django_db
@pytest.mark.both
def test_a_stranger_and_whoever_is_walled_off_are_told_nothing(at):
    wall(at.case.subject_id, at.worker.user_id)
    for actor in (at.stranger, at.worker):
        with pytest.raises(AccessDenied):
            selectors.closing_page(actor, at.case.ref, now=AFTER)
