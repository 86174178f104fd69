"""From the private talk to a level: the questions, the officer's own judgement, and only then what the form says."""

from typing import Any, Protocol
from uuid import UUID, uuid5

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kalka.accounts import drafts
from kalka.cases import selectors as cases
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.refs import new_id, read_ref, show_ref
from kalka.directory import selectors as directory
from kalka.instruments.shape import Edition
from kalka.risk import labels, offered, selectors, services
from kalka.risk.forms import AssessForm, ConfirmForm, CountersignForm, FirstForm, JudgeForm
from kalka.risk.labels import Named
from kalka.ui import writing
from kalka.ui.forms import SWITCH, Form
from kalka.ui.http import Request


class Case(Protocol):
    @property
    def pk(self) -> UUID: ...
    @property
    def ref(self) -> str: ...
    @property
    def subject_id(self) -> UUID: ...


PAPERS = (("ky", "Кыргызча"), ("ru", "Русский"))
DRAFT = "risk.assess"
_NOT_KEPT = {"csrfmiddlewaretoken", SWITCH, "next", "key", "stage", "stop"}


def assess(request: Request, ref: str) -> HttpResponse:
    """Whether he is near comes first, each time the page is opened: until it is said no question is on it."""
    case = cases.get_case(request.actor, ref, now=request.now)
    id = _draft_id(request, case.pk)
    edition = _edition(request, _kept(request, id))
    if "stop" in request.POST:
        _keep(request, id, private=False)
        return redirect("desk:today")
    if request.method != "POST" or request.POST.get("stage"):
        return _first(request, case, edition, FirstForm(request.POST or None, initial={"instrument": edition.id}))
    form = _questions(request, case.subject_id, edition, request.POST)
    if form.is_valid():
        _keep(request, id, private=form.is_private)
        return redirect("risk:judge", case.ref) if form.is_private else _stopped(request, case, form)
    if {"near", "alone"} & set(form.errors):
        _keep(request, id, private=False)
        return _first(request, case, edition, FirstForm(request.POST))
    return _asking(request, case, edition, form)


def _first(request: Request, case: Case, edition: Edition, form: FirstForm) -> HttpResponse:
    excluded = selectors.excluded(request.actor, case.subject_id, edition, now=request.now)
    kept = _kept(request, _draft_id(request, case.pk))
    if not excluded and form.is_valid():
        if not form.is_private:
            return _stopped(request, case, form)
        return _asking(request, case, edition, _questions(request, case.subject_id, edition, _unjudged(request, kept)))
    shown = {
        "form": form,
        "excluded": Named(excluded),
        "editions": offered.offered(),
        "empty": offered.empty_slots(),
        "resumed": kept is not None,
        "count": sum(not item.auto_filled for item in edition.items.values()),
    }
    return render(request, "risk/first.html", _around(case.ref, edition) | shown)


def _stopped(request: Request, case: Case, form: Form) -> HttpResponse:
    """Nothing is asked; the person is protected as at a high level until somebody can."""
    key = form.cleaned_data["key"]
    noted = form.attempt(lambda: services.note_not_alone(request.actor, id=key, case_ref=case.ref, now=request.now))
    return redirect("desk:case", case.ref) if noted is not None else redirect("risk:assess", case.ref)


def _asking(request: Request, case: Case, edition: Edition, form: AssessForm) -> HttpResponse:
    shown = {
        "form": form,
        "from_register": [offered.words(edition.items[code].text) for code in form.known],
        "register": selectors.register(request.actor, case.subject_id, now=request.now),
    }
    return render(request, "risk/assess.html", _around(case.ref, edition) | shown)


def draft(request: Request, ref: str) -> HttpResponse:
    """Keep the answers under the writer's own key, and say so in the words the page shows; or throw them away."""
    case = cases.get_case(request.actor, ref, now=request.now)
    id = _draft_id(request, case.pk)
    if "discard" in request.POST:
        drafts.drop_draft(request.actor, id=id)
        return redirect("risk:assess", case.ref)
    _keep(request, id, private=False)
    said = _("Saved, {time}").format(time=writing.clock_time(request.now))
    return HttpResponse(said, content_type="text/plain; charset=utf-8")


def judge(request: Request, ref: str) -> HttpResponse:
    """The officer's own level, over the answers as they were kept. Without them: back to the questions."""
    case = cases.get_case(request.actor, ref, now=request.now)
    kept = _kept(request, _draft_id(request, case.pk))
    edition = _edition(request, kept)
    answers = _questions(request, case.subject_id, edition, kept)
    if not answers.is_valid() or not answers.is_private:
        return redirect("risk:assess", case.ref)
    form = JudgeForm(request.POST or None, edition=edition)
    if form.is_valid():
        said = form.cleaned_data
        told = answers.told(judged=said["judged"], reason=said["reason"])
        judged = form.attempt(
            lambda: services.record_judgement(
                request.actor, id=said["key"], case_ref=case.ref, told=told, now=request.now
            )
        )
        if judged:
            return redirect("risk:result", case.ref, judged.pk)
    return render(request, "risk/judge.html", _around(case.ref, edition) | {"form": form})


def result(request: Request, ref: str, judgement: UUID) -> HttpResponse:
    """What the form says: not before the judgement was written down, and to whoever wrote it."""
    try:
        page = selectors.result_page(request.actor, ref, judgement, now=request.now)
    except AccessDenied:
        raise
    except DomainError:  # the form is another by now: ask anew
        return redirect("risk:assess", ref)
    if page.assessment_id and request.method != "POST":
        return redirect("risk:show", ref, page.assessment_id)
    form = ConfirmForm(request.POST or None, levels=page.levels, initial={"seen": page.version})
    if form.is_valid():
        said = form.cleaned_data
        made = form.attempt(
            lambda: services.confirm(
                request.actor,
                id=said["key"],
                judgement_id=judgement,
                level=said["level"],
                raised_reason=said["raised_reason"],
                seen=said["seen"],
                now=request.now,
            )
        )
        if made:
            drafts.drop_draft(request.actor, id=_draft_id(request, made.case_id))
            return redirect("risk:show", ref, made.pk) if made.proposed else redirect("desk:case", ref)
    shown = _around(ref, page.edition) | {"page": page, "form": form}
    return render(request, "risk/result.html", shown, status=form.status)


def show(request: Request, ref: str, assessment: UUID) -> HttpResponse:
    page = selectors.assessment_page(request.actor, ref, assessment, now=request.now)
    return render(request, "risk/show.html", _around(ref, page.edition) | {"page": page, "post": _post(page.post_id)})


def countersign(request: Request, ref: str, assessment: UUID) -> HttpResponse:
    page = selectors.assessment_page(request.actor, ref, assessment, now=request.now)
    if not page.may_countersign and request.method != "POST":
        return redirect("risk:show", ref, assessment)
    form = CountersignForm(request.POST or None)
    if form.done(
        lambda said: services.countersign(
            request.actor,
            id=said["key"],
            assessment_id=assessment,
            agreed=said["agreed"] == "yes",
            reason=said["reason"],
            now=request.now,
        )
    ):  # the sight that came with the question may have ended with it
        return redirect("desk:today")
    shown = {"page": page, "form": form, "post": _post(page.post_id)}
    return render(request, "risk/countersign.html", _around(ref, page.edition) | shown, status=form.status)


def court(request: Request, ref: str, assessment: UUID) -> HttpResponse:
    page = selectors.court_page(request.actor, ref, assessment, now=request.now)
    basis = page.basis.cite(offered.lang()) if page.basis else ""
    context = {"page": page, "id": assessment, "post": _post(page.post_id), "basis": basis, "limits": labels.LIMITS}
    return render(request, "risk/court.html", _around(ref, page.edition) | context)


def _around(ref: str, edition: Edition) -> dict[str, Any]:
    ref = read_ref(ref)
    return {
        "ref": ref,
        "shown_ref": show_ref(ref),
        "edition": edition,
        "form_name": offered.name(edition),
        "form_title": offered.words(edition.title),
        "banner": offered.words(edition.banner),
        "papers": PAPERS,
    }


def _questions(request: Request, subject_id: UUID, edition: Edition, data: QueryDict | None) -> AssessForm:
    known = selectors.counted(request.actor, subject_id, edition, now=request.now)
    return AssessForm(data, edition=edition, known=known)


def _edition(request: Request, kept: QueryDict | None) -> Edition:
    """The form that was chosen, else the one of the draft, else the default; what is not offered counts as unsaid."""
    for name in (request.POST.get("instrument"), request.GET.get("form"), kept and kept.get("instrument")):
        found = next((one for one in offered.offered() if one.id == name), None)
        if found:
            return found
    return offered.default()


def _draft_id(request: Request, case_id: UUID) -> UUID:
    """One draft a case and a writer: the questions are taken up where they were left."""
    return uuid5(case_id, f"risk {request.actor.user_id}")


def _keep(request: Request, id: UUID, *, private: bool = True) -> None:
    """Whether one is alone, and he far, is asked afresh wherever the questions are taken up again."""
    left_out = _NOT_KEPT if private else _NOT_KEPT | {"near", "alone"}
    values = {name: request.POST.getlist(name) for name in request.POST if name not in left_out}
    drafts.keep_draft(request.actor, id=id, kind=DRAFT, values=values, now=request.now)


def _kept(request: Request, id: UUID) -> QueryDict | None:
    values = drafts.draft(request.actor, id=id, now=request.now)
    if values is None:
        return None
    form = QueryDict(mutable=True)
    for name, said in values.items():
        form.setlist(name, said)
    form["key"] = str(new_id())
    return form


def _unjudged(request: Request, kept: QueryDict | None) -> QueryDict:
    """As it was left, without saying what is missing yet; whether one is alone is what was said just now."""
    form = kept.copy() if kept else QueryDict(mutable=True)
    for name in ("near", "alone"):
        form[name] = request.POST.get(name, "")
    form.setdefault("key", str(new_id()))
    form[SWITCH] = ""
    return form


def _post(post_id: int | None) -> str:
    post = directory.post(post_id) if post_id else None
    return post.label() if post else ""
