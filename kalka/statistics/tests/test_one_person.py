"""Whoever was written down in two files and joined into one person is counted once; kept apart again, twice."""

from datetime import date

import pytest

from kalka.cases.models import Participant
from kalka.core.clock import day_of
from kalka.core.extract import Extract
from kalka.people.models import Joining, Pair, Person
from kalka.statistics.models import Published
from kalka.statistics.tests import factories as make
from kalka.statistics.tests.test_releasing import figure

pytestmark = [pytest.mark.django_db, pytest.mark.both]
DAY = date(2025, 3, 4)


@pytest.fixture
def twice() -> list[Pair]:
    """Eleven files of eleven women, the first three of whom are one."""
    make.country()
    make.cases(11, DAY)
    ids = list(Participant.objects.filter(part="protected").order_by("id").values_list("person_id", flat=True)[:3])
    first, *others = [Person.objects.get(pk=one) for one in ids]
    return [said(first, other) for other in others]


def said(first: Person, second: Person) -> Pair:
    files = {"first_file": first.subject_id, "second_file": second.subject_id}
    pair = Pair.objects.create(first=first, second=second, how="pin", at=make.NOW, **files)
    Joining.objects.create(pair=pair, number=1, joined=True, author_id=1, at=make.NOW)
    return pair


def taken_back(pair: Pair) -> None:
    Joining.objects.create(pair=pair, number=2, joined=False, author_id=1, at=make.NOW)


def protected() -> int:
    """As many different people as the facts tell of."""
    from kalka.cases import facts

    told = facts.participants(Extract(before=make.NOW, until=day_of(make.NOW), salt=b"salt"))
    return len({fact.who for batch in told for fact in batch.rows if fact.part == "protected"})


def test_the_facts_tell_of_one_person_and_of_three_once_it_is_taken_back(twice):
    assert protected() == 9
    taken_back(twice[0])
    assert protected() == 10, "the two others are still one"
    taken_back(twice[1])
    assert protected() == 11


def test_the_figure_of_persons_counts_one_and_that_of_files_three(twice):
    code = make.released()
    assert figure(code, "persons_protected", "2025") == ("shown", 9)
    assert figure(code, "cases", "2025") == ("shown", 11)
    for pair in twice:
        taken_back(pair)
    assert Published.objects.get(indicator="persons_protected", period="2025", place="", by="", code="").n == 9, (
        "as made"
    )


def test_what_is_shown_of_the_one_is_what_the_one_file_says(twice):
    """Somebody is not a woman of two age bands: of joined people one speaks for all."""
    second = twice[0].second
    Person.objects.filter(pk=max(second.pk, twice[0].first_id)).update(age_band="60+")
    code = make.released()
    bands = Published.objects.filter(
        release__code=code, indicator="persons_protected", period="2025", place="", by="age"
    )
    assert sum(row.n or 0 for row in bands) <= 9 and figure(code, "persons_protected", "2025") == ("shown", 9)
