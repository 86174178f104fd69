"""The database's own refusal to change what happened, for the migration that makes the table."""

from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

FOLDER = Path(__file__).parent / "sql"
_DROP = {
    "sqlite": "DROP TRIGGER history_event_is_not_changed; DROP TRIGGER history_event_is_not_removed;",
    "postgresql": (
        "DROP TRIGGER history_event_is_not_changed ON history_event; DROP FUNCTION history_is_append_only();"
    ),
}


def put_up(connection: BaseDatabaseWrapper) -> None:
    _run(connection, (FOLDER / f"append_only_{connection.vendor}.sql").read_text())


def take_down(connection: BaseDatabaseWrapper) -> None:
    _run(connection, _DROP[connection.vendor])


def _run(connection: BaseDatabaseWrapper, script: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # SQLite takes one statement at a time, and a trigger's body holds semicolons: each ends its line.
            for statement in _statements(script):
                cursor.execute(statement)
        else:
            cursor.execute(script)


def _statements(script: str) -> list[str]:
    found, begun = [], ""
    for line in script.replace("; DROP", ";\nDROP").splitlines():
        begun += f"{line}\n"
        if line.endswith("END;") or line.startswith("DROP"):
            found.append(begun)
            begun = ""
    return found
