"""Writing an entry by one statement, with the id we drew for it."""

from functools import cache

from django.db import connection

from kalka.core.models import AuditEntry

_FIELDS = tuple(field for field in AuditEntry._meta.concrete_fields if not field.has_db_default())


def put(entry: AuditEntry, *, mark: bytes = b"") -> bool:
    """`mark`: only while the head carries it, so that no entry is written with a key that is no longer the present one.

    Says whether it was written.
    """
    values = [field.get_db_prep_save(field.pre_save(entry, True), connection) for field in _FIELDS]
    with connection.cursor() as cursor:
        cursor.execute(_statement(bool(mark)), [*values, mark] if mark else values)
        if cursor.rowcount != 1:
            return False
    entry._state.adding, entry._state.db = False, connection.alias
    return True


@cache
def _statement(marked: bool) -> str:
    names = ", ".join(str(field.column) for field in _FIELDS)
    marks = ", ".join(["%s"] * len(_FIELDS))
    if not marked:
        return f"INSERT INTO core_auditentry ({names}) VALUES ({marks})"
    present = "EXISTS (SELECT 1 FROM core_audithead WHERE id = 1 AND mark = %s)"
    return f"INSERT INTO core_auditentry ({names}) SELECT {marks} WHERE {present}"
