"""Data files (law, instruments) are read so strictly that a slip of the pen cannot become a rule."""

from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import yaml

from kalka.core.errors import DomainError

LANGUAGES = ("ky", "ru", "en")
T = TypeVar("T")


def refuse(where: str, problem: str) -> NoReturn:
    raise DomainError("datafile.refused", file=where, problem=problem)


class _Strict(yaml.CSafeLoader):  # in C, as every wheel has it: a fifth of the time
    """No duplicate keys, no merge keys, no `yes` that silently becomes True."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.tag != "tag:yaml.org,2002:str":
                raise yaml.MarkedYAMLError(problem=f"quote the key {key.value!r}", problem_mark=key.start_mark)
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"key {key.value!r} twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)

    def construct_yaml_bool(self, node: yaml.ScalarNode) -> bool:
        if node.value not in ("true", "false"):
            raise yaml.MarkedYAMLError(
                problem=f"quote {node.value!r} or write true/false", problem_mark=node.start_mark
            )
        return bool(node.value == "true")


_Strict.add_constructor("tag:yaml.org,2002:bool", _Strict.construct_yaml_bool)


def parse(text: str, where: str) -> object:
    """Refuses with `datafile.refused` and the line of the first thing that is wrong."""
    try:
        for token in yaml.scan(text, Loader=yaml.CSafeLoader) if "&" in text or "*" in text else ():
            if isinstance(token, yaml.AnchorToken | yaml.AliasToken):
                raise yaml.MarkedYAMLError(problem="anchors and aliases are not allowed", problem_mark=token.start_mark)
        return yaml.load(text, Loader=_Strict)
    except yaml.MarkedYAMLError as error:
        line = f" (line {error.problem_mark.line + 1})" if error.problem_mark else ""
        refuse(where, f"{error.problem}{line}")
    except yaml.YAMLError as error:
        refuse(where, str(error))


def read(path: Path) -> object:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        refuse(path.name, "cannot be read as a text file")
    return parse(text, path.name)


class Fields:
    """The keys of one mapping, taken one by one; `close()` refuses whatever nobody asked for."""

    def __init__(self, body: object, where: str) -> None:
        if not isinstance(body, dict):
            refuse(where, "expected a mapping")
        self._body: dict[str, object] = dict(body)
        self.where = where

    def __contains__(self, key: str) -> bool:
        return key in self._body

    def names(self) -> tuple[str, ...]:
        return tuple(self._body)

    def raw(self, key: str) -> object:
        if key not in self._body:
            refuse(self.where, f"{key} is missing")
        return self._body.pop(key)

    def take(self, key: str, kind: type[T]) -> T:
        """The exact type: True is not a number and a timestamp is not a day."""
        value = self.raw(key)
        if type(value) is not kind or value == "":
            refuse(self.where, f"{key} must be a {kind.__name__}")
        return value

    def positive(self, key: str) -> int:
        number = self.take(key, int)
        if number < 1:
            refuse(self.where, f"{key} must be above 0")
        return number

    def maybe(self, key: str, kind: type[T]) -> T | None:
        if self._body.get(key) is None:
            self._body.pop(key, None)
            return None
        return self.take(key, kind)

    def one_of(self, key: str, choices: Iterable[str]) -> str:
        value = self.take(key, str)
        if value not in (allowed := tuple(choices)):
            refuse(self.where, f"{key} must be one of {', '.join(allowed)}")
        return value

    def strings(self, key: str) -> tuple[str, ...]:
        values = self.take(key, list)
        if not all(type(value) is str for value in values) or len(set(values)) < len(values):
            refuse(self.where, f"{key} must be a list of different texts")
        return tuple(values)

    def words(self, key: str) -> dict[str, str]:
        """A text in every language of the country."""
        inner = Fields(self.raw(key), f"{self.where}: {key}")
        found = {lang: inner.take(lang, str) for lang in LANGUAGES}
        inner.close()
        return found

    def close(self) -> None:
        if self._body:
            refuse(self.where, f"unknown keys: {', '.join(sorted(self._body))}")
