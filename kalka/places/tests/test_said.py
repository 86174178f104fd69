"""Places as people write them in their own tables."""

import pytest

from kalka.places import selectors
from kalka.places.said import code_of
from kalka.places.tests.factories import builtin
from kalka.sheets.cells import CellError

pytestmark = [pytest.mark.django_db, pytest.mark.both]
KHALMION, UCHKUN = "417D0510100000", "417D0410100000"


@pytest.fixture
def territory():
    builtin(demo=True)


@pytest.mark.parametrize(
    "said",
    [
        "Халмион айыл аймагы",
        "Халмион АА",
        "Халмин",
        "Хaлмиoн а/а",  # three Latin letters
        "ХАЛМИОН  айыл өкмөтү",
        "Халмион, Баткен",
        "Khalmion",
        KHALMION,
    ],
)
def test_one_aimak_in_every_spelling(territory, said):
    assert code_of(said) == KHALMION


@pytest.mark.parametrize("said", ["Хал", "Жок жер", "417D9999999999", "Халмион, Нарын"])
def test_a_place_that_is_not_in_the_list_is_refused(territory, said):
    with pytest.raises(CellError, match=r"places\.not_found_by_name"):
        code_of(said)


def test_a_place_outside_the_asked_unit_is_not_found(territory):
    oblast = selectors.chain(UCHKUN)[-2]
    assert code_of("Учкун", under=oblast) == UCHKUN
    with pytest.raises(CellError, match=r"places\.not_found_by_name"):
        code_of("Халмион", under=oblast)
