from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kalka.cases import selectors as cases
from kalka.core.errors import AccessDenied
from kalka.core.refs import show_ref
from kalka.monitoring import labels, selectors, services, shown
from kalka.monitoring.forms import AnswerForm, FitForm, LiftForm, MeasureForm, SignalForm
from kalka.ui.forms import Form
from kalka.ui.http import Request


def listing(request: Request) -> HttpResponse:
    return render(request, "monitoring/list.html", shown.board(selectors.board(request.actor, now=request.now)))


def register(request: Request, ref: str) -> HttpResponse:
    actor, now = request.actor, request.now
    case = cases.get_case(actor, ref, now=now)
    form = MeasureForm(
        request.POST or None,
        now=now,
        respondents=selectors.respondent_choices(actor, ref, now=now),
        orders=selectors.order_choices(actor, case.subject_id, now=now),
    )
    if form.is_valid():
        made = form.attempt(
            lambda: services.register_measure(
                actor, id=form.cleaned_data["key"], case_ref=ref, told=form.told_measure(), now=now
            )
        )
        if made:
            return redirect("monitoring:measure", case.ref, made.pk)
    return _asked(request, form, "register", case.ref, reverse("desk:case", args=[case.ref]))


def measure(request: Request, ref: str, measure: UUID) -> HttpResponse:
    page = selectors.measure_page(request.actor, ref, measure, now=request.now)
    return render(request, "monitoring/measure.html", shown.page(page))


def step(request: Request, ref: str, measure: UUID, step: str) -> HttpResponse:
    """Fit a device, write a signal down, or that it was lifted."""
    if step not in labels.STEPS or not request.actor.may(shown.NEEDS[step]):
        raise AccessDenied("monitoring.unknown")
    found = selectors.get_measure(request.actor, ref, measure, now=request.now)
    form = _FORMS[step](request.POST or None, now=request.now)
    if form.is_valid() and form.attempt(lambda: _DOES[step](request, form, ref, measure)) is not None:
        return redirect("monitoring:measure", found.case_ref, measure)
    back = reverse("monitoring:measure", args=[found.case_ref, measure])
    return _asked(request, form, step, found.case_ref, back)


def answer(request: Request, ref: str, signal: UUID) -> HttpResponse:
    line = selectors.signal_line(request.actor, ref, signal, now=request.now)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        done = form.attempt(
            lambda: services.answer_signal(
                request.actor,
                id=form.cleaned_data["key"],
                case_ref=ref,
                signal_id=signal,
                told=form.told_answer(),
                now=request.now,
            )
        )
        if done is not None:
            return redirect("monitoring:measure", line.ref, line.measure_id)
    back = reverse("monitoring:measure", args=[line.ref, line.measure_id])
    return _asked(request, form, "answer", line.ref, back, signal=line)


def _fit(request: Request, form: FitForm, ref: str, measure: UUID) -> object:
    id, now = form.cleaned_data["key"], request.now
    return services.fit_device(request.actor, id=id, case_ref=ref, measure_id=measure, told=form.told(), now=now)


def _signal(request: Request, form: SignalForm, ref: str, measure: UUID) -> object:
    id, now, told = form.cleaned_data["key"], request.now, form.told_signal()
    return services.note_signal(request.actor, id=id, case_ref=ref, measure_id=measure, told=told, now=now)


def _lift(request: Request, form: LiftForm, ref: str, measure: UUID) -> object:
    id, now, told = form.cleaned_data["key"], request.now, form.told_lift()
    return services.lift_measure(request.actor, id=id, case_ref=ref, measure_id=measure, told=told, now=now)


_FORMS: dict[str, Callable[..., Form]] = {"fit": FitForm, "signal": SignalForm, "lift": LiftForm}
_DOES: dict[str, Callable[..., object]] = {"fit": _fit, "signal": _signal, "lift": _lift}


def _asked(request: Request, form: Form, what: str, ref: str, back: str, **more: object) -> HttpResponse:
    task = shown.TASKS[what]
    context = {"form": form, "task": task, "back": back, "shown_ref": show_ref(ref), **more}
    return render(request, "monitoring/task.html", context, status=form.status)
