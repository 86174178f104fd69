"""The kinds of background work: each is one function of a module's `tasks.py`, found by its name."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.jobs.run import Run

Do = Callable[[Run], str | None]


@dataclass(frozen=True, slots=True)
class Kind:
    code: str
    do: Do
    needs: Permission
    retries: int


_KINDS: dict[str, Kind] = {}


def job(code: str, *, needs: Permission, retries: int = 3) -> Callable[[Do], Do]:
    """Make a function of `kalka.<module>.tasks` the work of the kind `<module>.<what>`.

    It is given a Run, calls `run.step` between pieces that each hold by themselves, and returns the id of what came
    out, or None. It may be run again from its cursor, so every piece must be safe to do twice.
    """

    def wrap(do: Do) -> Do:
        if code in _KINDS:
            raise ValueError(f"two functions do the job {code}")
        _KINDS[code] = Kind(code, do, needs, retries)
        return do

    return wrap


def find(code: str) -> Kind:
    """Raises DomainError `jobs.unknown_kind`."""
    if code not in _KINDS:
        module = code.partition(".")[0]
        try:
            import_module(f"kalka.{module}.tasks")
        except ModuleNotFoundError:
            raise DomainError("jobs.unknown_kind", kind=code) from None
    if code not in _KINDS:
        raise DomainError("jobs.unknown_kind", kind=code)
    return _KINDS[code]
