"""A column of sealed bytes. What it holds shows itself as sealed everywhere: repr, str, JSON, logs, templates."""

from typing import Any, NoReturn

from django.db import models
from django.db.models import Lookup

from kalka.vault.classes import Klass

SHOWN = "«sealed»"


class Sealed:
    """Ciphertext at rest in a model instance. Opened by a Keys object, never by itself."""

    __slots__ = ("blob",)

    def __init__(self, blob: bytes) -> None:
        self.blob = blob

    def __repr__(self) -> str:
        return SHOWN

    __str__ = __repr__

    def __format__(self, _: str) -> str:
        return SHOWN

    def __bool__(self) -> bool:
        return bool(self.blob)

    def __eq__(self, _: object) -> NoReturn:
        raise TypeError("a sealed value is not compared")

    __hash__ = None  # type: ignore[assignment]  # as for anything that is not compared

    def __reduce__(self) -> NoReturn:
        raise TypeError("a sealed value is not pickled")


class SealedField(models.BinaryField[Any, Any]):
    """Holds what `Keys.put` sealed for this row; empty means nothing was said."""

    def __init__(self, *args: Any, klass: Klass = Klass.NARRATIVE, **kwargs: Any) -> None:
        self.klass = Klass(klass)
        kwargs.setdefault("default", b"")
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"klass": str(self.klass)}

    def from_db_value(self, value: Any, *_: object) -> Sealed:
        return Sealed(bytes(value or b""))

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, Sealed) else Sealed(bytes(value or b""))

    def get_default(self) -> Sealed:
        return Sealed(b"")

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if not isinstance(value, Sealed):
            raise TypeError("only a sealed value is stored here")
        return super().get_db_prep_value(value.blob, connection, prepared)

    def get_lookup(self, lookup_name: str) -> type[Lookup[Any]] | None:
        raise TypeError("a sealed value is not searched")

    def value_to_string(self, obj: models.Model) -> str:
        return SHOWN
