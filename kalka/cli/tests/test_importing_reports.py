"""`kalka import reports`: the template, the check, the taking in, and what it says."""

import json
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from django.utils import translation

from kalka.accounts import services as accounts
from kalka.cli import importing_reports
from kalka.cli.importing_reports import reports
from kalka.core.actors import Actor
from kalka.core.permissions import Permission
from kalka.directory.models import Holding
from kalka.intake.models import Report
from kalka.intake.tests.factories import NOW, VILLAGE, post, village

pytestmark = pytest.mark.django_db(transaction=True)

ADMINISTRATOR = Actor(1, frozenset({Permission.USERS_MANAGE}))
TOLD = {"told_on": "19.11.2020", "danger": "no", "what": "Кайнатасы үйдөн кууп чыкты", "place": VILLAGE}


def run(*arguments: object) -> Result:
    with translation.override("en"):
        return CliRunner().invoke(reports, [str(argument) for argument in arguments])


@pytest.fixture
def secretary() -> str:
    """A person who may import, by name."""
    here = village()
    user = accounts.create_user(ADMINISTRATOR, login="asanov", name="Б. Асанов", password="төрт-сөз-бир-жерде", now=NOW)
    for holds in (post("committee_member"), here.secretary):
        Holding.objects.create(post_id=holds.post_id, user_id=user.id, since=date(2020, 1, 1))
    return "asanov"


def filled(folder: Path, *rows: dict[str, str]) -> Path:
    file = folder / "отчёт.xlsx"
    assert run("--template", file).exit_code == 0
    book = openpyxl.load_workbook(BytesIO(file.read_bytes()))
    names = [cell.value for cell in book.worksheets[1]["A"]][1:]
    for number, row in enumerate(rows, start=2):
        for name, value in row.items():
            book.worksheets[0].cell(number, names.index(name) + 1).value = value
    book.save(file)
    return file


def test_a_filled_template_is_taken_in_once(secretary: str, tmp_path: Path) -> None:
    file = filled(tmp_path, TOLD, TOLD)
    tried = run(file, "--as", secretary, "--dry-run")
    assert (tried.exit_code, tried.stdout) == (0, "2 reports would be taken in.\n")
    assert not Report.objects.exists()
    assert run(file, "--as", secretary).stdout == "2 reports were taken in.\n"
    assert run(file, "--as", secretary).stdout == "2 reports were there already.\n0 reports were taken in.\n"
    assert Report.objects.count() == 2


def test_errors_are_said_row_by_row_and_nothing_is_written(secretary: str, tmp_path: Path) -> None:
    file = filled(tmp_path, TOLD, {**TOLD, "told_on": "30.02.2020"})
    refused = run(file, "--as", secretary)
    assert refused.exit_code == 1
    assert refused.stdout.splitlines()[0].startswith("Row 3, column “Told on”: This is not a date.")
    assert refused.stdout.splitlines()[-1] == "Nothing was written. Mend these rows and run it again."
    assert not Report.objects.exists()


def test_a_machine_is_answered_with_codes(secretary: str, tmp_path: Path) -> None:
    file = filled(tmp_path, TOLD, {**TOLD, "danger": "perhaps"})
    refused = run(file, "--as", secretary, "--json")
    answer = json.loads(refused.stdout)
    assert refused.exit_code == 1
    assert {**answer, "errors": [(e["row"], e["column"], e["code"]) for e in answer["errors"]]} == {
        "dry_run": False,
        "new": 1,
        "taken": 0,
        "there": 0,
        "ignored": [],
        "errors": [(3, "danger", "sheets.not_a_choice")],
    }
    assert TOLD["what"] not in refused.stdout


def test_a_person_without_such_a_post_takes_nothing_in(secretary: str, tmp_path: Path) -> None:
    file = filled(tmp_path, TOLD)
    for login in ("nobody", ""):
        refused = run(file, "--as", login)
        assert refused.exit_code == 1 and "holds no post that may import reports" in refused.stderr
    assert run(file).exit_code == 2
    assert not Report.objects.exists()


def test_what_is_no_spreadsheet_is_refused_in_words(secretary: str, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"%PDF-1.7")
    refused = run(file, "--as", secretary)
    assert refused.exit_code == 1 and "This is not a spreadsheet." in refused.stderr


def test_a_template_overwrites_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"mine")
    assert run("--template", file).exit_code == 1
    assert file.read_bytes() == b"mine"


def test_a_bar_is_shown_to_a_person_who_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing_reports, "PATIENCE", -1.0)
    with importing_reports.Progress(3, quiet=True) as bar:
        for _ in range(3):
            bar.step()
    assert bar._bar.finished
