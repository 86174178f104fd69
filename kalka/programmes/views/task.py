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


def show(request: Request, form: Form, task: Task, *, back: str, way: StrOrPromise, **more: Any) -> HttpResponse:
    context = {"form": form, "task": task, "back": back, "way": way, **more}
    return render(request, "programmes/task.html", context, status=form.status)
