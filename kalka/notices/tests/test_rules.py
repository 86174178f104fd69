from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.errors import DomainError
from kalka.notices import rules, texts


@pytest.mark.parametrize(
    ("text", "telling"),
    [
        ("Үй-бүлөлүк зомбулук боюнча чалабыз", True),
        ("ЗОМБУЛУК", True),
        ("Ваш охранный ордер истекает", True),
        ("Суд назначен", True),
        ("Иссудить", False),
        ("Your shelter bed is ready", True),
        ("Please call us when it suits you", False),
        ("Жакында сизге чалабыз", False),
        ("Позвоните нам, когда будет удобно", False),
    ],
)
def test_words_that_tell_are_found_in_any_form(text, telling):
    assert bool(rules.telling_words(text, texts.sensitive())) is telling


@given(st.sampled_from(texts.sensitive()), st.text(max_size=20), st.sampled_from(["", " ", ", ", "—"]))
def test_a_telling_word_is_found_wherever_it_stands(stem, before, between):
    said = f"{before} {between}{stem.rstrip('*').upper()}{'дар' if stem.endswith('*') else ''}"
    assert stem in rules.telling_words(said, texts.sensitive())


@pytest.mark.parametrize(
    "text", ["", "  ", "Салам, {name}", "https://kalka.kg", "Үй 5", "a" * 141, "<b>", "%s", "01HX", "a@b"]
)
def test_a_text_with_a_place_to_put_something_in_is_not_plain(text):
    assert not rules.is_plain(text)


def test_it_is_tried_again_ever_more_slowly_but_within_the_hour():
    waits = [rules.wait_after(tries) for tries in (1, 2, 3, 7, 99)]
    assert waits == [timedelta(minutes=m) for m in (1, 2, 4, 60, 60)]


def test_every_text_that_leaves_is_plain_and_says_nothing_of_what_it_is_about():
    for kind in texts.kinds().values():
        assert set(kind.text.words) == {"ky", "ru", "en"}
        for words in kind.text.words.values():
            assert rules.is_plain(words) and not rules.telling_words(words, texts.sensitive())
        for words in kind.inside.values():
            assert rules.is_plain(words)


@pytest.mark.parametrize(
    "words",
    [
        '{ky: "Ордериңиз бүттү", ru: "Позвоните", en: "Call"}',
        '{ky: "Чалыңыз", ru: "Вас ждут в суде", en: "Call"}',
        '{ky: "Чалыңыз", ru: "Позвоните", en: "Call {name}"}',
        '{ky: "Чалыңыз", ru: "Позвоните"}',
    ],
)
def test_a_telling_text_stops_the_start(tmp_path, words):
    file = tmp_path / "texts.yaml"
    file.write_text(f"texts:\n  bad:\n    approved: true\n    words: {words}\nkinds: {{}}\n")
    with pytest.raises(DomainError) as refusal:
        texts.read(file)
    assert refusal.value.code == "datafile.refused"


def test_a_kind_is_for_a_post_or_for_a_person_and_never_for_the_other():
    assert texts.kind("duty_overdue", to="post").code == "duty_overdue"
    for code, to in (("duty_overdue", "person"), ("please_call", "post"), ("anything", "post")):
        with pytest.raises(DomainError) as refusal:
            texts.kind(code, to=to)
        assert refusal.value.code == "notices.unknown_kind"
