"""What is sealed to the post one acts in: one's own words, the post's key, and who waits for it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from kalka.accounts import selectors as accounts
from kalka.custody import handing
from kalka.desk.sealing import ChooseWordsForm, GiveKeyForm, MakeKeyForm
from kalka.strongroom import selectors, services
from kalka.ui.http import Request


def page(request: Request) -> HttpResponse:
    actor, now, do = request.actor, request.now, request.POST.get("do", "")
    standing = selectors.standing(actor, now=now)
    waiting = [(str(one), accounts.login_of(one) or "") for one in standing.waiting]
    choose = ChooseWordsForm(request.POST if do == "choose" else None)
    give = GiveKeyForm(request.POST if do == "give" else None, waiting=waiting)
    make = MakeKeyForm(request.POST if do == "make" else None)
    done = (
        choose.done(lambda said: handing.choose_words(actor, words=said["words"], now=now))
        or make.done(lambda said: services.make_post_key(actor, now=now))
        or give.done(lambda said: handing.give_key(actor, to_user=int(said["to"]), words=said["words"], now=now))
    )
    if done:
        return redirect("desk:strongroom")
    shown = {"standing": standing, "choose": choose, "give": give, "make": make, "waiting": waiting}
    return render(request, "desk/strongroom.html", shown)
