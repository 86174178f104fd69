from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe

from kalka.access import selectors as access
from kalka.core import checkpointing, checkpoints, head, reading, waiting
from kalka.core.errors import AccessDenied, DomainError
from kalka.desk.forms import LogForm
from kalka.directory import selectors as directory
from kalka.ui.http import Request
from kalka.ui.words import say


def log(request: Request) -> HttpResponse:
    """The record, for the auditor: institution, post, act and time. What was opened is a number, never content."""
    form = LogForm(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    before = request.GET.get("before", "")
    lines = reading.entries(
        request.actor,
        kind=asked.get("kind") or "",
        day=asked.get("day"),
        before=int(before) if before.isdecimal() else None,
        hidden=access.walled_from(request.actor),
    )
    posts = directory.posts([line.post_id for line in lines if line.post_id])
    shown = {
        "lines": [(line, posts.get(line.post_id or 0)) for line in lines],
        "form": form,
        "older": lines[-1].id if len(lines) == reading.PAGE else None,
        "now": request.now,
        "checkpoint": checkpoints.latest(),
        "waits": waiting.too_long(request.now),
        "touched": not head.look().ours,
    }
    return render(request, "desk/log.html", shown)


def checkpoint(request: Request) -> HttpResponse:
    """A sheet of paper that shows later whether the record was shortened or written anew. Kept outside, it is proof."""
    problem = ""
    if request.method == "POST":
        try:
            checkpointing.take_checkpoint(request.actor, now=request.now)
            return redirect("desk:checkpoint")
        except AccessDenied:
            raise
        except DomainError as refusal:
            problem = say(refusal)
    latest = checkpoints.latest()
    shown = {
        "checkpoint": latest,
        "square": _square(latest.note) if latest else "",
        "key": checkpoints.public_key(),
        "command": "kalka verify --checkpoint FILE",
        "problem": problem,
        "now": request.now,
    }
    return render(request, "desk/checkpoint.html", shown)


def _square(note: str) -> str:
    import segno

    return mark_safe(segno.make(note, error="m", micro=False).svg_inline(scale=4, light="#fff"))  # drawn by us alone
