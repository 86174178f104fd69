"""The policy in memory: every role against every address and method. A change of who may do what shows here."""

from pathlib import Path

from config import checks
from config.policy import POLICY, Rule
from kalka.core.scopes import ALLOWS, TokenScope
from kalka.directory.roles import ROLES

EXPECTED = Path(__file__).parent / "expected.txt"
# Their own work; everything else is about somebody.
NOBODYS_FILE = {"post", "export", "opening", "alarm", "service", "course", "thing", "focal", "committee", "holding"}
NOBODYS_FILE |= {"event", "story", "programme_group"}


def table() -> str:
    lines = []
    for name, rule in sorted(POLICY.items()):
        for method, needed in sorted(rule.methods.items()):
            who = "anybody" if needed is None else " ".join(r for r in sorted(ROLES) if needed in ROLES[r].permissions)
            lines.append(f"{name} {method}: {who or 'nobody'}")
    return "\n".join(lines) + "\n"


def test_who_may_ask_what_is_what_was_agreed():
    assert table() == EXPECTED.read_text(), "write the new table into expected.txt once it is meant"


def test_every_address_is_declared_and_every_declaration_has_an_address():
    assert checks.policy_faults() == []


def test_an_address_of_the_api_without_a_scope_stops_the_start(monkeypatch):
    rule = POLICY["api:report"]
    assert rule.scopes.keys() == rule.methods.keys()
    monkeypatch.setitem(POLICY, "api:report", Rule(rule.methods, rule.about, {"GET": rule.scopes["GET"]}))
    monkeypatch.setitem(POLICY, "desk:today", Rule(POLICY["desk:today"].methods, "", rule.scopes))
    assert checks.policy_faults() == [("address_without_scope", "api:report"), ("address_without_scope", "desk:today")]


def test_what_stands_behind_an_address_is_among_what_its_scope_allows():
    for name, rule in POLICY.items():
        for method, scope in rule.scopes.items():
            assert rule.methods[method] in ALLOWS[scope], name


def test_every_scope_opens_an_address():
    assert {scope for rule in POLICY.values() for scope in rule.scopes.values()} == set(TokenScope)


def test_every_address_somebody_may_ask():
    assert [line for line in table().splitlines() if line.endswith("nobody")] == []


def test_whoever_keeps_the_accounts_or_the_record_opens_no_file():
    about = {name for name, rule in POLICY.items() if rule.about and rule.about not in NOBODYS_FILE}
    for role in ("administrator", "auditor", "analyst", "applicant", "regional_coordinator", "ministry_coordinator"):
        may = ROLES[role].permissions
        open_to = {name for name in about if any(p in may for p in POLICY[name].methods.values())}
        assert open_to == set(), role
