"""Every table through the command: tried, stopped midway, taken in, brought again; a wrong row in ky and ru."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.db.models import Model
from django.utils import translation

from kalka.accounts import services as accounts
from kalka.cli.importing_local import TABLES, command_of, loader_of
from kalka.cli.importing_reports import Progress
from kalka.committees.models import Committee, MemberCard
from kalka.committees.tests.factories import FAR, founded
from kalka.core.actors import Actor
from kalka.core.permissions import Permission
from kalka.directory.models import Holding
from kalka.families.models import FamilyAtRisk
from kalka.intake.tests.factories import NOW
from kalka.monitoring.models import DeviceSignal
from kalka.monitoring.tests import factories as monitoring
from kalka.monitoring.tests.factories import DEVICE
from kalka.orders.models import RegisterLine
from kalka.places import selectors as places
from kalka.prevention.models import Event
from kalka.sheets.tests.factories import workbook
from kalka.sittings.models import Summary
from kalka.training.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)
ADMINISTRATOR = Actor(1, frozenset({Permission.USERS_MANAGE}))
LOGIN = "katchy-k"
# What it writes, its columns, two rows as people write them, and one that is wrong.
LISTS: dict[str, tuple[type[Model], list[str], list[list[object]], list[object]]] = {
    "committees": (
        Committee,
        ["place", "since", "no_earlier"],
        [["FAR", "15.03.2021", "ооба"], ["NEAR", "2021-жылдын 3-апрели", ""]],
        ["Эч кайда", "15.03.2021", ""],
    ),
    "members": (
        MemberCard,
        ["name", "category", "office", "since"],
        [
            ["Жусупова  Айгүл", "фельдшер", "Төрага", "12.03.2022"],
            ["Мамытов Кубаныч", "аксакалдар соту", "", "12-март 2022-ж."],
        ],
        ["Осмонова Нур", "фельдшер", "Төрага", "12.03.2022"],
    ),
    "families": (
        FamilyAtRisk,
        ["on", "signs", "name", "agreed"],
        [["12.03.2022", "ичкилик, жумушсуз", "", ""], [date(2022, 4, 2), "Aракечтик", "Асанова Бермет", "да"]],
        ["05.05.2022", "карыз", "Сыдыкова Назгүл", ""],
    ),
    "sittings": (
        Summary,
        ["on", "kind", "came", "decisions", "done"],
        [["15.03.2022", "План боюнча", "14", 3, 2], [date(2022, 6, 1), "Зомбулук боюнча", 12, 2, 2]],
        ["01.09.2022", "той", 12, 1, 1],
    ),
    "events": (
        Event,
        ["kind", "on", "place", "people"],
        [["Жолугушуу", "12 марта 2022 г.", "Учкун", "20дан ашык адам"], ["жoлугушуу", "05.04.22", "Учкун АА", 41]],
        ["бий кече", "05.04.2022", "Учкун АА", 10],
    ),
    "trainings": (
        Entry,
        ["programme", "place", "on", "kind", "number"],
        [
            ["ЖК үчүн тренинг", "Учкун АА", "12.05.2022-ж.", "государственные служащие", "60тан ашык"],
            ["ЖК үчүн тренинг", "Учкун АА", "12.05.2022", "нпо", 36],
        ],
        ["ЖК үчүн тренинг", "Учкун АА", "12.05.2022", "космонавт", 36],
    ),
    "orders": (
        RegisterLine,
        ["number", "issued_on", "last_day", "name", "year"],
        [
            ["77/1", "12.03.2022", "11-апрель 2022-ж.", "Сыдыков  Бакыт", 1985],
            ["77/2", date(2022, 4, 2), "02.05.22", "", ""],
        ],
        ["77/3", "12.05.2022", "11.05.2022", "", ""],
    ),
    "signals": (
        DeviceSignal,
        ["ref", "device", "sign", "at"],
        [
            ["A-1", "gps 0042 7", "Вошёл в запретную зону", "23.11.2026 08:41"],
            ["A-2", DEVICE, "battery", "2026-11-23 08:42:10"],
        ],
        ["A-3", "OTHER 1", "near", "23.11.2026 08:41"],
    ),
}


@pytest.fixture(autouse=True)
def writer(table: str) -> None:
    """One account that holds the posts that keep these tables."""
    made = founded()
    posts = [made.secretary, made.ministry]
    if table in ("orders", "signals"):
        police = monitoring.world()
        monitoring.fitted(police, monitoring.decided(police), DEVICE)
        posts = [police.inspector]
    user = accounts.create_user(ADMINISTRATOR, login=LOGIN, name="Б. Асанов", password=None, now=NOW)
    for holds in posts:
        Holding.objects.create(post_id=holds.post_id, user_id=user.id, since=date(2020, 1, 1))


def run(table: str, *arguments: object, language: str = "ky") -> Result:
    with translation.override(language):
        return CliRunner().invoke(command_of(table), [str(argument) for argument in arguments])


def kept(folder: Path, table: str, *, wrong: bool = False) -> Path:
    """With a title above, a row that is there twice, and a heading with Latin letters."""
    _model, names, rows, bad = LISTS[table]
    titles = {column.name: column.title("ky") for column in loader_of(table).columns()}
    heads = ["№", *(titles[name].replace("а", "a") for name in names)]
    near = next(code for code, _name in places.choices(level=("ayil_aimak",)) if code != FAR)
    named = {"FAR": places.name(FAR, "ky"), "NEAR": near}
    numbered = enumerate((*rows, *([bad] if wrong else []), rows[1]), 1)
    plain = [[min(number, 2), *(named.get(str(cell), cell) for cell in row)] for number, row in numbered]
    file = folder / f"{table}-{wrong}.xlsx"
    file.write_bytes(workbook(["Комитеттин тизмеси"], heads, *plain))
    return file


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_tried_stopped_midway_taken_in_and_brought_again(table, tmp_path, monkeypatch):
    model, file = LISTS[table][0], kept(tmp_path, table)
    before = model._default_manager.count()
    tried = run(table, file, "--as", LOGIN, "--dry-run", language="en")
    assert (tried.exit_code, tried.stdout.splitlines()[-1:]) == (0, ["2 rows would be taken in."]), tried.output
    assert model._default_manager.count() == before

    def cut(self: Progress) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as stopped:
        stopped.setattr(Progress, "step", cut)
        assert run(table, file, "--as", LOGIN).exit_code != 0
    assert model._default_manager.count() == before + 1  # the first row stands whole
    went_on = json.loads(run(table, file, "--as", LOGIN, "--json").stdout)
    assert (went_on["there"], went_on["taken"], went_on["errors"]) == (1, 1, [])
    again = json.loads(run(table, file, "--as", LOGIN, "--json").stdout)
    assert (again["there"], again["taken"], model._default_manager.count()) == (2, 0, before + 2)


@pytest.mark.parametrize("table", TABLES)
def test_one_wrong_row_is_named_in_both_languages_and_nothing_is_written(table, tmp_path):
    model, file = LISTS[table][0], kept(tmp_path, table, wrong=True)
    before = model._default_manager.count()
    for language, begins in (("ky", "5-сап"), ("ru", "Строка 5")):
        for dry in ((), ("--dry-run",)):
            said = run(table, file, "--as", LOGIN, *dry, language=language)
            assert (said.exit_code, said.stdout[: len(begins)]) == (1, begins), said.output
    assert model._default_manager.count() == before
