"""A data file that could be read in two ways is not read at all."""

from datetime import date

import pytest

from kalka.core.datafile import Fields, parse, read
from kalka.core.errors import DomainError


def refusal(text: str) -> str:
    with pytest.raises(DomainError) as caught:
        parse(text, "orders.yaml")
    assert (caught.value.code, caught.value.facts["file"]) == ("datafile.refused", "orders.yaml")
    return str(caught.value.facts["problem"])


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "Yes", "ON", "true", "1", "null", "2024-08-07"])
def test_a_key_that_is_not_a_text_is_refused(word):
    assert refusal(f"a: 1\n{word}: 2\n") == f"quote the key {word!r} (line 2)"


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "True", "FALSE"])
def test_a_value_that_looks_like_an_answer_is_refused(word):
    assert refusal(f"default: {word}\n") == f"quote {word!r} or write true/false (line 1)"


def test_a_key_twice_is_refused_at_any_depth():
    assert refusal("a: {b: 1, b: 2}\n") == "key 'b' twice (line 1)"


@pytest.mark.parametrize("text", ["a: &x 1\nb: *x\n", "a: &x {b: 1}\nc:\n  <<: *x\n"])
def test_anchors_and_inheritance_are_refused(text):
    assert "anchors and aliases" in refusal(text)


def test_what_is_no_yaml_is_refused():
    assert "(line 2)" in refusal("a: [1\n")


def test_quoted_words_and_plain_values_are_read():
    text = 'a: {"yes": "no", flag: true, day: 2024-08-07, many: [1, 2]}'
    assert parse(text, "x") == {"a": {"yes": "no", "flag": True, "day": date(2024, 8, 7), "many": [1, 2]}}


def test_a_file_that_is_no_text_is_refused(tmp_path):
    (tmp_path / "x.yaml").write_bytes(b"\xff\xfe\x00")
    for name in ("x.yaml", "gone.yaml"):
        with pytest.raises(DomainError) as caught:
            read(tmp_path / name)
        assert caught.value.facts == {"file": name, "problem": "cannot be read as a text file"}


@pytest.mark.parametrize(
    ("body", "kind"), [({"n": True}, int), ({"n": 1}, bool), ({"n": "1"}, int), ({"n": ""}, str), ({}, int)]
)
def test_a_field_has_exactly_its_type(body, kind):
    with pytest.raises(DomainError):
        Fields(body, "x").take("n", kind)


def test_what_nobody_asked_for_is_refused():
    fields = Fields({"a": 1, "b": 2}, "x")
    assert fields.take("a", int) == 1
    with pytest.raises(DomainError) as caught:
        fields.close()
    assert caught.value.facts["problem"] == "unknown keys: b"


def test_a_text_is_in_every_language():
    assert Fields({"t": {"ky": "а", "ru": "б", "en": "c"}}, "x").words("t") == {"ky": "а", "ru": "б", "en": "c"}
    with pytest.raises(DomainError) as caught:
        Fields({"t": {"ky": "а", "ru": "б"}}, "x").words("t")
    assert caught.value.facts == {"file": "x: t", "problem": "en is missing"}
