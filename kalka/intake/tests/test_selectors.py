from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kalka.access import services as grants
from kalka.core.blockers import Blocker
from kalka.core.commands import command
from kalka.core.errors import AccessDenied
from kalka.core.models import AuditEntry
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.intake import selectors, services
from kalka.intake.models import Report
from kalka.intake.tests.factories import AIMAK, FAR, HOUR, NOW, RAION, TODAY, TOLD, post, received, village

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def wall(report: Report, user_id: int) -> None:
    @command("test.wall", needs=Permission.REPORT_READ)
    def shut(actor: object) -> None:
        grants.wall(report.subject_id, user_id, why="kin", now=NOW)

    shut(post("social_worker", place=FAR))


def queries(do: object) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        do()
    return len(seen)


def test_a_report_is_seen_by_its_author_and_by_whoever_looks_at_it() -> None:
    here = village()
    report = received(here.secretary)
    for sees in (here.secretary, here.worker):
        assert selectors.get_report(sees, report.pk, now=NOW) == report
    for blind in (here.inspector, here.foreign):
        with pytest.raises(AccessDenied):
            selectors.get_report(blind, report.pk, now=NOW)
        assert selectors.list_reports(blind, now=NOW, state="all").lines == ()


def test_whoever_is_walled_off_sees_nothing_of_it() -> None:
    here = village()
    report = received(here.secretary)
    wall(report, here.worker.user_id)
    assert selectors.list_reports(here.worker, now=NOW, state="all").lines == ()
    assert selectors.timeline(here.worker, report.pk, now=NOW) == []
    assert selectors.open_work(here.worker, report.subject_id, now=NOW) == ()
    for read in (selectors.get_report, selectors.report_page):
        with pytest.raises(AccessDenied):
            read(here.worker, report.pk, now=NOW)


def test_a_page_records_the_reading_before_it_opens_anything() -> None:
    here = village()
    report = received(here.secretary)
    page = selectors.report_page(here.worker, report.pk, now=NOW)
    assert (page.told["what"], page.place, page.by_herself) == (TOLD.what, AIMAK, False)
    entry = AuditEntry.objects.get(kind="read")
    assert (entry.command, entry.subject_id, entry.actor_id, entry.count) == (
        "intake.report",
        report.subject_id,
        here.worker.user_id,
        1,
    )


def test_a_page_says_nothing_of_who_reported() -> None:
    here = village()
    page = selectors.report_page(here.worker, received(here.secretary).pk, now=NOW)
    shown = {name: getattr(page, name) for name in page.__slots__}
    assert TOLD.reporter_name not in str(shown) and TOLD.reporter_phone not in str(shown)
    assert "neighbour" not in str(shown)
    assert TOLD.what not in repr(page)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("worker", (True, True, True, True)),
        ("secretary", (False, False, True, False)),
    ],
)
def test_a_page_says_what_may_be_done(who: str, may: tuple[bool, ...]) -> None:
    here = village()
    report = received(here.secretary)
    page = selectors.report_page(getattr(here, who), report.pk, now=NOW)
    assert (page.may_triage, page.may_open_case, page.may_correct, page.may_open_reporter) == may


def test_lists_are_mine_to_look_at_and_all() -> None:
    here = village()
    first, second = received(here.secretary), received(here.worker, now=NOW + HOUR)
    services.triage_report(here.worker, id=new_id(), report_id=first.pk, outcome="no_case", reason="а", now=NOW + HOUR)

    def ids(state: str) -> list[object]:
        found = selectors.list_reports(here.worker, now=NOW + HOUR, state=state)
        return [(line.id, line.outcome) for line in found.lines]

    assert ids("mine") == [(second.pk, "")]
    assert ids("to_triage") == [(second.pk, "")]
    assert ids("all") == [(second.pk, ""), (first.pk, "no_case")]
    assert not AuditEntry.objects.filter(kind="read").exists()


def test_a_list_has_fifty_a_page_and_goes_on_without_gap_or_repeat() -> None:
    here = village()
    made = [received(here.secretary, now=NOW + timedelta(seconds=n // 2)).pk for n in range(103)]
    seen: list[object] = []
    after = None
    sizes = []
    while True:
        found = selectors.list_reports(here.secretary, now=NOW + HOUR, after=after)
        sizes.append(len(found.lines))
        seen += [line.id for line in found.lines]
        after = found.after
        if after is None:
            break
    assert sizes == [50, 50, 3]
    assert len(seen) == len(set(seen)) == 103 and set(seen) == set(made)


def test_an_unknown_place_in_the_list_starts_it_anew() -> None:
    here = village()
    mine, foreign = received(here.secretary), received(here.foreign, place=FAR)
    for after in (new_id(), foreign.pk):
        found = selectors.list_reports(here.secretary, now=NOW, after=after)
        assert [line.id for line in found.lines] == [mine.pk]


def test_a_list_of_fifty_asks_as_often_as_a_list_of_one() -> None:
    here = village()
    received(here.secretary)
    one = queries(lambda: selectors.list_reports(here.secretary, now=NOW))
    for _ in range(50):
        received(here.secretary)
    assert queries(lambda: selectors.list_reports(here.secretary, now=NOW)) == one == 2


def test_an_untriaged_report_is_open_work() -> None:
    here = village()
    report = received(here.secretary)
    assert selectors.open_work(here.worker, report.subject_id, now=NOW) == (Blocker("intake.untriaged"),)
    services.triage_report(here.worker, id=new_id(), report_id=report.pk, outcome="case", now=NOW)
    assert selectors.open_work(here.worker, report.subject_id, now=NOW) == ()


def test_the_timeline_tells_of_the_report_and_its_corrections_not_of_the_reporter() -> None:
    here = village()
    report = received(here.secretary, danger="yes", told_on=TODAY - timedelta(days=5))
    services.correct_report(here.secretary, id=new_id(), report_id=report.pk, text="Үч бала", now=NOW + HOUR)
    reason = "Сот күбөнү чакырганы жатат"
    services.open_reporter(here.inspector, id=new_id(), report_id=report.pk, reason=reason, now=NOW + HOUR)
    items = selectors.timeline(here.inspector, report.pk, now=NOW + HOUR)
    assert [(item.what, item.at, item.alarm, item.key, item.lines) for item in items] == [
        ("intake.received", NOW, True, True, ()),
        ("intake.corrected", NOW + HOUR, False, False, ()),
    ]
    assert items[0].facts == {"told_on": TODAY - timedelta(days=5), "way": "visit", "late": True}
    assert items[0].url == f"/reports/{report.pk}/"


@pytest.mark.parametrize(
    ("place", "offered"),
    [
        (AIMAK, {"417D0410100000", "417D0410101000", "417D0410102000", "417D0410103000"}),
        (RAION, {"41704245000000", "417D0410100000"}),
        ("41704000000000", {"41704245000000"}),
    ],
)
def test_a_form_offers_the_places_near_the_post(place: str, offered: set[str]) -> None:
    village()
    assert {code for code, _ in selectors.places_near(post("social_worker", place=place))} == offered


def test_a_new_report_is_checked_without_being_taken_in() -> None:
    here = village()
    id = new_id()
    content = {"what": "а"}
    selectors.check_new(here.secretary, id, TOLD, content=content, today=TODAY)
    assert not selectors.is_there(here.secretary, id)
    received(here.secretary, id=id)
    assert selectors.is_there(here.secretary, id) and not selectors.is_there(here.worker, id)
    for who in (here.secretary, here.worker):
        with pytest.raises(AccessDenied):
            selectors.check_new(who, id, TOLD, content=content, today=TODAY)
