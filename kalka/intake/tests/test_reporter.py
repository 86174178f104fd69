from datetime import timedelta

import pytest

from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.intake import services
from kalka.intake.models import ReporterOpened, ReporterRead
from kalka.intake.tests.factories import NOW, TOLD, post, received, village

pytestmark = [pytest.mark.django_db, pytest.mark.both]

REASON = "Сот күбөнү чакырганы жатат, тергөөчү сурады"


def test_the_reporter_is_read_once_by_whoever_gave_the_reason() -> None:
    here = village()
    report = received(here.secretary)
    opened = services.open_reporter(here.worker, id=new_id(), report_id=report.pk, reason=REASON, now=NOW)
    reading, told = services.read_reporter(here.worker, opened_id=opened.pk, now=NOW + timedelta(minutes=10))
    assert (told.by_whom, told.name, told.phone, told.note) == (
        "neighbour",
        TOLD.reporter_name,
        TOLD.reporter_phone,
        "",
    )
    assert told.name not in repr(told)
    entries = AuditEntry.objects.filter(command__in=["intake.open_reporter", "intake.read_reporter"])
    assert {entry.subject_id for entry in entries} == {report.subject_id}
    with pytest.raises(DomainError, match="intake.reporter_shown"):
        services.read_reporter(here.worker, opened_id=opened.pk, now=NOW + timedelta(minutes=10))
    assert (ReporterOpened.objects.count(), ReporterRead.objects.count()) == (1, 1)


def test_after_ten_minutes_and_by_another_nothing_is_read() -> None:
    here = village()
    report = received(here.secretary, danger="yes")
    opened = services.open_reporter(here.inspector, id=new_id(), report_id=report.pk, reason=REASON, now=NOW)
    colleague = post("police_inspector")
    with pytest.raises(AccessDenied):
        services.read_reporter(colleague, opened_id=opened.pk, now=NOW)
    with pytest.raises(DomainError, match="intake.reporter_shown"):
        services.read_reporter(here.inspector, opened_id=opened.pk, now=NOW + timedelta(minutes=10, seconds=1))
    assert not ReporterRead.objects.exists()


@pytest.mark.parametrize("reason", ["", "кыска", "a" * 19, " " * 40])
def test_a_short_reason_opens_nothing(reason: str) -> None:
    here = village()
    report = received(here.secretary)
    with pytest.raises(DomainError, match="intake.reason_short"):
        services.open_reporter(here.worker, id=new_id(), report_id=report.pk, reason=reason, now=NOW)
    assert not ReporterOpened.objects.exists()


def test_where_nobody_was_named_there_is_nothing_to_open() -> None:
    here = village()
    report = received(here.secretary, by_whom="anonymous", reporter_name="", reporter_phone="")
    with pytest.raises(DomainError, match="intake.reporter_unknown"):
        services.open_reporter(here.worker, id=new_id(), report_id=report.pk, reason=REASON, now=NOW)
    assert not ReporterOpened.objects.exists()


def test_the_author_without_that_permission_does_not_open_the_reporter() -> None:
    here = village()
    report = received(here.secretary)
    with pytest.raises(AccessDenied):
        services.open_reporter(here.secretary, id=new_id(), report_id=report.pk, reason=REASON, now=NOW)
    assert not ReporterOpened.objects.exists()
