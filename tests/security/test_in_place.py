"""Rows are added; the few places that change one are known by name."""

import ast
from pathlib import Path


def test_requirement_25_what_stands_is_changed_in_place_here_alone() -> None:
    """All else adds rows: two who write at once both stand. A new place that writes over a row is looked at first."""
    found = set()
    for path in sorted(Path("kalka").rglob("*.py")):
        if "tests" not in path.parts and "migrations" not in path.parts and "simulate" not in path.parts:
            found |= {f"{path}: {name}" for name in _in_place(ast.parse(path.read_text(encoding="utf-8")))}
    said = Path(__file__).with_name("in_place.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(found) == [line.partition(" # ")[0] for line in said]


def _in_place(tree: ast.Module) -> set[str]:
    """The functions that call `.update(column=…)` of a query, or save a row that is there."""
    found = set()
    for function in (one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)):
        for call in (one for one in ast.walk(function) if isinstance(one, ast.Call)):
            if not isinstance(call.func, ast.Attribute):
                continue
            named = {one.arg for one in call.keywords}
            environment = isinstance(call.func.value, ast.Attribute) and call.func.value.attr == "environ"
            query = call.func.attr == "update" and named and not call.args and not environment
            saved = call.func.attr == "save" and "force_insert" not in named
            if query or saved or call.func.attr in {"bulk_update", "update_or_create"}:
                found.add(function.name)
    return found
