"""What every question about an order shares: one form, one button, the way back."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kalka.core.refs import show_ref
from kalka.orders.selectors import OrderLine
from kalka.ui.forms import Form
from kalka.ui.http import Request
from kalka.ui.text import StrOrPromise


@dataclass(frozen=True, slots=True)
class Task:
    title: StrOrPromise
    button: StrOrPromise
    lead: StrOrPromise = ""
    more: StrOrPromise = ""  # what the folded questions are called


def show(request: Request, ref: str, form: Form, task: Task, line: OrderLine | None = None) -> HttpResponse:
    context = {
        "form": form,
        "task": task,
        "line": line,
        "back": reverse("orders:order", args=[ref, line.id]) if line else reverse("desk:case", args=[ref]),
        "shown_ref": show_ref(ref),
        "asked": getattr(form, "asked", form.questions),
        "folded": getattr(form, "folded", []),
    }
    return render(request, "orders/task.html", context, status=form.status)
