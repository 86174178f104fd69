"""`kalka import committees|members|families|sittings|events|trainings`: the template, the check, the taking in."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.utils import translation

from kalka.accounts import services as accounts
from kalka.cli.importing_local import TABLES, command_of, loader_of
from kalka.committees.tests.factories import founded
from kalka.core.actors import Actor
from kalka.core.permissions import Permission
from kalka.directory.models import Holding
from kalka.intake.tests.factories import NOW
from kalka.prevention.models import Event
from kalka.sheets.kept import read_kept
from kalka.sheets.tests.factories import workbook

pytestmark = pytest.mark.django_db(transaction=True)

ADMINISTRATOR = Actor(1, frozenset({Permission.USERS_MANAGE}))
MESSY: tuple[list[object], ...] = (
    ["Учкун АА боюнча жолугушуулардын тизмеси"],
    [1, 2, 3, 4],
    ["Жолугушуу", "12 марта 2022 г.", "Учкун", "20дан ашык адам"],
    ["жoлугушуу", "05.04.22", "Учкун АА", 41],
    ["жолугушуу", "05.04.2022", "Учкун АА", "41"],
    ["Бардыгы", None, None, 61],
)


def run(table: str, *arguments: object, language: str = "en") -> Result:
    with translation.override(language):
        return CliRunner().invoke(command_of(table), [str(argument) for argument in arguments])


@pytest.fixture
def secretary() -> str:
    made = founded()
    user = accounts.create_user(ADMINISTRATOR, login="katchy-k", name="Б. Асанов", password=None, now=NOW)
    for holds in (made.secretary, made.ministry):
        Holding.objects.create(post_id=holds.post_id, user_id=user.id, since=date(2020, 1, 1))
    return "katchy-k"


def kept(folder: Path, *rows: list[object]) -> Path:
    file = folder / "тизме.xlsx"
    file.write_bytes(workbook(*rows))
    return file


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("lang", ["ky", "ru"])
def test_the_template_is_written_once_and_read_back_without_a_row(table: str, lang: str, tmp_path: Path) -> None:
    file = tmp_path / "template.xlsx"
    assert run(table, file, "--template", lang).exit_code == 0
    found = read_kept(file.read_bytes(), file.name, loader_of(table).columns())
    assert (found.rows, found.errors, found.ignored) == ((), (), ())
    again = run(table, file, "--template", lang)
    assert (again.exit_code, "is there already" in again.output) == (1, True)


def test_a_table_of_meetings_as_people_keep_it_is_taken_in_once(secretary: str, tmp_path: Path) -> None:
    file = kept(tmp_path, *_headed())
    tried = run("events", file, "--as", secretary, "--dry-run")
    assert (tried.exit_code, tried.stdout.splitlines()[-1]) == (0, "2 rows would be taken in.")
    assert not Event.objects.exists()
    taken = run("events", file, "--as", secretary)
    assert taken.stdout.splitlines() == [
        "Row 3: Here the columns are numbered. It was not taken as a row.",
        "Row 6: The same as row 5. It was taken once.",
        "Row 7: This is a total of the rows above. It was not taken as a row.",
        "2 rows were taken in.",
    ]
    found = Event.objects.order_by("on").values_list("kind", "on", "people", "people_bound")
    assert list(found) == [("meeting", date(2022, 3, 12), 20, "over"), ("meeting", date(2022, 4, 5), 41, "")]
    again = json.loads(run("events", file, "--as", secretary, "--json").stdout)
    assert (again["there"], again["taken"], Event.objects.count()) == (2, 0, 2)


def test_what_cannot_be_understood_is_refused_row_by_row_in_the_users_language(secretary: str, tmp_path: Path) -> None:
    rows = _headed()[:3]
    file = kept(tmp_path, *rows, ["жолугушуу", "03/04/2022", "Учкун", 10], ["бий кече", "05.04.2022", "Жок", 10])
    for language, begins in (("en", "Row 4, column "), ("ru", "Строка 4, "), ("ky", "4-сап, ")):
        said = run("events", file, "--as", secretary, language=language)
        assert said.exit_code == 1
        assert said.stdout.splitlines()[0].startswith(begins), said.stdout
    assert [line.partition(":")[0] for line in run("events", file, "--as", secretary).stdout.splitlines()[:3]] == [
        "Row 4, column “On which day?”",
        "Row 5, column “What was it?”",
        "Row 5, column “Place”",
    ]
    assert not Event.objects.exists()


def test_whoever_keeps_nothing_of_the_kind_takes_nothing_in(secretary: str, tmp_path: Path) -> None:
    refused = run("events", kept(tmp_path, *_headed()), "--as", "nobody")
    assert (refused.exit_code, "holds no post that keeps this" in refused.output) == (1, True)
    assert run("events", tmp_path / "nowhere.xlsx", "--as", secretary).exit_code == 2


def _headed() -> tuple[list[object], ...]:
    """With the headings the columns have in Kyrgyz, one of them with Latin letters."""
    titles = {column.name: column.title("ky") for column in loader_of("events").columns()}
    heads: list[object] = [titles[name] for name in ("kind", "on", "place", "people")]
    heads[2] = str(heads[2]).replace("е", "e")
    return (MESSY[0], heads, *MESSY[1:])
