"""The figures of trainings of the demo are those of the accounts they stand for."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from kalka.core.extract import Extract
from kalka.demo.staffing import staff
from kalka.demo.trained import trained
from kalka.training import facts
from kalka.training.models import Entry

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
EXTRACT = Extract(before=NOW, until=date(2026, 11, 23), salt=b"test")


def test_616_were_trained_and_two_series_of_seminars_held():
    staff(NOW)
    first = list(trained(NOW))
    entries = Entry.objects.count()
    assert (list(trained(NOW)), Entry.objects.count()) == (first, entries)
    parts = facts.participants(EXTRACT)
    local = [one for one in parts if one.project]
    by_region, by_days = Counter(), Counter()
    for one in local:
        by_region[one.region] += one.number
        by_days[one.days, one.meeting] += one.number
    assert by_region == {"north": 439, "south": 177}
    assert by_days == {(2, False): 136, (1, True): 480}
    assert {one.kind for one in local} == {"state", "municipal", "ngo", "activist"}
    assert all(2021 <= one.on.year <= 2022 for one in local)
    courses = facts.courses(EXTRACT)
    seminars = [one for one in courses if one.series == "disability"]
    assert (min(one.on for one in seminars), max(one.on for one in seminars)) == (date(2025, 10, 7), date(2025, 11, 28))
    assert all(one.disabilities and one.access for one in seminars)
    sectors = {one.sector for one in parts if one.series == "disability"}
    assert sectors == {"prosecution", "police", "bar", "court", "social"}
    meetings = [one for one in courses if one.series == "interagency"]
    assert (min(one.on for one in meetings), max(one.on for one in meetings)) == (date(2025, 12, 2), date(2026, 2, 19))
    assert {one.measures for one in meetings} == {3}
    assert sum(one.certificates for one in courses) == 3
    assert sorted((one.part, one.trained, one.due) for one in facts.focal(EXTRACT)) == [
        ("focal", 1, None),
        ("head", 0, None),
    ]
