"""What is logged: the name of the page, the status, the time it took. Never an address, a reference or a text."""

import logging
import sys
from types import TracebackType
from typing import Any

import structlog

ALLOWED = {"event", "level", "timestamp", "page", "status", "ms", "code", "job", "count", "error", "where"}


def _only_allowed(_: Any, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    return {name: value for name, value in event.items() if name in ALLOWED}


class Quiet(logging.Handler):
    """Django's and the libraries' own messages, less everything but where they come from.

    An exception is told by its type and the line it was raised on: its text may repeat what a person wrote.
    """

    def emit(self, record: logging.LogRecord) -> None:
        told: dict[str, Any] = {"where": record.name}
        if record.exc_info and record.exc_info[0] is not None:
            told |= {"error": record.exc_info[0].__name__, "where": _line(record.exc_info[2]) or record.name}
        log.log(record.levelno, "message", **told)


def _line(trace: TracebackType | None) -> str:
    last = ""
    while trace is not None:
        code = trace.tb_frame.f_code
        if "kalka" in code.co_filename:
            last = f"{code.co_filename.rpartition('kalka/')[2]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return last


def configure() -> None:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _only_allowed,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    root = logging.getLogger()
    root.handlers = [Quiet()]
    root.setLevel(logging.WARNING)


log = structlog.get_logger()
