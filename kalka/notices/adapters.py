"""By what a message leaves. Another adapter is a class with the same `send`."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from kalka.core.refs import new_id
from kalka.people.selectors import SafeRoute


@dataclass(frozen=True, slots=True)
class Message:
    """Neutral words, and the way for them: a person's safe route, or a post's own."""

    words: str
    language: str
    post_id: int | None = None
    route: SafeRoute | None = field(default=None, repr=False)


class Adapter(Protocol):
    def send(self, message: Message) -> None:
        """Hand the message on. Raises OSError when it cannot be done now."""


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
