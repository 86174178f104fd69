"""`kalka import places`: the check, the loading, what it says and how it ends."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.utils import translation

from kalka.cli import importing_places, importing_reports
from kalka.cli.importing_places import places
from kalka.core.models import AuditEntry
from kalka.places.models import Place
from kalka.places.tests.factories import HEAD, WHOLE, of, sheet

pytestmark = pytest.mark.django_db(transaction=True)


def run(*arguments: object) -> Result:
    with translation.override("en"):
        return CliRunner().invoke(places, [str(argument) for argument in arguments])


def written(folder: Path, *rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> Path:
    file = folder / "list.csv"
    file.write_bytes(sheet(*rows, head=head))
    return file


def test_a_list_is_tried_then_loaded_and_once_is_enough(tmp_path: Path) -> None:
    file = written(tmp_path, *WHOLE)
    said = "List of 2021-04, 8 rows: {}\n"
    drafts = "2 Kyrgyz names wait for a speaker's review; the Russian names are shown until then.\n"
    tried = run(file, "--dry-run")
    first = "8 new, 0 changed, 0 no longer there, 0 as they were."
    assert (tried.exit_code, tried.stdout) == (
        0,
        said.format(first) + drafts + "This was a trial: nothing was written.\n",
    )
    assert not Place.objects.exists()
    assert run(file).stdout == said.format(first) + drafts
    assert Place.objects.count() == 8
    assert run(file).stdout == said.format("0 new, 0 changed, 0 no longer there, 8 as they were.") + drafts
    steps = AuditEntry.objects.order_by("id").values_list("command", "steps")
    assert list(steps) == [
        ("places.import", ""),
        ("places.import", "places.write_list"),
        ("places.import", "places.write_list"),
    ]


def test_wrong_rows_are_named_and_nothing_is_loaded(tmp_path: Path) -> None:
    done = run(written(tmp_path, *WHOLE, ("4.17E+13", *WHOLE[-1][1:])))
    assert done.exit_code == 1
    assert done.stdout == (
        "Row 10, column “code”: The spreadsheet turned this code into a number. Format the column as text and write"
        " the code again.\nNothing was written. Mend these rows and run it again.\n"
    )
    assert not Place.objects.exists()


def test_a_machine_gets_codes_and_numbers(tmp_path: Path) -> None:
    file = written(tmp_path, *of("", *WHOLE[:2]), of("", ("93", *WHOLE[2][1:5], "92", *WHOLE[2][6:]))[0])
    done = run(file, "--vintage", "2021-04", "--dry-run", "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout) == {
        "dry_run": True,
        "vintage": "2021-04",
        "rows": 3,
        "created": 0,
        "changed": 0,
        "ended": 0,
        "same": 0,
        "errors": [
            {
                "row": 4,
                "column": "parent",
                "code": "places.parent_unknown",
                "message": "Row 4, column “lies in”: There is no unit with code 92, neither in this file nor here"
                " already.",
            }
        ],
        "ignored": [],
        "drafts": 0,
        "written": False,
    }


def test_a_refusal_is_said_in_words(tmp_path: Path) -> None:
    done = run(written(tmp_path, *of("", *WHOLE)))
    assert (done.exit_code, done.stderr) == (
        1,
        "Error: The list does not say of which month it is. Nothing was changed. Add the month, like 2026-01.\n",
    )


def test_a_file_that_is_not_there_is_not_understood(tmp_path: Path) -> None:
    assert run(tmp_path / "none.csv").exit_code == 2


def test_long_work_shows_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing_reports, "PATIENCE", -1.0)
    reached: list[int] = []
    monkeypatch.setattr(
        importing_places.Bar, "step", lambda bar: (reached.append(1), setattr(bar, "_done", bar._done + 1))
    )
    run(written(tmp_path, *WHOLE))
    assert len(reached) == 8
