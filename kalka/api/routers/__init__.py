"""One file a resource. Each operation: parse, one call, answer."""

from typing import Any

from kalka.api.schemas import Problem, Refused


def answers(good: type | dict[int, type], *more: int) -> dict[Any, Any]:
    """Every answer an operation may give. 404 is also for what the post may not ask or see."""
    return {
        **(good if isinstance(good, dict) else {200: good}),
        **dict.fromkeys((401, 404, *more), Problem),
        422: Refused,
    }
