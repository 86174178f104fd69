"""Just enough addresses for the frame of a page."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from kalka.ui.language import switch


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


accounts = [path("language", switch, name="language"), path("me", nothing, name="me")]
desk = [path("", nothing, name="today"), path("search", nothing, name="search"), path("help", nothing, name="help")]

urlpatterns = [path("", include((accounts, "accounts"))), path("", include((desk, "desk")))]
