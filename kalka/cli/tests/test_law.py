"""`kalka law`: the value, its article and its confidence, on the day that was asked."""

import json

import pytest
from click.testing import CliRunner, Result

from kalka.cli.law import law
from kalka.lawbook import book, changes


def run(*arguments: str) -> Result:
    return CliRunner().invoke(law, arguments)


def test_an_order_of_the_day_before_the_amendment_runs_three_days():
    found = run("order.duration_days", "--on", "2024-08-06", "--json", "--lang", "ru")
    assert found.exit_code == 0
    assert json.loads(found.stdout) == {
        "key": "order.duration_days",
        "value": 3,
        "unit": "days",
        "since": "2017-04-27",
        "act": "law-63",
        "article": "27(1)",
        "confidence": "paraphrase",
        "since_confidence": "unclear",
        "edition": book.history("order.duration_days")[0].edition,
        "on": "2024-08-06",
        "is_set": True,
        "title": "Срок действия ордера",
        "citation": "Закон № 63, ст. 27(1)",
        "note": "",
        "source": "Plain-language summary of the 2017 edition (72 hours); ministry note: earlier 3 days",
    }


def test_an_order_of_september_2024_runs_thirty_days():
    assert json.loads(run("order.duration_days", "--on", "2024-09-01", "--json").stdout)["value"] == 30


def test_people_are_told_the_article_and_how_sure_we_are():
    found = run("order.duration_days", "--on", "2024-09-01", "--lang", "en")
    assert found.stdout.splitlines() == [
        "Duration of an order",
        "Value: 30 days",
        "Basis: Law No. 161, article not established",
        "How it is known: read in the official text or a ministry document",
        "First day: 7\N{NO-BREAK SPACE}August 2024 (unclear: sources differ or are partial)",
    ]


def test_a_range_is_told_as_a_range():
    assert json.loads(run("programme.evasion_arrest_days", "--on", "2025-11-01", "--json").stdout)["value"] == [7, 14]
    assert "Value: 7–14 days" in run("programme.evasion_arrest_days", "--on", "2025-11-01", "--lang", "en").stdout


def test_what_is_unset_says_so_and_is_no_error():
    told = run("committee.quorum", "--on", "2026-01-01", "--lang", "en")
    assert (told.exit_code, told.stdout.splitlines()[1]) == (0, "Value: unset")
    found = json.loads(run("committee.quorum", "--on", "2026-01-01", "--json").stdout)
    assert (found["value"], found["is_set"], found["confidence"]) == (None, False, "unknown")


def test_without_a_key_every_key_is_listed():
    lines = run("--on", "2026-01-01", "--lang", "en").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(book.keys())
    listed = json.loads(run("--on", "2020-01-01", "--json").stdout)
    assert tuple(listed) == book.keys()
    assert listed["monitoring.max_months"] is None


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("order.nothing",), 1),
        (("order.duration_days", "--on", "2010-01-01"), 1),
        (("order.duration_days", "--on", "yesterday"), 2),
        (("order.duration_days", "--lang", "de"), 2),
        (("order.duration_days", "more"), 2),
    ],
)
def test_a_refusal_is_one_a_misuse_is_two_and_both_go_to_the_errors(arguments, code):
    found = run(*arguments)
    assert (found.exit_code, found.stdout) == (code, "")
    assert "Error: " in found.stderr


def test_a_jurist_is_told_what_changed_between_two_days_and_signs_it():
    told = run("diff", "2024-08-01", "2025-11-01", "--lang", "en")
    assert told.exit_code == 0
    lines = told.stdout.splitlines()
    assert lines[:3] == [
        "What changed in the law",
        "From 1\N{NO-BREAK SPACE}August 2024 to 1\N{NO-BREAK SPACE}November 2025",
        f"Law book, edition {changes.edition()}",
    ]
    at = next(n for n, line in enumerate(lines) if "[order.duration_days]" in line)
    assert [line.strip() for line in lines[at + 1 : at + 4]] == [
        "before: 3 days; Law No. 63, art. 27(1); retold by another source",
        "after: 30 days; Law No. 161, article not established; read in the official text or a ministry document",
        "read in: Ministry note: thirty days, mandatory; the article is not named, the day is that of the act",
    ]
    headings = [line for line in lines if line.startswith("LAW NO. ")]
    assert [line.partition(",")[0] for line in headings] == ["LAW NO. 161", "LAW NO. 63", "LAW NO. 214"]
    assert "  1. Probation bodies" in lines
    passed = lines.index(next(line for line in lines if "Probation bodies: Runs the mandatory" in line))
    assert lines[passed + 1].strip() == "before: no duty was known"
    assert any(line.startswith("Signature: ___") for line in lines)
    assert "DRAFTS: NO RULE RESTS ON THEM" in lines


def test_the_days_may_be_named_in_any_order_and_the_same_day_changes_nothing():
    there, back = (
        run("diff", *days, "--lang", "en").stdout
        for days in (("2024-08-06", "2024-08-07"), ("2024-08-07", "2024-08-06"))
    )
    assert there == back
    same = run("diff", "2024-08-07", "2024-08-07", "--lang", "en").stdout
    assert "Nothing changed." in same and "NUMBERS" not in same


def test_the_law_of_a_day_is_a_paper_with_every_rule_of_that_day_and_no_other():
    told = run("on", "2020-01-01", "--lang", "en").stdout
    assert "[order.duration_days]" in told and "[monitoring.max_months]" not in told
    assert "Law No. 63, 27" in told and "Law No. 161" not in told
    assert run("on", "2010-01-01", "--lang", "ky").exit_code == 0


@pytest.mark.parametrize("arguments", [("diff", "2024-08-01"), ("diff", "then", "2025-11-01"), ("on",), ("on", "then")])
def test_a_paper_that_was_not_asked_for_rightly_is_not_made(arguments):
    assert run(*arguments).exit_code == 2


def test_a_paper_in_kyrgyz_says_in_kyrgyz_what_it_was_read_in_and_who_decides():
    told = run("diff", "2024-08-01", "2025-11-01", "--lang", "ky").stdout
    assert "Министрликтин маалымкаты: отуз күн, милдеттүү" in told and "Ministry note" not in told
    assert "Соттор; № 214 Мыйзам" in told, "who decides is told in words, not by a code"
