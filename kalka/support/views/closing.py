from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from kalka.cases import selectors as cases
from kalka.support import selectors, services, shown
from kalka.support.forms import DecideForm, WithoutForm, WordForm
from kalka.support.views.task import Task, back, show
from kalka.ui.http import Request

WORD = Task(
    _("Her own word on safety"),
    _("Write it down"),
    _("A case is closed on her word, not on ours. What was said before others is kept, and does not count."),
    template="support/word.html",
)
WITHOUT = Task(
    _("There is no word of hers"),
    _("Ask a second person"),
    _("Contacts that were tried stand in the file already. Somebody else of the team looks at it and decides."),
)
SECOND = Task(_("Closing without her word"), _("Decide"), template="support/second.html")


def word(request: Request, ref: str) -> HttpResponse:
    cases.get_case(request.actor, ref, now=request.now)
    form = WordForm(request.POST or None)
    if form.done(
        lambda said: services.record_word(
            request.actor, id=said["key"], case_ref=ref, told=form.content(), now=request.now
        )
    ):
        return back(ref)
    return show(request, ref, form, WORD)


def without(request: Request, ref: str) -> HttpResponse:
    cases.get_case(request.actor, ref, now=request.now)
    form = WithoutForm(request.POST or None)
    if form.done(
        lambda said: services.explain_without(
            request.actor, id=said["key"], case_ref=ref, told=form.content(), now=request.now
        )
    ):
        return back(ref)
    return show(request, ref, form, WITHOUT)


def second(request: Request, ref: str, without: UUID) -> HttpResponse:
    page = selectors.without_page(request.actor, ref, without, now=request.now)
    form = DecideForm(request.POST or None)
    if form.done(
        lambda said: services.decide_without(
            request.actor,
            id=said["key"],
            case_ref=ref,
            without_id=without,
            agreed=said["agreed"] == "yes",
            now=request.now,
        )
    ):
        return back(ref)
    return show(request, ref, form, SECOND, page=page, **shown.without(page))
