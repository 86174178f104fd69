"""Published instruments: a file is an edition, and an edition never changes."""

from functools import cache
from pathlib import Path

from kalka.core.datafile import refuse
from kalka.core.errors import DomainError
from kalka.instruments import schema, scoring
from kalka.instruments.shape import Edition

CATALOGUE = Path(__file__).parent / "catalogue"
# Published rules by code, kept to compare and to prove the scorer. Permission is the operator's, so none is offered.
REFERENCE = Path(__file__).parent / "reference"


def names(folder: Path = CATALOGUE) -> tuple[str, ...]:
    return tuple(sorted(inner.name for inner in folder.iterdir() if inner.is_dir()))


def versions(name: str, folder: Path = CATALOGUE) -> tuple[str, ...]:
    """The oldest first. Refuses with `instruments.no_such_edition`."""
    if name not in names(folder):
        raise DomainError("instruments.no_such_edition", edition=name)
    found = [file.stem for file in (folder / name).glob("*.yaml")]
    return tuple(sorted(found, key=lambda version: (len(version), version)))


@cache
def edition(name: str, version: str, folder: Path = CATALOGUE) -> Edition:
    """Refuses with `instruments.no_such_edition`."""
    if version not in versions(name, folder):
        raise DomainError("instruments.no_such_edition", edition=name)
    return from_folder(folder, name, version)


def latest(name: str, folder: Path = CATALOGUE) -> Edition:
    return edition(name, versions(name, folder)[-1], folder)


def shipped(folder: Path = CATALOGUE) -> tuple[Edition, ...]:
    return tuple(edition(name, version, folder) for name in names(folder) for version in versions(name, folder))


def from_folder(folder: Path, name: str, version: str) -> Edition:
    """The file must say that it is what it is called."""
    path = folder / name / f"{version}.yaml"
    found = load(path)
    if (found.id, found.version) != (name, version):
        refuse(path.name, f"the file says {found.id} {found.version}")
    return found


def load(path: Path) -> Edition:
    """Any edition file that meets the schema. Refuses with `datafile.refused`."""
    try:
        content = path.read_bytes()
    except OSError:
        refuse(path.name, "cannot be read")
    return schema.edition(content, f"{path.parent.name}/{path.name}")


def load_official(path: Path) -> Edition:
    """An operator's file with an approved form: it says which act approved it and meets its own golden cases.

    Refuses with `datafile.refused`, `instruments.not_official`, `instruments.golden_case_failed`.
    """
    return official(load(path))


def official(found: Edition) -> Edition:
    """As `load_official`, of a form that was read already."""
    if found.status != "official":
        raise DomainError("instruments.not_official", edition=found.id, status=found.status)
    if failed := scoring.failures(found):
        raise DomainError("instruments.golden_case_failed", edition=found.id, cases=failed)
    return found
