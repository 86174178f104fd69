"""A slip of the pen in a data file of the law stops the system; it never becomes a rule."""

import pytest

from kalka.core.errors import DomainError
from kalka.lawbook import book, schema

TITLE = "  title: {ky: а, ru: б, en: c}\n"
ENTRY = (
    "- {from: 2017-04-27, from_confidence: unclear, value: 3, act: law-63, article: '27', "
    "confidence: paraphrase, source: s}"
)
LATER = ENTRY.replace("2017-04-27", "2024-08-07").replace("value: 3", "value: 30")
GOOD = f"order.days:\n{TITLE}  unit: days\n  values:\n    {ENTRY}\n    {LATER}\n"


def problem(tmp_path, text: str) -> str:
    (tmp_path / "orders.yaml").write_text(text)
    with pytest.raises(DomainError) as caught:
        schema.parameters([tmp_path / "orders.yaml"], dict(book.acts()))
    assert caught.value.code == "datafile.refused"
    return str(caught.value.facts["problem"])


def test_a_good_file_is_read(tmp_path):
    (tmp_path / "orders.yaml").write_text(GOOD)
    read = schema.parameters([tmp_path / "orders.yaml"], dict(book.acts()))
    assert [entry.value for entry in read["order.days"].entries] == [3, 30]


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("unit: days", "unit: fortnights", "unit must be one of"),
        ("order.days:", "Order Days:", "is not a key"),
        ("  unit: days", "  unit: days\n  formula: x", "unknown keys: formula"),
        ("source: s}", "source: s, default: 5}", "unknown keys: default"),
        ("2024-08-07", "2017-04-27", "2017-04-27 does not come after 2017-04-27"),
        ("2024-08-07", "2016-01-01", "2016-01-01 does not come after 2017-04-27"),
        ("from: 2024-08-07", "from: '2024-08-07'", "from must be a date"),
        ("from: 2017-04-27", "from: 2017-04-27, to: 2024-08-07", "reaches into the entry of 2024-08-07"),
        ("from: 2017-04-27", "from: 2017-04-27, to: 2017-04-26", "the last day is before the first"),
        ("value: 30", "value: true", "True is not a value in days"),
        ("value: 30", "value: 3.5", "3.5 is not a value in days"),
        ("value: 30", "value: 0", "0 is not a value in days"),
        ("value: 30", "value: [7, 14]", "[7, 14] is not a value in days"),
        ("value: 30", "value: null", "a value is unset (null) exactly when its confidence is unknown"),
        ("value: 30, ", "", "value is missing"),
        ("confidence: paraphrase", "confidence: unknown", "a value is unset (null) exactly when"),
        ("confidence: paraphrase", "confidence: surely", "confidence must be one of"),
        ("act: law-63", "act: law-999", "unknown act law-999"),
        ("act: law-63", "act: draft-5659", "draft-5659 is a draft: no rule may rest on it"),
        ("act: law-63, article: '27'", "act: null, article: null", "a value needs the act that sets it"),
        ("article: '27'", "article: 27", "article must be a str"),
        ("article: '27'", "article: about there", "is not an article of an act"),
        ("en: c}", "en: c, fr: d}", "unknown keys: fr"),
        (", en: c}", "}", "en is missing"),
    ],
)
def test_a_slip_is_named(tmp_path, good, bad, said):
    assert good in GOOD
    assert said in problem(tmp_path, GOOD.replace(good, bad))


def test_a_key_in_two_files_is_refused(tmp_path):
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(GOOD)
    with pytest.raises(DomainError) as caught:
        schema.parameters([tmp_path / "a.yaml", tmp_path / "b.yaml"], dict(book.acts()))
    assert caught.value.facts == {"file": "b.yaml", "problem": "order.days is also in another file"}


@pytest.mark.parametrize(
    ("unit", "value"), [("days_range", "[14, 7]"), ("days_range", "7"), ("flag", "1"), ("text", "5")]
)
def test_a_value_has_the_kind_of_its_unit(tmp_path, unit, value):
    text = GOOD.replace("unit: days", f"unit: {unit}").replace("value: 30", f"value: {value}")
    assert f"is not a value in {unit}" in problem(tmp_path, text)
