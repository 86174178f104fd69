"""What every question of this module shares: one form, one button, the way back."""

from dataclasses import dataclass
from typing import Any

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


def show(
    request: Request, form: Form, task: Task, *, back: str, template: str = "training/task.html", **more: Any
) -> HttpResponse:
    return render(request, template, {"form": form, "task": task, "back": back, **more}, status=form.status)
