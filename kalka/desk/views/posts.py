import secrets
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kalka.accounts import selectors as accounts
from kalka.accounts import services as account_services
from kalka.cases import services as case_services
from kalka.core import clock
from kalka.core.errors import AccessDenied, DomainError
from kalka.desk.forms import AppointForm, NewPostForm, SubstituteForm
from kalka.directory import selectors as directory
from kalka.directory import services
from kalka.directory.info import PostInfo
from kalka.directory.roles import ROLES
from kalka.people.rules import NewPerson
from kalka.places import selectors as places
from kalka.ui.http import Request

ROWS, MOST, WORDS = 50, 10_000, 100  # of a page; pages; letters


def posts(request: Request) -> HttpResponse:
    """The posts that stand today, by organisation, and how many hold each. No case is reachable from here."""
    words, page = request.GET.get("words", "").strip()[:WORDS], request.GET.get("page", "")
    first = ROWS * (int(page) - 1) if page.isdecimal() and 1 < int(page) < MOST else 0
    found = _called(directory.staffed(clock.day_of(request.now)), words)
    shown = {
        "staffed": found[first : first + ROWS],
        "whole": len(found),
        "words": words,
        "previous": _page(words, first // ROWS) if first else "",
        "following": _page(words, first // ROWS + 2) if len(found) > first + ROWS else "",
    }
    return render(request, "desk/posts.html", shown)


def _called(found: list[PostInfo], words: str) -> list[PostInfo]:
    """Those whose name or organisation holds every word."""
    wanted = words.casefold().split()
    called = ((one, f"{one.label_here} {one.organisation_here}".casefold()) for one in found)
    return [one for one, name in called if all(word in name for word in wanted)]


def _page(words: str, number: int) -> str:
    return f"?{urlencode({'words': words, 'page': number})}"


def new(request: Request) -> HttpResponse:
    language = (get_language() or "ky")[:2]
    form = NewPostForm(
        request.POST or None,
        now=request.now,
        today=clock.day_of(request.now),
        roles=[(role.code, role.titles[language]) for role in ROLES.values()],
        organisations=[(str(one.id), one.name(language)) for one in directory.organisations()],
        places=places.choices(),
    )
    if form.is_valid():
        asked = form.cleaned_data
        made = form.attempt(
            lambda: services.create_post(
                request.actor,
                role=asked["role"],
                organisation_id=int(asked["organisation"]),
                place=asked["place"],
                leads=asked["leads"],
                since=asked["since"],
                now=request.now,
            )
        )
        if made:
            return redirect("desk:appoint", made.id)
    return render(request, "desk/post_new.html", {"form": form})


def appoint(request: Request, post_id: int) -> HttpResponse:
    """A post: who holds it, who stands in, appointing somebody, and ending it. Leaving ends access at once."""
    post = directory.post(post_id)
    if post is None:
        raise AccessDenied("directory.no_such_post")
    doing = request.POST.get("do", "")
    form = AppointForm(request.POST if doing == "appoint" else None, now=request.now, initial=_today(request))
    substitute = _substitute_form(request, post, doing)
    password = ""
    if doing == "leave":
        _leave(request, post_id, request.POST.get("user", ""))
    elif doing == "substitute" and _substituted(request, substitute, post_id):
        return redirect("desk:appoint", post_id)
    elif form.is_valid():
        password = _appointed(request, form, post_id)
        if form.is_valid() and not password:
            return redirect("desk:appoint", post_id)
        if password:  # what was typed of the person is not shown again beside it
            form = AppointForm(now=request.now, initial=_today(request))
    shown = {
        "post": post,
        "form": form,
        "substitute": substitute,
        "password": password,
        "holders": directory.holdings_of(post_id, clock.day_of(request.now)),
    }
    return render(request, "desk/post.html", shown, status=max(form.status, substitute.status))


def _substitute_form(request: Request, post: PostInfo, doing: str) -> SubstituteForm:
    others = [(str(one.id), one.label()) for one in directory.posts_at(post.organisation_id) if one.id != post.id]
    initial = dict.fromkeys(("substitute", "seen"), str(post.substitute_id or ""))
    return SubstituteForm(request.POST if doing == "substitute" else None, posts=others, initial=initial)


def _substituted(request: Request, form: SubstituteForm, post_id: int) -> bool:
    if not form.is_valid():
        return False
    chosen, seen = form.cleaned_data["substitute"], form.cleaned_data["seen"]
    done = form.attempt(
        lambda: services.name_substitute(
            request.actor, post_id=post_id, substitute_id=int(chosen) if chosen else None, seen=seen, now=request.now
        )
    )
    return done is not None


def _today(request: Request) -> dict[str, object]:
    return {"since": clock.day_of(request.now)}


def _leave(request: Request, post_id: int, user_id: str) -> None:
    if user_id.isdecimal():
        services.leave_post(
            request.actor,
            post_id=post_id,
            user_id=int(user_id),
            until=clock.day_of(request.now) - clock.DAY,
            now=request.now,
        )


def _appointed(request: Request, form: AppointForm, post_id: int) -> str:
    """Appoints, making the account first when nobody has the name. Returns the password to hand over, once."""
    asked, password = form.cleaned_data, ""
    user_id = accounts.id_of(asked["login"])
    if user_id is None:
        if not asked["name"]:
            form.add_error("name", _("Nobody has this user name yet. Write the person's name to make it."))
            return ""
        password = secrets.token_urlsafe(12)
        made = form.attempt(
            lambda: account_services.create_user(
                request.actor, login=asked["login"], name=asked["name"], password=password, now=request.now
            )
        )
        if made is None:
            return ""
        user_id = made.id
        if asked["pin"]:
            told = NewPerson(pin=asked["pin"])
            case_services.identify_staff(request.actor, user_id=user_id, told=told, now=request.now)
    try:
        services.appoint(request.actor, post_id=post_id, user_id=user_id, since=asked["since"], now=request.now)
    except AccessDenied:
        raise
    except DomainError as refusal:
        form.refuse(refusal)
    return password
