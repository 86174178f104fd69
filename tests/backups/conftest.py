"""One family written down over HTTP, and one backup of it for two people, for all of these tests."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.backups import office
from tests.backups.office import Keeper, Office


@dataclass(frozen=True, slots=True)
class Scene:
    office: Office
    filled: dict[str, Any]
    folder: Path
    aida: Keeper
    bakyt: Keeper

    @property
    def data(self) -> Path:
        return next(self.folder.glob("kalka-data-*.age"))

    @property
    def keys(self) -> Path:
        return next(self.folder.glob("kalka-keys-*.age"))


@pytest.fixture(scope="package")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    home = tmp_path_factory.mktemp("backups")
    for name in ("key", "to"):
        (home / name).mkdir()
    with office.bare(home, home / "key" / "root.key") as here:
        filled = here.inside("fill")
        made = Scene(here, filled, home / "to", office.keeper(home), office.keeper(home))
        here.kalka(
            "backup", "--to", made.folder, "--recipient", made.aida.recipient, "--recipient", made.bakyt.recipient
        )
        yield made


@pytest.fixture
def empty(scene: Scene, tmp_path: Path) -> Iterator[Office]:
    with office.bare(tmp_path, scene.office.key) as there:
        yield there
