"""Somebody at a browser before whom the record breaks: each step is first tried while the record takes nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from django.db import IntegrityError, connection
from django.http import HttpResponseBase
from django.urls import Resolver404, resolve

from kalka.core.models import AuditEntry
from tests.security.flow import Walk
from tests.security.written import Written, rows
from tests.undoing import undone

RECORD = AuditEntry._meta.db_table


def unwritable(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """The database takes everything but the record."""
    if sql.lstrip().startswith("INSERT") and RECORD in sql:
        raise IntegrityError("the record takes nothing")
    return execute(sql, params, many, context)


def body_of(answer: HttpResponseBase) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def name_of(path: str) -> str:
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""


@dataclass
class Unrecorded(Walk):
    """Keeps what was shown or done while nothing could be written down, and what was shown and was not written down."""

    shown: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    unwritten: list[str] = field(default_factory=list)
    telling: set[str] = field(default_factory=set)  # pages that showed somebody's words, or gave a file
    tried: set[str] = field(default_factory=set)

    def get(self, path: str, *, status: int = 200) -> str:
        self._without_record("GET", path, {})
        before = self._entries()
        text = super().get(path, status=status)
        self._judge("GET", path, text.encode(), {}, before)
        return text

    def send(self, path: str, sent: dict[str, Any], *, status: int = 302) -> str:
        self._without_record("POST", path, sent)
        before = self._entries()
        told = super().send(path, sent, status=status)
        self._judge("POST", path, told.encode() if status == 200 else b"", sent, before)
        return told

    def _without_record(self, method: str, path: str, sent: dict[str, Any]) -> None:
        what, held = f"{method} {name_of(path)}", self.client.cookies.copy()
        self.tried.add(what)
        self.client.raise_request_exception = False
        given = {name: value for name, value in sent.items() if value is not None}
        written, after = Written(), None
        with undone(), connection.execute_wrapper(unwritable), connection.execute_wrapper(written):
            answer = self.client.post(path, given) if method == "POST" else self.client.get(path)
            body = body_of(answer)
            connection.needs_rollback = False
            if answer.status_code == 200 and (self._others(body, sent) or is_file(answer)):
                self.shown.append(f"{what} as {self.who}")
            after = rows() if written.tables else None
        if after is not None and after != rows():
            self.done.append(f"{what} as {self.who}: {answer.status_code}")
        self.client.cookies, self.client.raise_request_exception = held, True
        for one in given.values():
            if hasattr(one, "seek"):
                one.seek(0)  # an upload that was read

    def _judge(self, method: str, path: str, body: bytes, sent: dict[str, Any], before: int) -> None:
        what = f"{method} {name_of(path)}"
        if not self._others(body, sent) and not body.startswith(b"%PDF"):
            return
        self.telling.add(what)
        if self._entries() == before:
            self.unwritten.append(f"{what} as {self.who}")

    def _others(self, body: bytes, sent: dict[str, Any]) -> list[str]:
        """What somebody wrote before and stands in the answer, without what was just typed and is given back."""
        text = unescape(body.decode("utf-8", "replace"))
        typed = " ".join(str(one) for one in sent.values())
        return [word for word in self.marker.drawn if word in text and word not in typed]

    def _entries(self) -> int:
        return AuditEntry.objects.exclude(kind="refused").count()


def is_file(answer: HttpResponseBase) -> bool:
    return "attachment" in answer.headers.get("Content-Disposition", "")
