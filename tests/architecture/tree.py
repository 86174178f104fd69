"""The tree as the architecture tests read it: every source file once, parsed."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOPS = ("kalka", "config", "tools", "tests")


@dataclass(frozen=True)
class Source:
    """One Python file. `package` is "cases" for everything under kalka/cases, and "" outside kalka."""

    name: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def parts(self) -> tuple[str, ...]:
        return Path(self.name).with_suffix("").parts

    @property
    def package(self) -> str:
        return self.parts[1] if self.parts[0] == "kalka" and len(self.parts) > 2 else ""

    @property
    def kind(self) -> str:
        """The second name of a module: "services" for kalka/cases/services.py and for kalka/cases/services/open.py."""
        return self.parts[2] if self.package else ""

    @property
    def is_test(self) -> bool:
        return "tests" in self.parts or self.name == "conftest.py"

    @property
    def is_migration(self) -> bool:
        return "migrations" in self.parts

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        return (n for n in ast.walk(self.tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))

    def calls(self, *names: str) -> Iterator[ast.Call]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and last_name(node.func) in names:
                yield node

    def at(self, node: ast.AST) -> str:
        return f"{self.name}:{getattr(node, 'lineno', 0)}"


def last_name(node: ast.AST) -> str:
    """The name a call or an attribute ends in: "filter" for Case.objects.filter."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


@cache
def every_file() -> tuple[Source, ...]:
    files = [ROOT / "conftest.py", *(f for top in TOPS for f in sorted((ROOT / top).rglob("*.py")))]
    return tuple(Source(f.relative_to(ROOT).as_posix(), f.read_text()) for f in files)


def product() -> Iterator[Source]:
    """What runs in an installation: neither tests nor migrations."""
    return (s for s in every_file() if s.parts[0] in {"kalka", "config"} and not s.is_test and not s.is_migration)


def check_none(faults: Iterable[str]) -> None:
    """Fail with every fault on a line of its own: whoever broke something must see all of it."""
    found = list(faults)
    assert not found, "\n".join(["", *found])


def invented(text: str, name: str = "kalka/cases/services.py") -> Source:
    """A file that is not in the tree: what a check is shown to prove that it can fail."""
    return Source(name, text)
