"""How a file leaves: made anew, as a download in a sandbox, under a name that says nothing, kept by no cache."""

from django.http import HttpResponse

from kalka.core.errors import DomainError
from kalka.core.refs import new_ref
from kalka.files.cleaning import cleaned
from kalka.files.rules import SERVED
from kalka.files.selectors import Opened
from kalka.ui.problems import problem


def download(file: Opened) -> HttpResponse:
    """What cannot be made anew is not shown at all: 422. It stays sealed as it came."""
    try:
        content = cleaned(file.media, file.content)
    except DomainError:
        return problem(422)
    kind = SERVED[file.media]
    return HttpResponse(
        content,
        content_type=kind.content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{new_ref().lower()}.{kind.suffix}"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )
