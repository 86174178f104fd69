"""By what a message leaves. Another adapter is a class with the same `send`."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, runtime_checkable

from kalka.core.refs import new_id
from kalka.people.selectors import SafeRoute


class Refused(Exception):
    """It will never be delivered there: nobody tries again."""


@dataclass(frozen=True, slots=True)
class Message:
    """Neutral words, and the way for them: a person's safe route, or a post's own."""

    words: str
    language: str
    post_id: int | None = None
    route: SafeRoute | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Incoming:
    """Something that came back by a way. Looked at for the one word that stops it, and kept nowhere."""

    channel: str
    address: str = field(repr=False)
    words: str = field(repr=False)


class Adapter(Protocol):
    def send(self, message: Message) -> None:
        """Hand the message on. Raises OSError when it cannot be done now, Refused when it never can."""


@runtime_checkable
class Listening(Protocol):
    """An adapter by which something can come back."""

    def send(self, message: Message) -> None: ...

    def incoming(self) -> list[Incoming]:
        """What has come since the last time. Raises OSError when it cannot be asked now."""


class FileAdapter:
    """One file a message with a name drawn at random: its words alone, never for whom."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, message: Message) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        half = self._folder / f".{new_id().hex}"
        handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"{message.words}\n")
        half.replace(self._folder / f"{new_id().hex}.txt")


class Ways:
    """Each message by the way it is for: what has none of its own goes the other one."""

    def __init__(self, otherwise: Adapter, ways: Mapping[str, Adapter]) -> None:
        self._otherwise, self._ways = otherwise, ways

    def send(self, message: Message) -> None:
        channel = message.route.channel if message.route else ""
        self._ways.get(channel, self._otherwise).send(message)

    def listening(self) -> list[Listening]:
        return [way for way in self._ways.values() if isinstance(way, Listening)]
