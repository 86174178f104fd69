"""Every edition meets its own examples, none has changed, and what is not official cannot pass for it."""

import hashlib
from datetime import date

import pytest

from kalka.core.errors import DomainError
from kalka.instruments import editions, scoring
from kalka.instruments.shape import Edition

ALL = [*editions.shipped(), *editions.shipped(editions.REFERENCE)]
OFFICIAL = """
id: KG-417
version: "2"
status: official
enabled: true
title: {ky: а, ru: б, en: c}
source: an invented annex
approval: {act: resolution-417, date: 2025-07-16, valid_from: 2025-08-01, approved_by: the ministry}
levels:
  - {code: usual, title: {ky: а, ru: б, en: c}}
  - {code: grave, title: {ky: а, ru: б, en: c}}
items:
  Q1: {text: {ky: а, ru: б, en: c}, help: {ky: а, ru: б, en: c}}
  Q2: {text: {ky: а, ru: б, en: c}, help: {ky: а, ru: б, en: c}}
base: usual
rules:
  - {id: any, level: grave, when: {any_yes: all}}
cases:
  - {name: nothing, default: "no", expect: {level: usual}}
  - {name: one, default: "no", marked: [Q2], expect: {level: grave}}
"""
USUAL = "  - {code: usual, title: {ky: а, ru: б, en: c}}\n"


def by_name(edition: Edition) -> str:
    return f"{edition.id}-{edition.version}"


def refused(call, *given):
    with pytest.raises(DomainError) as caught:
        call(*given)
    return caught.value


@pytest.mark.parametrize("edition", ALL, ids=by_name)
def test_an_edition_meets_its_golden_cases(edition):
    assert scoring.failures(edition) == ()
    assert edition.cases or edition.status == "empty"


def test_what_is_shipped_and_what_is_only_for_comparison():
    assert [(e.id, e.version, e.status) for e in editions.shipped()] == [
        ("KG-417", "slot", "empty"),
        ("KG-DEMO", "1", "demonstration"),
        ("LAP", "maryland-11", "screening"),
        ("LAP", "maryland-11-2", "screening"),
        ("PL-KSR-A", "handbook-13-kg", "screening"),
        ("SPJ", "frame-2", "frame"),
    ]
    reference = editions.shipped(editions.REFERENCE)
    assert {e.id for e in reference} == {"DA", "DA-5", "DASH-27", "EPV-R", "NSW-DVSAT", "ODARA", "SAFELIVES-DASH-24"}
    assert {(e.status, e.enabled) for e in reference} == {("reference", False)}


def test_a_published_edition_never_changes():
    sums = dict(reversed(line.split()) for line in (editions.CATALOGUE / "SHA256SUMS").read_text().splitlines())
    files = {f"catalogue/{p.relative_to(editions.CATALOGUE)}": p for p in editions.CATALOGUE.glob("*/*.yaml")}
    assert {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()} == sums
    assert {e.digest for e in editions.shipped()} == set(sums.values())


def test_the_demonstration_says_in_three_languages_that_it_is_not_the_methodology():
    banner = editions.latest("KG-DEMO").banner
    assert banner == {
        "ky": "Көргөзмө форма. Бул № 417 токтом менен бекитилген методика эмес.",
        "ru": "Демонстрационная форма. Не является методикой, утверждённой постановлением № 417.",
        "en": "Demonstration form. This is not the methodology approved by resolution No. 417.",
    }


@pytest.mark.parametrize("edition", [e for e in ALL if e.enabled], ids=by_name)
def test_every_question_of_a_shipped_form_has_its_words(edition):
    for item in edition.items.values():
        assert set(item.text) == set(item.help) == {"ky", "ru", "en"}
        assert all(text.endswith("?") for text in item.text.values())
        assert all(len(text) < 160 for text in (*item.text.values(), *item.help.values()))


def test_the_register_fills_what_it_knows():
    filled = [code for code, item in editions.latest("KG-DEMO").items.items() if item.auto_filled]
    assert filled == ["KG15", "KG16", "KG17", "KG18"]


@pytest.mark.parametrize("edition", ALL, ids=by_name)
def test_no_level_says_that_there_is_no_risk(edition):
    assert {"none", "no_risk", "safe"} & {level.code for level in edition.levels} == set()


def test_the_empty_slot_cannot_be_scored():
    error = refused(scoring.score, editions.latest("KG-417"), {}, {})
    assert (error.code, error.facts) == ("instruments.slot_is_empty", {"edition": "KG-417"})


def test_an_operator_s_official_file_is_taken(tmp_path):
    (tmp_path / "2.yaml").write_text(OFFICIAL)
    found = editions.load_official(tmp_path / "2.yaml")
    assert (found.id, found.version, found.status) == ("KG-417", "2", "official")
    assert (found.approval.act, found.approval.valid_from) == ("resolution-417", date(2025, 8, 1))
    assert found.digest == hashlib.sha256(OFFICIAL.encode()).hexdigest()


@pytest.mark.parametrize("folder", [editions.CATALOGUE, editions.REFERENCE])
def test_what_is_not_official_cannot_pass_for_it(folder):
    for path in folder.glob("*/*.yaml"):
        assert refused(editions.load_official, path).code == "instruments.not_official"


def test_an_official_file_that_fails_its_own_example_is_refused(tmp_path):
    (tmp_path / "2.yaml").write_text(OFFICIAL.replace("marked: [Q2], expect: {level: grave}", "expect: {level: grave}"))
    error = refused(editions.load_official, tmp_path / "2.yaml")
    assert (error.code, error.facts["cases"]) == ("instruments.golden_case_failed", ("one",))


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("status: official", "status: approved", "status must be one of"),
        ("approval:", "approvals:", "approval is missing"),
        ("source: an invented annex", "source: an invented annex\nthreshold: 5", "unknown keys: threshold"),
        ("{code: usual,", "{code: none,", "none cannot be the name of a level"),
        ("{code: grave,", "{code: usual,", "a level twice"),
        (
            USUAL,
            USUAL + "".join(USUAL.replace("usual", f"l{n}") for n in range(4)),
            "an edition in use has 2 to 5 levels",
        ),
        ("help: {ky: а, ru: б, en: c}}\n  Q2", "help: {ky: а, ru: б}}\n  Q2", "en is missing"),
        ("level: grave, when", "level: fatal, when", "level must be one of"),
        ("{any_yes: all}", "{any_yes: [Q3]}", "['Q3'] names no items"),
        ("{any_yes: all}", "{count: all, ge: 3}", "a count that can never be met or always is"),
        ("{any_yes: all}", "{count: all, ge: 0}", "a count that can never be met or always is"),
        ("{any_yes: all}", "{yes: Q1}", "quote the key 'yes'"),
        ("{any_yes: all}", "{any_yes: all, unless: Q1}", "unknown keys: unless"),
        ("{any_yes: all}", "{context: officer_belief, is: false}", "is: true is the only declaration"),
        ("{any_yes: all}", "'total >= 2'", "expected a mapping"),
        ("base: usual", "base: usual\nbands: [{level: usual, min: 0}]", "bands without weights"),
        ("base: usual", "base: usual\nweights: {Q1: 1}", "each item has one weight"),
        ("base: usual", "base: usual\ndisabled_by_policy: [Q9]", "names Q9, which are no items"),
        ("base: usual", "base: usual\nprorate: true", "proration needs a limit of missing answers"),
        ("base: usual", "base: usual\nperiod_hours: {usual: 5}", "each level has one period"),
        ("base: usual", "base: usual\nconflicts: [[Q1]]", "a conflict is a pair of items"),
        ("base: usual", "base: usual\ninsufficient: {protective_floor: grave}", "one limit"),
        ("expect: {level: usual}", "expect: {colour: red}", "a case cannot expect colour"),
        ("marked: [Q2]", "marked: [Q7]", "names Q7, which are no items"),
        ("  - {id: any, level: grave, when: {any_yes: all}}\n", "  - {id: any, when: {item: Q1}}\n", "does nothing"),
    ],
)
def test_a_slip_in_an_official_file_is_named(tmp_path, good, bad, said):
    assert good in OFFICIAL
    (tmp_path / "2.yaml").write_text(OFFICIAL.replace(good, bad, 1))
    error = refused(editions.load_official, tmp_path / "2.yaml")
    assert error.code == "datafile.refused"
    assert said in error.facts["problem"]


def test_a_file_is_what_it_is_called(tmp_path):
    (tmp_path / "KG-417").mkdir()
    (tmp_path / "KG-417" / "3.yaml").write_text(OFFICIAL)
    assert refused(editions.edition, "KG-417", "3", tmp_path).facts["problem"] == "the file says KG-417 2"


@pytest.mark.parametrize(("name", "version"), [("DASH", "1"), ("KG-DEMO", "2"), ("../reference/DA", "x")])
def test_what_is_not_shipped_is_refused(name, version):
    assert refused(editions.edition, name, version).code == "instruments.no_such_edition"


def test_versions_are_told_oldest_first(tmp_path):
    for version in ("10", "2", "9"):
        (tmp_path / "X").mkdir(exist_ok=True)
        (tmp_path / "X" / f"{version}.yaml").write_text(OFFICIAL)
    assert editions.versions("X", tmp_path) == ("2", "9", "10")
