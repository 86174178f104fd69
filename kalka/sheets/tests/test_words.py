import ast
from pathlib import Path

from django.utils.translation import override

from kalka.sheets import words
from kalka.sheets.table import RowError
from kalka.sheets.tests.factories import COLUMNS
from kalka.ui.words import sheets as said


def test_an_error_names_the_row_the_column_and_what_to_do():
    errors = [RowError(7, "code", "sheets.code_as_number"), RowError(8, "", "sheets.required")]
    with override("en"):
        assert words.lines(errors, COLUMNS) == [
            "Row 7, column “Code”: The spreadsheet turned this code into a number. Format the column as text and write"
            " the code again.",
            "Row 8: This must not be blank.",
        ]


def test_every_code_of_the_module_has_words():
    codes = {
        node.value
        for path in Path(words.__file__).parent.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("sheets.")
    }
    assert codes == set(said.WORDS)
