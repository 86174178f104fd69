"""What every page with a form shares: one task, one button, the way back."""

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Back:
    url: str
    label: StrOrPromise


def show(request: Request, form: Form, task: Task, back: Back) -> HttpResponse:
    return render(request, "shelters/task.html", {"form": form, "task": task, "back": back}, status=form.status)
