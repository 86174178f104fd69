"""The database's own refusal to change what happened, for the migration that makes the table."""

from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

FOLDER = Path(__file__).parent / "sql"
_DOWN = {
    "sqlite": ("DROP TRIGGER history_event_is_not_changed", "DROP TRIGGER history_event_is_not_removed"),
    "postgresql": (
        "DROP TRIGGER history_event_is_not_changed ON history_event",
        "DROP FUNCTION history_is_append_only()",
    ),
}


def put_up(connection: BaseDatabaseWrapper) -> None:
    script = (FOLDER / f"append_only_{connection.vendor}.sql").read_text()
    _run(connection, tuple(s for s in script.split("\n\n") if s.strip()))


def take_down(connection: BaseDatabaseWrapper) -> None:
    _run(connection, _DOWN[connection.vendor])


def _run(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    """One by one: SQLite takes no more at a time, and a trigger's body holds semicolons."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
