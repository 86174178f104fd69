"""Figures come out of facts alone: where they are gathered, no row, no name and no file is at hand."""

import ast
from pathlib import Path

import pytest

from kalka.results import gathering

HERE = Path(gathering.__file__).parent
# The territory is public, and so are the eight kinds of members; what is counted is neither.
ALLOWED = {"kalka.core", "kalka.places", "kalka.directory.roles", "kalka.results"}
SOURCES = {"cases", "committees", "families", "library", "prevention", "referrals", "sittings", "support", "training"}


def imported(name: str) -> set[str]:
    tree = ast.parse((HERE / name).read_text("utf-8"))
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    return {f"{node.module}.{one.name}" for node in nodes for one in node.names if str(node.module).startswith("kalka")}


@pytest.mark.parametrize("name", ["gathering.py", "families.py"])
def test_what_gathers_figures_knows_facts_alone(name):
    other = {one for one in imported(name) if not any(one.startswith(known) for known in ALLOWED)}
    assert all(one.split(".")[2] == "facts" for one in other), other


def test_the_facts_of_all_that_the_committees_do_are_read():
    found = {one.split(".")[1] for name in ("gathering.py", "families.py") for one in imported(name)}
    assert found >= SOURCES
