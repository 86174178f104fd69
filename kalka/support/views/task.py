"""What every question about help shares: one form, one button, the way back to the page «Help»."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from kalka.core.refs import read_ref, show_ref
from kalka.ui.forms import Form
from kalka.ui.http import Request
from kalka.ui.text import StrOrPromise


@dataclass(frozen=True, slots=True)
class Task:
    title: StrOrPromise
    button: StrOrPromise
    lead: StrOrPromise = ""
    template: str = "support/task.html"


def show(request: Request, ref: str, form: Form, task: Task, **more: Any) -> HttpResponse:
    at = {"ref": read_ref(ref), "shown_ref": show_ref(read_ref(ref))}
    shown = {"form": form, "task": task, "now": request.now, **at, **more}
    return render(request, task.template, shown, status=form.status)


def back(ref: str) -> HttpResponse:
    return redirect("support:plan", read_ref(ref))
