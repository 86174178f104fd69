"""What Django itself asks for: a form that came back without its token."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kalka.access import pages


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is gone (a new sign-in, another window). The text is kept and given back on the same page."""
    if getattr(request, "actor", None) is None:
        return pages.to_sign_in(request)
    response = redirect(request.path)
    return response if pages.keep_form(request, response) else pages.error(request, 403)
