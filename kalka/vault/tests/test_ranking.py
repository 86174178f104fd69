"""Who shares the most with what is asked, over lists in memory."""

import numpy as np

from kalka.vault import ranking
from kalka.vault.ranking import Asked, Ranked, candidates, chosen_of

WORD = (1, 2, 3, 4, 5, 6, 7, 8, 9)


def asked(lists: dict[int, list[int]], *words, **told) -> list[int]:
    return ranked(lists, *words, **told).numbers.tolist()


def ranked(lists: dict[int, list[int]], *words, filters=(), slips=(), among=None) -> Ranked:
    held = {token: np.array(sorted(numbers), np.uint32) for token, numbers in lists.items()}

    def read(tokens):
        return {token: held.get(token, np.empty(0, np.uint32)) for token in tokens}

    def count(token):
        return len(held.get(token, ()))

    inside = None if among is None else np.array(among, np.uint32)
    return candidates(Asked(words, filters, slips), count, read, among=inside)


def test_the_one_who_shares_all_comes_before_those_who_share_some():
    whole = 4_000_000_000
    lists = {token: [whole] for token in WORD} | {token: [whole, 77] for token in WORD[2:]}
    assert asked(lists, WORD) == [whole, 77]


def test_whoever_shares_too_little_is_left_out():
    lists = {token: [5] for token in WORD[:4]} | {token: [] for token in WORD[4:]}
    assert asked(lists, WORD) == []


def test_of_a_short_word_one_piece_left_is_enough():
    assert asked({1: [], 2: [], 3: [], 4: [], 5: [8]}, (1, 2, 3, 4, 5)) == [8]


def test_a_rare_piece_says_more_than_a_common_one():
    common = list(range(1000, 1400))
    lists = {1: [11], 2: [*common, 22], 3: [11, 22]}
    assert asked(lists, (1, 2, 3))[0] == 11


def test_two_numbers_in_one_place_are_told_apart():
    one, other = 1 << ranking.SHIFT, (1 << ranking.SHIFT) + 1
    lists = {token: [one] for token in WORD} | {token: [one, other] for token in WORD[:1]}
    assert asked(lists, WORD) == [one]


def test_a_filter_leaves_those_alone_who_pass_it():
    lists = {token: [1, 2, 3] for token in WORD} | {90: [2], 91: [3]}
    assert sorted(asked(lists, WORD, filters=[[90, 91]])) == [2, 3]
    assert asked(lists, WORD, filters=[[90], [91]]) == []
    assert asked(lists, WORD, filters=[[99]]) == [], "a filter nobody passes"


def test_among_some_only_they_are_found():
    near = (5 << ranking.SHIFT) + 3  # in the same place as 5 << SHIFT, and not asked about
    lists = {token: [5 << ranking.SHIFT, near, 9] for token in WORD}
    assert asked(lists, WORD, among=[5 << ranking.SHIFT]) == [5 << ranking.SHIFT]
    assert asked(lists, WORD, among=[12]) == []


def test_of_a_word_two_pieces_are_read_that_no_single_edit_changes_both():
    counts = {token: 10**6 for token in WORD} | {5: 1, 6: 2, 9: 3}
    chosen = chosen_of([WORD], counts.__getitem__)
    assert {5, 9} <= set(chosen)


def test_no_more_is_read_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(ranking, "ROOM", 100)
    counts = {token: 10 * token for token in WORD}
    assert set(chosen_of([WORD], counts.__getitem__)) == {1, 5, 2}


def test_nothing_asked_finds_nobody():
    assert asked({1: [1]}) == [] and asked({}, WORD) == []


def test_of_each_word_no_more_may_be_lacking_than_a_slip_takes():
    other = tuple(range(11, 17))
    lists = {token: [7, 8] for token in WORD} | {token: [8] for token in other[:2]} | {token: [] for token in other[2:]}
    assert sorted(asked(lists, WORD, other)) == [7, 8]
    assert asked(lists, WORD, other, slips=[4, 4]) == [8], "the first of them has nothing of the second word"
    assert asked(lists, WORD, other, slips=[4, 3]) == []


def test_what_one_slip_takes_lies_side_by_side():
    ends = {token: [5, 6] for token in WORD} | {1: [6], 9: [6]}
    assert asked(ends, WORD, slips=[4]) == [6], "two slips, one at either end"
    assert sorted(asked(ends | {9: [5, 6]}, WORD, slips=[4])) == [5, 6]


def test_whoever_has_a_slip_in_each_word_comes_after_the_others_and_apart():
    other = tuple(range(11, 20))
    held = {token: [1, 2, 3] for token in (*WORD, *other)} | {4: [1, 2], 14: [1], 19: [1, 2]}
    found = ranked(held, WORD, other, slips=[4, 6])
    assert found.numbers.tolist() == [1, 2, 3] and found.nearer == 2


def test_the_beginning_of_a_word_is_no_slip():
    other = tuple(range(11, 20))
    held = {token: [1] for token in (*WORD, *other)} | {9: [], 19: []}
    assert ranked(held, WORD, other, slips=[4, 4]).nearer == 1
