from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from kalka.perpetrators import selectors, shown
from kalka.ui.http import Request


def person(request: Request, person: UUID) -> HttpResponse:
    found = selectors.across(request.actor, person, now=request.now)
    return render(request, "perpetrators/person.html", shown.page(found, request.now))
