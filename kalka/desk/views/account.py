from django.http import HttpResponse
from django.shortcuts import redirect, render

from kalka.accounts import outside, services
from kalka.accounts import selectors as accounts
from kalka.core import clock
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.strongroom import selectors as sealed
from kalka.ui.http import Request


def me(request: Request) -> HttpResponse:
    """My page: the posts I hold, the sessions that run, the password."""
    shown = {
        "posts": directory.posts_of(request.actor.user_id, clock.day_of(request.now)),
        "sessions": accounts.my_sessions(request.actor, now=request.now),
        "app": accounts.has_app(request.actor),
        "passkeys": len(accounts.my_passkeys(request.actor)),
        "outside": outside.configured(),
        "codes_left": accounts.codes_left(request.actor),
        "strongroom": sealed.standing(request.actor, now=request.now).ready,
        "may_ask": request.actor.may(Permission.GLASS_ASK),
        "may_review": request.actor.may(Permission.OPENING_REVIEW),
        "now": request.now,
    }
    return render(request, "desk/me.html", shown)


def take_post(request: Request) -> HttpResponse:
    wanted = request.POST.get("post", "")
    held = {post.id for post in directory.posts_of(request.actor.user_id, clock.day_of(request.now))}
    if not wanted.isdecimal() or int(wanted) not in held:
        raise AccessDenied("accounts.post_not_held")
    services.take_post(request.actor, post_id=int(wanted), now=request.now)
    return redirect("desk:today")
