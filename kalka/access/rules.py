from enum import StrEnum


class Scope(StrEnum):
    """How much of a subject a grant shows. FILE includes the others."""

    FILE = "file"
    ORDERS = "orders"  # orders and complaints, no narrative
    DUTIES = "duties"  # the code of the case and what is to be done

    @property
    def enough(self) -> tuple[str, ...]:
        """The scopes that satisfy a question of this scope."""
        return (Scope.FILE,) if self is Scope.FILE else (Scope.FILE, self)
