"""What every question of this module shares: one form, one button, the way back."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kalka.core.refs import read_ref, show_ref
from kalka.ui.forms import Form
from kalka.ui.http import Request
from kalka.ui.text import StrOrPromise


@dataclass(frozen=True, slots=True)
class Task:
    title: StrOrPromise
    button: StrOrPromise
    lead: StrOrPromise = ""


def show(request: Request, form: Form, task: Task, *, ref: str = "", back: str = "", **more: Any) -> HttpResponse:
    known = read_ref(ref)
    where = reverse(back) if back else reverse("legalaid:case", args=[known])
    context = {"form": form, "task": task, "back": where, "shown_ref": show_ref(known) if known else "", **more}
    return render(request, "legalaid/task.html", context, status=form.status)


def first(title: StrOrPromise, words: StrOrPromise, name: str, ref: str = "") -> tuple[StrOrPromise, StrOrPromise, str]:
    """What must be done before there is anything to choose, and where."""
    return title, words, reverse(name, args=[read_ref(ref)] if ref else [])


def to_case(ref: str) -> HttpResponse:
    return redirect("legalaid:case", read_ref(ref))
