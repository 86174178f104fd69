"""Everything is small enough to be read at once."""

import pytest

from tests.architecture.tree import ROOT, Source, check_none, every_file, invented

FILE, FUNCTION, TEMPLATE = 300, 40, 60


def too_long(source: Source) -> list[str]:
    found = [source.name] if not source.is_migration and source.text.count("\n") >= FILE else []
    if source.is_test or source.is_migration:
        return found
    return found + [source.at(f) for f in source.functions() if (f.end_lineno or 0) - f.lineno >= FUNCTION]


def test_files_and_functions_are_small():
    check_none([fault for source in every_file() for fault in too_long(source)])


def test_templates_are_small():
    templates = (f for f in sorted((ROOT / "kalka").rglob("templates/**/*")) if f.is_file())
    check_none([str(f) for f in templates if f.read_text().count("\n") > TEMPLATE])


@pytest.mark.parametrize(
    "text",
    ["x = 1\n" * FILE, "def long():\n" + "    x = 1\n" * FUNCTION, "async def long():\n" + "    x = 1\n" * FUNCTION],
)
def test_a_long_file_and_a_long_function_are_found(text):
    assert len(too_long(invented(text))) == 1
