"""`kalka instrument`: what is shipped, what it asks, and what it says to a file of answers."""

import json

import pytest
from click.testing import CliRunner, Result

from kalka.cli.instrument import instrument
from kalka.instruments import editions


@pytest.fixture
def run(tmp_path):
    def score(name: str, sheet: object, *more: str) -> Result:
        path = tmp_path / "answers.json"
        path.write_text(sheet if isinstance(sheet, str) else json.dumps(sheet))
        return CliRunner().invoke(instrument, ["score", name, "--answers", str(path), *more])

    return score


@pytest.mark.parametrize(
    ("name", "marked", "context", "expected"),
    [
        ("LAP", ["LAP02"], {}, {"status": "scored", "level": "referral", "rules": ["A"], "score": None}),
        ("LAP", [], {"officer_belief": True}, {"level": "referral", "rules": ["C"]}),
        ("KG-DEMO", ["KG03"], {}, {"level": "high", "level_max": "high", "score": 1}),
        ("DA", ["DA02", "DA05"], {}, {"level": "increased", "score": 8, "flags": []}),
        ("ODARA", ["ODARA01"], {"relationship": "parent_child"}, {"status": "ineligible", "level": None}),
        ("EPV-R", ["EPVR01"], {}, {"level": "low", "score": 0, "flags": ["disabled_by_policy"]}),
        ("PL-KSR-A", ["PLK02"], {}, {"level": "act_at_once", "actions": ["consider_detention"]}),
        ("DASH-27", ["DASH01"], {}, {"status": "not_computed", "level": None}),
        ("SPJ", ["SPJ02"], {}, {"status": "not_computed", "level": None, "flags": ["strangulation"]}),
        ("SAFELIVES-DASH-24", [f"SLD{n:02}" for n in range(1, 15)], {}, {"level": "high", "score": 14}),
        ("NSW-DVSAT", ["DVSAT01"], {}, {"level": "at_threat", "score": 1}),
    ],
)
def test_answers_are_scored_by_name(run, name, marked, context, expected):
    sheet = {"default": "no", "answers": dict.fromkeys(marked, "yes"), "context": context}
    found = run(name, sheet, "--json")
    assert found.exit_code == 0
    told = json.loads(found.stdout)
    assert {key: told[key] for key in expected} == expected
    assert (told["edition"], len(told["digest"])) == (name, 64)


def test_what_is_left_out_was_not_asked(run):
    found = json.loads(run("KG-DEMO", {"answers": {"KG01": "no"}}, "--json").stdout)
    assert (found["status"], found["level"], found["level_max"]) == ("insufficient", "medium", "extreme")


def test_a_file_of_an_edition_is_scored_by_its_path(run):
    path = str(editions.REFERENCE / "DA-5" / "short.yaml")
    found = json.loads(run(path, {"default": "yes"}, "--json").stdout)
    assert (found["edition"], found["edition_status"], found["level"]) == ("DA-5", "reference", "high_danger")


def test_people_are_told_first_that_it_is_a_demonstration(run):
    found = run("KG-DEMO", {"default": "no", "answers": {"KG04": "yes", "KG05": "unknown"}}, "--lang", "en")
    assert found.stdout.splitlines() == [
        "Demonstration form. This is not the methodology approved by resolution No. 417.",
        "Demonstration form of risk assessment (KG-DEMO 1)",
        "Scored.",
        "Level: high",
        "Highest possible level: high",
        "Score: 1",
        "Rules: high_one_critical",
        "Behind it: KG04",
        "Assess again within 168 hours",
    ]


@pytest.mark.parametrize(
    ("name", "sheet", "code"),
    [
        ("KG-417", {"default": "no"}, 1),
        ("NOTHING", {"default": "no"}, 1),
        ("gone.yaml", {"default": "no"}, 1),
        ("LAP", {"answers": {"LAP99": "yes"}}, 1),
        ("LAP", {"answers": {"LAP01": "perhaps"}}, 1),
        ("LAP", {"answers": {"LAP01": True}}, 2),
        ("LAP", {"answer": {"LAP01": "yes"}}, 2),
        ("LAP", {"context": []}, 2),
        ("LAP", [], 2),
        ("LAP", "{", 2),
    ],
)
def test_a_refusal_is_one_a_misuse_is_two_and_both_go_to_the_errors(run, name, sheet, code):
    found = run(name, sheet, "--json")
    assert (found.exit_code, found.stdout) == (code, "")
    assert "Error: " in found.stderr


def test_the_list_offers_what_is_shipped_and_keeps_the_rest_apart():
    runner = CliRunner()
    offered = json.loads(runner.invoke(instrument, ["list", "--json"]).stdout)
    assert [face["edition"] for face in offered] == ["KG-417", "KG-DEMO", "LAP", "LAP", "PL-KSR-A", "SPJ"]
    kept = json.loads(runner.invoke(instrument, ["list", "--reference", "--json"]).stdout)
    assert {face["edition_status"] for face in kept} == {"reference"}
    assert len(runner.invoke(instrument, ["list"]).stdout.splitlines()) == 6


def test_an_edition_shows_its_questions_in_the_language_asked():
    found = CliRunner().invoke(instrument, ["show", "LAP", "--lang", "ru"])
    lines = found.stdout.splitlines()
    assert lines[:2] == [
        "Быстрый скрининг смертельной опасности (правило Мэриленда) (LAP maryland-11-2)",
        "Скрининг. Не заменяет методику постановления № 417.",
    ]
    assert lines[2] == "LAP01  Этот человек применял против вас оружие или угрожал им?"
    assert len(lines) == 13
    assert CliRunner().invoke(instrument, ["show", "NOTHING"]).exit_code == 1


def test_outcomes_are_measured_with_their_limits_and_without_a_name(tmp_path):
    path = tmp_path / "outcomes.csv"
    lines = ["score,outcome,expected"] + ["4,1,0.5", "4,0,0.5", "1,0,0.1", "1,0,0.1"] * 5
    path.write_text("\n".join(lines))
    told = CliRunner().invoke(instrument, ["evaluate", str(path), "--lang", "en"])
    assert told.exit_code == 0
    assert told.stdout.splitlines()[0] == "20 assessments, 5 with the outcome."
    assert "AUC: 0.833" in told.stdout
    assert "Protection prevents the outcome" in told.stdout
    found = json.loads(CliRunner().invoke(instrument, ["evaluate", str(path), "--json"]).stdout)
    assert (found["of"], found["came"], len(found["limits"])) == (20, 5, 4)
    assert [(row["at"], row["of"], row["came"]) for row in found["calibration"]] == [(1.0, 10, 0), (4.0, 10, 5)]
    path.write_text("score,outcome\n4,perhaps")
    assert CliRunner().invoke(instrument, ["evaluate", str(path)]).exit_code == 2
    path.write_text("score,outcome\n4,1")
    assert CliRunner().invoke(instrument, ["evaluate", str(path)]).exit_code == 1
