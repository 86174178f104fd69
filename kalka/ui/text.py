"""The type of a text that may be translated when it is shown."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise
else:
    StrOrPromise = object

__all__ = ["StrOrPromise"]
