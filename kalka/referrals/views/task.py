"""What every question of help shares: one form, one button, the way back."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from kalka.ui.forms import Form
from kalka.ui.http import Request
from kalka.ui.text import StrOrPromise


@dataclass(frozen=True, slots=True)
class Task:
    title: StrOrPromise
    button: StrOrPromise
    lead: StrOrPromise = ""
    more: StrOrPromise = ""  # what the folded questions are called


def key_of(request: Request) -> UUID | None:
    """Under which id something is sent: sent again, the form must offer what it offered the first time."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def show(request: Request, form: Form, task: Task, *, back: str, where: str = "") -> HttpResponse:
    """`where`: a line under the title, such as the service that is asked."""
    context = {
        "form": form,
        "task": task,
        "back": back,
        "where": where,
        "asked": getattr(form, "asked", form.questions),
        "folded": getattr(form, "folded", []),
    }
    return render(request, "referrals/task.html", context, status=form.status)
