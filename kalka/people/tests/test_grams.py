"""What one slip leaves of a word, whichever alphabet it was made in: no less than the index asks for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kalka.people.rules import fold, match
from kalka.people.rules.grams import REACH, slips, trigrams

CYRILLIC = "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"
LATIN = "abcdefgijklmnoprstuvyz"  # without h: «dzkc» with an h put into it folds into one letter, and is no name
ALPHABETS = st.sampled_from([CYRILLIC, LATIN, "жчшщцюяиейдхз"])
WORDS = ALPHABETS.flatmap(lambda one: st.tuples(st.text(one, min_size=3, max_size=12), st.sampled_from(one)))


def slipped(word: str, at: int, letter: str) -> list[str]:
    """Put in, another one, left out, two exchanged."""
    before, after = word[:at], word[at:]
    return [
        before + letter + after,
        before + letter + after[1:],
        before + after[1:],
        before + after[1:2] + after[:1] + after[2:],
    ]


@settings(max_examples=400)
@given(
    ALPHABETS.flatmap(lambda letters: st.tuples(st.text(letters, min_size=3, max_size=12), st.sampled_from(letters)))
)
def test_whoever_is_one_slip_away_lacks_no_more_pieces_than_a_slip_may_take(told):
    word, letter = told
    for at in range(len(word)):
        for held in slipped(word, at, letter):
            if match(word, [held]):
                lacking = set(trigrams(fold(word))) - set(trigrams(fold(held)))
                assert len(lacking) <= slips(fold(word)), held


@pytest.mark.parametrize(
    ("word", "most"),
    [("nurbekova", REACH), ("jumabaeva", REACH), ("sharipova", REACH + 1), ("cholponchieva", REACH + 2)],
)
def test_a_word_with_sounds_of_two_letters_may_lack_more(word, most):
    assert slips(word) == most
