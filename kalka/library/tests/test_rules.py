import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.errors import DomainError
from kalka.library.naming import names
from kalka.library.rules import NewVersion, check_version, looked_through
from kalka.library.shown import pieces
from kalka.library.tests.factories import TODAY

TOLD = [
    ("Чалгыла: 0555 12 34 56", ["phone"]),
    ("+996 (555) 12-34-56 номерине", ["phone"]),
    ("ПИН 20101199100123 болгон", ["pin"]),
    ("ПИН 2 0101 1991 00123", ["pin"]),
    ("Ак-Жар, Мектеп көчөсү 4", ["address"]),
    ("жашаган жери ул. Ленина, дом 12", ["address"]),
    ("батир 7де жашайт", ["address"]),
    ("a.b@mail.kg дареги", ["mail"]),
    ("Айгүлдүн күйөөсү келди", ["name"]),
    ("Гүлнара Токтосунова айтты", ["name", "name"]),
    ("Ал Кабылбек кызы болчу", ["name"]),
    ("Позвонили Ивановой вечером", ["name"]),
    ("Муж Алмаза пришёл", ["name"]),
    ("Болотбек мугалим баштап берди", ["name"]),
    ("Болотбектин үйүндө", ["name"]),
]


@pytest.mark.parametrize(("text", "found"), TOLD)
def test_what_tells_of_a_person_is_found(text, found):
    assert [one.what for one in looked_through(text, names())] == found


@pytest.mark.parametrize(
    "text",
    [
        "2021-2022-жылдары 12 отурум болду, 1000ден ашык адам келди.",
        "Комитет айылдагы ата-энелер менен сүйлөштү. Биз үйгө бардык.",
        "Мы провели 20 встреч; пришли и отцы. Основа работы — доверие.",
        "Өзбек мектебинде да сүйлөштүк.",
        "13 000 сом берилди, 2025-жылдын 7-октябры",
    ],
)
def test_a_plain_story_is_left_alone(text):
    assert looked_through(text, names()) == ()


@given(st.lists(st.sampled_from([*(one for one, _ in TOLD), "кепте эч нерсе жок. ", "\n"]), max_size=8).map(" ".join))
def test_no_letter_is_lost_when_it_is_pointed_at(text):
    finds = looked_through(text, names())
    assert "".join(one.text for one in pieces(text, finds)) == text
    assert all(one.end <= other.start for one, other in zip(finds, finds[1:], strict=False))


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "http://", "https://a b.kg", "https://user@host.kg", "ftp://a.kg", "https://a"]
)
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(DomainError) as refusal:
        check_version(NewVersion("ky", TODAY, address=address), today=TODAY)
    assert refusal.value.code == "library.address_unfit"


def test_the_addresses_of_the_seed_are_taken():
    for address in (
        "https://www.youtube.com/watch?v=PLIYiW_7ZhY",
        "https://hero-datkayim.kg/publikaczii-datkajym/2916/",
    ):
        check_version(NewVersion("ky", TODAY, address=address), today=TODAY)


def test_the_list_of_names_is_read():
    assert {"айгүл", "токтосунова", "ибраимов"} & names() >= {"айгүл", "токтосунова"}
