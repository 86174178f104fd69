"""One file a resource. Each operation: parse, one call, answer.

A body of an operation that writes is as large as 1 MB, and what is written carries the id its sender drew: sent again
it is the same (200), and other words under that id answer 404.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from kalka.api.schemas import Problem, Refused
from kalka.core import sight
from kalka.ui.http import Request


def answers(good: type | dict[int, type], *more: int) -> dict[Any, Any]:
    """Every answer an operation may give. 404 is also for what the post, or its token, may not ask or see."""
    return {
        **(good if isinstance(good, dict) else {200: good}),
        **dict.fromkeys((401, 404, *more, 503), Problem),
        422: Refused,
    }


def written(good: type) -> dict[Any, Any]:
    """Of an operation that writes: now, or before. 409: somebody else was faster."""
    return answers({201: good, 200: good, 409: Refused}, 413)


@contextmanager
def read_after(request: Request, written_at: datetime) -> Iterator[datetime]:
    """When to read what was just written, for whoever asks and for the database: of two that arrive at once the
    earlier one may be written later, and sight of it begins when it was written."""
    now = max(request.now, written_at)
    with sight.acting(request.actor, now=now):
        yield now
