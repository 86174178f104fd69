from kalka.lawbook import book
from kalka.orders import conditions


def test_every_condition_has_its_words_and_says_how_sure_the_law_is():
    listed = conditions.listed()
    assert list(listed) == [
        "no_violence",
        "no_contact",
        "no_search",
        "leave_home",
        "programme",
        "hand_over_weapons",
        "no_children",
        "no_stalking",
        "no_territory",
        "counselling",
    ]
    stands = [stand for one in listed.values() for stand in one.history]
    assert all(set(one.title) == {"ky", "ru", "en"} for one in listed.values())
    assert all(stand.where.act in book.acts() and stand.where.source for stand in stands)
    assert {(stand.standing, stand.where.confidence) for stand in stands} == {
        ("named", "paraphrase"),
        ("named", "verbatim"),
        ("unknown", "unknown"),
    }


def test_titles_keep_the_order_of_the_list_and_drop_what_is_not_on_it():
    assert conditions.titles(["leave_home", "no_contact", "no_tea"], "en") == (
        "Direct and indirect contact is forbidden",
        "Being in the shared home is forbidden",
    )


def test_no_condition_names_a_place_or_a_person():
    words = " ".join(text for one in conditions.listed().values() for text in one.title.values())
    assert not any(sign.isdigit() for sign in words)
