from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kalka.core.clock import BISHKEK
from kalka.core.errors import DomainError
from kalka.people import relations, rules
from kalka.people.rules import Contact, Name, NewPerson, Safe, Window
from kalka.people.rules.age import years_between

CYRILLIC = "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"
ROMAN = {
    **dict(zip("абвгдезиклмнопрстуфэ", "abvgdeziklmnoprstufe", strict=True)),
    **{"ё": "e", "й": "i", "ң": "n", "ө": "ö", "ү": "ü", "ж": "j", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh"},
    **{"щ": "shch", "ъ": "", "ы": "y", "ь": "", "ю": "yu", "я": "ya"},
}
PASSPORT = ROMAN | {"ж": "zh", "х": "kh", "й": "y", "ы": "y", "ө": "o", "ү": "u"}
TURKISH = ROMAN | {"ч": "ç", "ш": "ş", "ы": "ı", "й": "y", "ж": "dj"}
DAYS = st.dates(date(1950, 1, 1), date(2035, 12, 31))
names = st.text(CYRILLIC, min_size=1, max_size=12)


@pytest.mark.parametrize(
    "spellings",
    [
        ("Төлөгөнова", "Тологонова", "Tologonova", "Tölögönova", "ТӨЛӨГӨНОВА"),
        ("Жамиля", "Джамиля", "Jamilya", "Zhamilya", "Djamilia"),
        ("Үмүт", "Умут", "Umut", "Ümüt"),
        ("Жаңыл", "Жаныл", "Zhanyl", "Janıl"),
        ("Чолпонбай", "Cholponbai", "Çolponbay"),
        ("Шаршенбек", "Sharshenbek", "Şarşenbek"),
        ("Хасан", "Hasan", "Khasan", "Ҳасан"),
        ("Нур-Айым", "Нурайым", "Nur-Aiym", "Nuraiym"),
        ("Артём", "Артем", "Artem"),
        ("Ёлкин", "Елкин", "Yelkin"),
    ],
)
def test_spellings_of_one_name_fold_to_one_form(spellings):
    assert len({rules.fold(spelling) for spelling in spellings}) == 1


@given(st.text())
def test_folding_what_is_folded_changes_nothing(text):
    assert rules.fold(rules.fold(text)) == rules.fold(text)


@given(st.text(st.characters(codec="utf-8")))
def test_folding_knows_no_case_and_no_signs(text):
    assert rules.fold(text) == rules.fold(text.casefold())
    assert not set(rules.fold(text)) & set("-'’ʼ.,«»\"")


@given(names, st.sampled_from([ROMAN, PASSPORT, TURKISH]))
def test_a_name_folds_alike_in_cyrillic_and_in_latin(name, table):
    assert rules.fold(name) == rules.fold("".join(table[letter] for letter in name))


@given(st.lists(names, min_size=1, max_size=4))
def test_a_name_is_found_by_its_own_words_in_any_order(words):
    assume(any(rules.fold(word) for word in words))
    held = " ".join(words)
    assert rules.match(" ".join(reversed(words)), [held]) == "exact"
    assert rules.match(held.upper(), [held]) == "exact"


@pytest.mark.parametrize(
    ("query", "how"),
    [
        ("Айсулуу", "exact"),
        ("айсулуу төлөгөнова", "exact"),
        ("Tölögönova Aysuluu", "folded"),
        ("Толо", "folded"),
        ("Тологанова", "near"),
        ("Тологноова", "near"),
        ("Тилегенова", None),
        ("То", None),
        ("Айсулуу Осмонова", None),
        ("!!!", None),
    ],
)
def test_how_a_query_finds_a_name(query, how):
    assert rules.match(query, ["Төлөгөнова Айсулуу"]) == how


def test_short_words_forgive_no_edit():
    assert rules.match("Ася", ["Асу"]) is None


@pytest.mark.parametrize(
    ("age", "band"),
    [(0, "0-6"), (6, "0-6"), (7, "7-13"), (13, "7-13"), (14, "14-17"), (17, "14-17"), (18, "18-24")]
    + [(24, "18-24"), (25, "25-34"), (59, "45-59"), (60, "60+"), (119, "60+"), (-1, "unknown"), (None, "unknown")],
)
def test_age_bands(age, band):
    assert rules.age_band(date(2026, 3, 4), age=age) == band


@given(birth=DAYS, on=DAYS)
def test_the_band_of_a_birthday_holds_its_age(birth, on):
    assume(birth <= on)
    band = rules.age_band(on, birth_date=birth)
    first, _, last = band.rstrip("+").partition("-")
    assert int(first) <= years_between(birth, on) <= int(last or 200)
    assert rules.age_band(on + timedelta(days=1), birth_date=birth) in rules.BANDS[rules.BANDS.index(band) :]


@given(birth=DAYS, on=DAYS)
def test_by_the_year_alone_a_child_is_never_taken_for_a_grown_up(birth, on):
    assume(birth <= on and birth.year < on.year)
    if rules.age_band(on, birth_date=birth) in rules.CHILD_BANDS:
        assert rules.age_band(on, birth_year=birth.year) in rules.CHILD_BANDS


def test_a_child_becomes_grown_up_on_the_birthday():
    assert rules.age_band(date(2026, 3, 3), birth_date=date(2008, 3, 4)) == "14-17"
    assert rules.age_band(date(2026, 3, 4), birth_date=date(2008, 3, 4)) == "18-24"
    assert rules.age_band(date(2026, 2, 28), birth_date=date(2008, 2, 29)) == "14-17"


NIGHT = (Window((4,), "22:00", "02:00"),)  # Friday night


def bishkek(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=BISHKEK).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "safe"),
    [
        (bishkek(6, 21, 59), False),
        (bishkek(6, 22), True),
        (bishkek(7, 1, 59), True),
        (bishkek(7, 2), False),
        (bishkek(6, 1), False),  # Thursday's night was not said
    ],
)
def test_a_window_may_cross_midnight(moment, safe):
    assert rules.safe_now(NIGHT, moment) is safe


def test_the_hours_are_those_of_bishkek():
    morning = (Window((0, 1, 2, 3, 4), "09:00", "12:00"),)
    assert rules.safe_now(morning, datetime(2026, 3, 4, 3, 0, tzinfo=UTC))
    assert not rules.safe_now(morning, datetime(2026, 3, 4, 9, 0, tzinfo=UTC))


def test_nothing_said_is_never_safe():
    assert not rules.safe_now((), bishkek(4, 12))
    assert rules.next_safe((), bishkek(4, 12)) is None


clocks = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))
windows = st.builds(
    Window, st.sets(st.integers(0, 6), min_size=1).map(lambda d: tuple(sorted(d))), clocks, clocks | st.just("24:00")
).filter(lambda w: w.start != w.end)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


@given(st.lists(windows, max_size=4), moments)
def test_the_next_safe_moment_is_safe_and_none_before_it_is(when, now):
    at = rules.next_safe(when, now)
    if at is None:
        assert not when and not rules.safe_now(when, now)
        return
    assert at >= now and rules.safe_now(when, at)
    assert (at == now) == rules.safe_now(when, now)
    assert not rules.safe_now(when, now + (at - now) / 2) or at == now


@given(windows, moments)
def test_a_window_is_as_long_as_it_says(window, now):
    at = rules.next_safe([window], now + timedelta(days=8))
    local = at.astimezone(BISHKEK)
    assert f"{local:%H:%M}" == window.start or rules.safe_now([window], at - timedelta(minutes=1))


CHILD, MOTHER, FATHER, AUNT = (UUID(int=n) for n in range(1, 5))


@pytest.mark.parametrize(
    ("band", "representatives", "alleged", "told"),
    [
        ("25-34", (), (), (CHILD,)),
        ("7-13", (MOTHER, FATHER), (), (MOTHER, FATHER)),
        ("7-13", (MOTHER, FATHER), (FATHER,), (MOTHER,)),
        ("7-13", (FATHER,), (FATHER,), ()),
        ("7-13", (), (), ()),
        ("14-17", (MOTHER, FATHER), (FATHER,), (CHILD, MOTHER)),
        ("25-34", (MOTHER,), (CHILD,), ()),
        ("unknown", (MOTHER,), (), (CHILD,)),
    ],
)
def test_who_is_told_in_whose_place(band, representatives, alleged, told):
    assert rules.recipients(CHILD, band=band, representatives=representatives, alleged=alleged) == told


def test_a_child_of_unknown_age_is_told_like_a_child():
    told = rules.recipients(CHILD, band="unknown", is_child_here=True, representatives=(AUNT,))
    assert told == (AUNT,)


@given(st.sampled_from(rules.BANDS), st.lists(st.uuids(), max_size=4), st.sets(st.uuids()), st.booleans())
def test_whoever_is_said_to_have_done_it_is_never_told(band, representatives, others, here):
    alleged = {*others, *representatives[::2]}
    told = rules.recipients(CHILD, band=band, is_child_here=here, representatives=representatives, alleged=alleged)
    assert not set(told) & alleged


@pytest.mark.parametrize(
    ("told", "field", "code"),
    [
        (NewPerson(sex="x"), "sex", "people.unknown_code"),
        (NewPerson(band="5-7"), "band", "people.unknown_code"),
        (NewPerson(birth_year=2027), "birth_year", "people.birth_year_impossible"),
        (NewPerson(birth_year=1899), "birth_year", "people.birth_year_impossible"),
        (NewPerson(birth_date=date(2026, 3, 5)), "birth_date", "people.birth_to_come"),
        (NewPerson(birth_date=date(1990, 1, 1), birth_year=1991), "birth_year", "people.birth_twice"),
        (NewPerson(age=121), "age", "people.age_impossible"),
        (NewPerson(names=(Name("я" * 101),)), "names", "people.too_long"),
        (NewPerson(names=(Name("я"),) * 13), "names", "people.too_many_names"),
        (NewPerson(washington={"seeing": "yes"}), "washington", "people.unknown_code"),
        (NewPerson(washington={"flying": "none"}), "washington", "people.unknown_code"),
        (NewPerson(contact=Contact(phone="кийин айтат")), "phone", "people.phone_without_digits"),
        (NewPerson(contact=Contact(safe=Safe(never=("pigeon",)))), "never", "people.unknown_code"),
        (NewPerson(contact=Contact(safe=Safe((Window((7,)),)))), "when", "people.hours_unclear"),
        (NewPerson(contact=Contact(safe=Safe((Window((), "09:00"),)))), "when", "people.hours_unclear"),
        (NewPerson(contact=Contact(safe=Safe((Window((1,), "9", "18:00"),)))), "when", "people.hours_unclear"),
        (NewPerson(contact=Contact(safe=Safe((Window((1,), "09:00", "09:00"),)))), "when", "people.hours_unclear"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(told, field, code):
    with pytest.raises(DomainError) as refusal:
        rules.checked(told, date(2026, 3, 4))
    assert (refusal.value.code, refusal.value.facts["field"]) == (code, field)


def test_nothing_at_all_is_a_person():
    nobody = NewPerson()
    assert rules.checked(nobody, date(2026, 3, 4)) is nobody
    assert nobody.age_band(date(2026, 3, 4)) == "unknown"
    assert replace(nobody, band="25-34").age_band(date(2026, 3, 4)) == "25-34"


@pytest.mark.parametrize(
    ("pin", "doubts"),
    [
        ("", ()),
        ("11705199400123", ()),
        ("1 1705 1994 00123", ()),
        ("117051994001", ("people.pin_length",)),
        ("1170519940012a", ("people.pin_length",)),
        ("21705199400123", ("people.pin_sex",)),
        ("31705199400123", ("people.pin_sex",)),
        ("13002199400123", ("people.pin_day",)),
        ("11705203000123", ("people.pin_day",)),
        ("11705199500123", ("people.pin_other_birth",)),
    ],
)
def test_a_doubtful_personal_number_is_pointed_out_and_never_refused(pin, doubts):
    assert rules.pin_doubts(pin, sex="f", birth_year=1994, on=date(2026, 3, 4)) == doubts


@pytest.mark.parametrize(
    ("answers", "disability"),
    [
        ({}, None),
        ({"seeing": "a_lot"}, True),
        ({"walking": "cannot", "seeing": "none"}, True),
        (dict.fromkeys(rules.DOMAINS, "some"), False),
        (dict.fromkeys(rules.DOMAINS, "none") | {"hearing": "unknown"}, None),
    ],
)
def test_a_lot_of_difficulty_in_one_domain_is_a_disability_and_unknown_is_not_no(answers, disability):
    assert rules.has_disability(answers) is disability


def test_every_relation_has_its_answer_and_words_in_three_languages():
    kinds = relations.kinds()
    for kind in kinds.values():
        assert kinds[kind.inverse].inverse == kind.code
        assert set(kind.title) == {"ky", "ru", "en"}
    assert {"spouse", "former_spouse", "former_partner", "parent_in_law", "sibling_in_law"} <= kinds.keys()
    assert {k.code for k in kinds.values() if k.represents} == {
        "parent",
        "adoptive_parent",
        "guardian",
        "foster_parent",
    }


def test_a_relation_that_is_not_in_the_list_on_the_day_is_refused():
    for code, on in (("nobody", date(2026, 3, 4)), ("spouse", date(2017, 4, 26))):
        with pytest.raises(DomainError) as refusal:
            relations.kind(code, on)
        assert refusal.value.code == "people.unknown_relation"
