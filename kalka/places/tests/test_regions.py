import pytest

from kalka.core.errors import DomainError
from kalka.places import regions, selectors
from kalka.places.tests.factories import builtin

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def territory():
    builtin(demo=True)


def test_seven_oblasts_are_north_or_south_and_the_two_republican_cities_are_in_neither():
    found = regions.regions(code for code, _ in selectors.choices(level=("oblast", "republican_city")))
    assert sorted(found.values()) == ["north"] * 4 + ["other"] * 2 + ["south"] * 3
    assert regions.region("41711000000000") == regions.region("41721000000000") == "other"


def test_a_village_lies_where_its_oblast_lies_and_nowhere_is_other():
    assert (regions.region("417D0410101000"), regions.region("417D0510101000")) == ("north", "south")
    assert regions.region("nowhere") == regions.region("41700000000000") == "other"


def test_an_oblast_stands_in_one_list_alone():
    with pytest.raises(DomainError, match="datafile.refused"):
        regions.parse('north: ["1"]\nsouth: ["1"]')
