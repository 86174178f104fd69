"""Takes an upload without letting a byte of it touch the disk."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from kalka.files.rules import LIMIT


class MemoryFile(InMemoryUploadedFile):
    """An uploaded file in memory. When the request held too much, it is empty and says so."""

    too_large = False


class MemoryOnly(FileUploadHandler):
    """Keeps every file of a request in memory, up to the limit for all of them together.

    Past the limit it goes on reading, so that the other fields arrive and the form can say what happened, but it
    keeps nothing.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.taken = 0
        self.parts: list[bytes] = []

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.parts = []

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.taken += len(raw_data)
        if self.taken > LIMIT:
            self.parts.clear()
        else:
            self.parts.append(raw_data)

    def file_complete(self, file_size: int) -> MemoryFile:
        content = b"".join(self.parts)
        self.parts = []
        file = MemoryFile(
            file=BytesIO(content),
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=len(content),
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
        file.too_large = self.taken > LIMIT
        return file
