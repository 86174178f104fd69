"""The wide territory of the demo: every raion and city of the republic, and in each an invented place to live in."""

from collections import Counter

import pytest

from kalka.core import clock
from kalka.core.actors import SYSTEM
from kalka.demo.staffing import TERRITORY
from kalka.places import selectors as places
from kalka.places import services
from kalka.places.models import Place

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def installed() -> int:
    services.install_builtin(SYSTEM, now=clock.now(), demo=True)
    return services.install_file(SYSTEM, file=TERRITORY, now=clock.now())


def test_it_is_installed_once_and_whole() -> None:
    assert installed() == 228
    assert services.install_file(SYSTEM, file=TERRITORY, now=clock.now()) == 0
    real = Place.objects.exclude(code__contains="D").exclude(level__in=("country", "oblast"))
    assert Counter(real.values_list("level", flat=True)) == {"raion": 40, "city": 12, "republican_city": 2}


def test_in_every_raion_and_city_lies_an_invented_place_that_statistics_count() -> None:
    installed()
    invented = Place.objects.filter(level__in=("ayil_aimak", "territorial_unit"))
    assert set(invented.values_list("vintage", flat=True)) == {"demo"}
    codes = list(invented.values_list("code", flat=True))
    assert {code: places.aimak_of(code) for code in codes} == {code: code for code in codes}
    above = {places.chain(code)[1] for code in codes}
    lowest = Place.objects.filter(level__in=("raion", "city", "city_district")).values_list("code", flat=True)
    assert above == {*lowest, "41721000000000"}


def test_every_village_has_a_name_in_three_languages_that_is_not_twice_in_its_aimak() -> None:
    installed()
    villages = Place.objects.filter(level="village")
    assert all(all(place.names.values()) for place in villages)
    named = Counter((place.parent_id, place.names["ky"]) for place in villages)
    assert set(named.values()) == {1} and len(named) == 43 * 3
