"""What every page of a case shares: one task, its form, one button, the way back."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render

from kalka.cases import selectors
from kalka.core.refs import read_ref, show_ref
from kalka.ui.forms import Form
from kalka.ui.http import Request
from kalka.ui.text import StrOrPromise


@dataclass(frozen=True, slots=True)
class Task:
    title: StrOrPromise
    button: StrOrPromise
    lead: StrOrPromise = ""
    more: StrOrPromise = ""  # what the folded questions are called


def show(request: Request, ref: str, form: Form, task: Task) -> HttpResponse:
    context = {
        "form": form,
        "task": task,
        "ref": read_ref(ref),
        "shown_ref": show_ref(read_ref(ref)),
        "asked": getattr(form, "asked", form.questions),
        "folded": getattr(form, "folded", []),
    }
    return render(request, "cases/task.html", context, status=form.status)


def back(request: Request, ref: str) -> HttpResponse:
    """To the case; to the list for whoever, by this very step, sees it no longer."""
    there = selectors.knows(request.actor, ref, now=request.now)
    return redirect("desk:case", read_ref(ref)) if there else redirect("cases:list")
