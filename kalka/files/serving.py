"""How a file leaves: as a download in a sandbox, under a name that says nothing, kept by no cache."""

from django.http import HttpResponse

from kalka.core.refs import new_ref
from kalka.files.rules import SERVED
from kalka.files.selectors import Opened


def download(file: Opened) -> HttpResponse:
    kind = SERVED[file.media]
    return HttpResponse(
        file.content,
        content_type=kind.content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{new_ref().lower()}.{kind.suffix}"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )
