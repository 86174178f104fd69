from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from kalka.core.actors import SYSTEM
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.places import selectors, services
from kalka.places.models import Place, Succession
from kalka.places.services import ImportReport
from kalka.places.tests.factories import (
    AIMAK,
    COUNTRY,
    HEAD,
    IMPORTER,
    NAMELESS,
    NOW,
    OBLAST,
    OTHER,
    OTHER_RAION,
    RAION,
    TWIN,
    VILLAGE,
    WHOLE,
    builtin,
    load,
    of,
    sheet,
)
from kalka.sheets.table import RowError

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def stored():
    return list(Place.objects.order_by("code").values())


def record():
    return list(AuditEntry.objects.order_by("id").values_list("kind", "command", "steps", "refusal", "actor_id"))


def test_a_list_is_loaded_whole():
    assert load(*WHOLE) == ImportReport("2021-04", rows=8, created=8, drafts=2, written=True)
    assert Place.objects.filter(code="9111").values().get() == {
        "code": "9111",
        "level": "ayil_aimak",
        "parent_id": "911",
        "names": {"ky": "Көл айыл аймагы", "ru": "Кольский айылный аймак", "en": "Kol"},
        "name_status": "draft",
        "iso": "",
        "note": "",
        "valid_from": None,
        "valid_to": None,
        "vintage": "2021-04",
    }
    assert record() == [("done", "places.import", "places.write_list", "", 7)]


def test_loading_twice_is_loading_once():
    load(*WHOLE)
    before = stored()
    assert load(*reversed(WHOLE)) == ImportReport("2021-04", rows=8, same=8, drafts=2, written=True)
    assert stored() == before


def test_a_dry_run_says_the_same_and_writes_nothing_and_the_record_tells_them_apart():
    assert load(*WHOLE, dry_run=True) == ImportReport("2021-04", rows=8, created=8, drafts=2, written=False)
    assert stored() == []
    assert record() == [("done", "places.import", "", "", 7)]


def test_one_wrong_row_and_nothing_is_loaded():
    wrong = ("9113", "", "Имя", "", "hamlet", "911", "", "", "", "2021-04")
    number = ("9.1E+13", "", "Имя", "", "village", "9111", "", "", "", "2021-04")
    assert load(*WHOLE, wrong, number) == ImportReport(
        "",
        rows=10,
        errors=(RowError(10, "level", "sheets.not_a_choice"), RowError(11, "code", "sheets.code_as_number")),
    )
    assert stored() == []


def test_rows_that_contradict_each_other_are_named_and_nothing_is_loaded():
    orphan = ("9131", "", "Имя", "", "ayil_aimak", "913", "", "", "", "2021-04")
    assert load(*WHOLE, orphan, AIMAK) == ImportReport(
        "2021-04",
        rows=10,
        errors=(
            RowError(10, "parent", "places.parent_unknown", {"parent": "913"}),
            RowError(11, "code", "places.code_twice", {"code": "9111", "other": 6}),
        ),
    )
    assert stored() == []


def test_a_later_list_ends_what_it_no_longer_names_and_deletes_nothing():
    load(*WHOLE)
    merged = ("9113", "Жаңы", "Жаны", "", "ayil_aimak", "911", "", "given", "", "2026-01", "9111 9112")
    rows = [(*row, "") for row in of("2026-01", COUNTRY, OBLAST, RAION, OTHER_RAION, TWIN)]
    report = load(data=sheet(*rows, merged, head=(*HEAD, "predecessors")))
    assert report == ImportReport("2026-01", rows=6, created=1, changed=5, ended=3, written=True)
    ended = Place.objects.exclude(valid_to=None).order_by("code").values_list("code", "valid_to", "vintage")
    assert list(ended) == [(code, date(2026, 1, 1), "2021-04") for code in ("9111", "91111", "9112")]
    assert selectors.successors("9111") == [("9113", date(2026, 1, 1))]
    assert selectors.predecessors("9113") == [("9111", date(2026, 1, 1)), ("9112", date(2026, 1, 1))]
    assert load(data=sheet(*rows, merged, head=(*HEAD, "predecessors"))).same == 6
    assert Succession.objects.count() == 2


def test_the_month_may_be_told_beside_the_file():
    rows = [row[:-1] for row in WHOLE]
    assert load(data=sheet(*rows, head=HEAD[:-1]), vintage="2021-04").written
    assert set(Place.objects.values_list("vintage", flat=True)) == {"2021-04"}


@pytest.mark.parametrize(
    ("rows", "vintage", "code"),
    [
        (of("", *WHOLE), "", "places.vintage_missing"),
        (WHOLE, "2021-05", "places.vintage_mixed"),
        (of("2021-13", *WHOLE), "", "places.vintage_unreadable"),
        (of("2026-04", *WHOLE), "", "places.vintage_to_come"),
    ],
)
def test_a_list_of_no_clear_month_is_refused(rows, vintage, code):
    with pytest.raises(DomainError) as refusal:
        load(*rows, vintage=vintage)
    assert refusal.value.code == code
    assert stored() == []
    assert record() == [("refused", "places.import", "", code, 7)]


def test_an_older_list_is_refused():
    load(*of("2026-01", *WHOLE))
    before = stored()
    with pytest.raises(DomainError, match="places.vintage_older"):
        load(*WHOLE)
    assert stored() == before


def test_only_who_may_import_does():
    with pytest.raises(AccessDenied):
        load(*WHOLE, actor=OTHER)
    assert stored() == []


def test_a_heading_nobody_knows_is_reported():
    rows = [(*row, "x") for row in WHOLE]
    assert load(data=sheet(*rows, head=(*HEAD, "pcode"))).ignored == ("pcode",)


def test_progress_is_told():
    told = []
    data = sheet(*WHOLE)
    services.import_places(
        IMPORTER, data=data, filename="l.csv", now=NOW, progress=lambda done, total: told.append((done, total))
    )
    assert told == [(8, 8)]


def test_an_installation_begins_with_the_country_and_its_nine_units():
    assert builtin() == 10
    units = Place.objects.filter(level__in=("oblast", "republican_city"))
    assert sorted(units.values_list("iso", flat=True)) == [
        "KG-B", "KG-C", "KG-GB", "KG-GO", "KG-J", "KG-N", "KG-O", "KG-T", "KG-Y",
    ]  # fmt: skip
    assert all(all(place.names.values()) for place in Place.objects.all())
    assert builtin() == 0


def test_the_demo_adds_its_own_territory_whose_codes_can_never_be_real():
    builtin()
    assert builtin(demo=True) == 17
    invented = Place.objects.filter(vintage="demo")
    assert all("D" in code for code in invented.values_list("code", flat=True))
    assert list(Place.objects.filter(level="raion").order_by("code").values_list("code", "vintage")) == [
        ("41704245000000", ""), ("41705258000000", ""), ("41706255000000", ""),
    ]  # fmt: skip
    levels = ["city_district", "territorial_unit"]
    assert sorted(invented.exclude(level__in=("ayil_aimak", "village")).values_list("level", flat=True)) == levels
    assert builtin(demo=True) == 0


def test_only_the_installation_itself_installs_what_is_built_in():
    with pytest.raises(AccessDenied):
        services.install_builtin(IMPORTER, now=NOW)
    assert stored() == []


def test_a_real_list_takes_over_the_built_in_units_and_leaves_the_demo_alone():
    builtin(demo=True)
    country = ("41700000000000", "Кыргыз Республикасы", "Кыргызстан", "", "country", "", "KG", "press", "", "2021-04")
    oblast = ("41704000000000", "Нарын", "Нарын", "", "oblast", "41700000000000", "KG-N", "", "", "2021-04")
    assert load(country, oblast) == ImportReport("2021-04", rows=2, changed=2, written=True)
    assert Place.objects.exclude(valid_to=None).count() == 0
    assert builtin(demo=True) == 0
    assert selectors.name("41700000000000", "ru") == "Кыргызстан"


def test_what_is_built_in_does_not_undo_a_list():
    services.install_builtin(SYSTEM, now=NOW)
    Place.objects.filter(iso="KG-O").update(valid_to=date(2026, 1, 1))
    services.install_builtin(SYSTEM, now=NOW, demo=True)
    assert Place.objects.get(iso="KG-O").valid_to == date(2026, 1, 1)


class TestAnyOrder(TestCase):
    """Through the command and the database, whatever the order of the rows."""

    @settings(max_examples=12)
    @given(st.permutations(WHOLE), st.permutations([COUNTRY, OBLAST, RAION, AIMAK, NAMELESS, VILLAGE]))
    def test_any_order_ends_in_the_same_territory(self, first, second):
        load(*first)
        report = load(*of("2026-01", *second))
        self.assertEqual((report.created, report.changed, report.ended), (0, 6, 2))
        ended = Place.objects.exclude(valid_to=None).values_list("code", flat=True)
        self.assertEqual(set(ended), {"912", "9121"})
        self.assertEqual(load(*of("2026-01", *reversed(second))).same, 6)
