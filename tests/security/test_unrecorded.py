"""What cannot be written down in the record is not shown: each page that shows what somebody wrote, asked twice."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponseBase
from django.urls import reverse

from config.policy import POLICY
from kalka.core.models import AuditEntry
from tests.security.installed import ADDRESSES, Installed, readers
from tests.security.markers import found

pytestmark = pytest.mark.both

RECORD = AuditEntry._meta.db_table


def unwritable(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """The database takes everything but the record."""
    if sql.startswith("INSERT") and RECORD in sql:
        raise IntegrityError("the record takes nothing")
    return execute(sql, params, many, context)


def words_of(answer: HttpResponseBase) -> list[bytes]:
    if answer.status_code != 200:
        return []
    return found(b"".join(answer.streaming_content) if answer.streaming else answer.content)


class Unrecorded(Installed):
    def pages(self) -> Iterator[tuple[str, str, str]]:
        """Name, address and reader of each page that can be asked for."""
        for name, wanted in ADDRESSES:
            rule = POLICY[name]
            if "GET" in rule.methods and not name.startswith("api:") and set(wanted) <= self.parts.keys():
                path = reverse(name, kwargs={part: self.parts[part] for part in wanted})
                yield from ((name, path, login) for login in readers(rule, "GET", self.walk))

    def asked(self, path: str, login: str) -> tuple[list[bytes], int]:
        """The words of it, and how many reads were written down. Nothing of it stays."""
        client = self.walk.be(login).client
        client.raise_request_exception = False
        before, begun = AuditEntry.objects.filter(kind="read").count(), transaction.savepoint()
        words = words_of(client.get(path))
        connection.needs_rollback = False
        written = AuditEntry.objects.filter(kind="read").count() - before
        transaction.savepoint_rollback(begun)
        return words, written

    def test_requirement_49_what_is_read_is_on_record_and_what_is_not_on_record_is_not_read(self) -> None:
        unwritten, shown, telling = [], [], set()
        for name, path, login in self.pages():
            words, written = self.asked(path, login)
            if not words:
                continue
            telling.add(name)
            unwritten += [] if written else [f"{name} as {login}"]
            with connection.execute_wrapper(unwritable):
                words, _ = self.asked(path, login)
            shown += [f"{name} as {login}"] if words else []
        assert (unwritten, shown) == ([], [])
        assert len(telling) > 10, telling
