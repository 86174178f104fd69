"""While nothing can be kept: one page for everybody, and whoever sent a form has it back in that page, to be sent again
under the same key. Nothing of it is stored, and the database is not asked."""

import sys
from functools import lru_cache
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.template.loader import get_template
from django.urls import Resolver404, resolve
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from config.logs import log
from config.policy import POLICY, Rule
from kalka.core.outage import Outage, outage_of
from kalka.ui import problems

AGAIN = 15  # seconds after which it is worth asking again
REST = 1.0  # seconds for which a database that did not answer is left alone: its next visitors are told at once
LONGEST_KEPT = 200  # characters of an address whose rule is remembered
LARGEST = 2_000_000  # characters of a form that is given back; a longer one is still behind the browser's own way back
TOKEN = "csrfmiddlewaretoken"
UNREADABLE = (RequestDataTooBig, SuspiciousOperation, MultiPartParserError, UnreadablePostError)
STATUS = {Outage.AWAY: 503, Outage.BUSY: 503, Outage.FULL: 507}
TITLES = {
    503: _("It is not certain that this was saved"),
    507: _("Nothing was saved: there is no room left"),
}
LINES = {
    503: _("What you wrote is here, in this page: do not close it."),
    507: _("What you wrote is here, in this page: do not close it. Tell whoever looks after Kalka."),
}

Sent = list[tuple[str, str]]
_rests = {"until": 0.0}


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler of what nobody caught."""
    what = outage_of(sys.exc_info()[1])
    if what is None:
        return problems.server_error(request)
    log.error("pause", code=str(what))
    if what is Outage.AWAY:
        _rests["until"] = monotonic() + REST
    return paused(request, what)


def resting() -> bool:
    """Whether the database has just been away: asking again would only make this visitor wait as well."""
    return monotonic() < _rests["until"]


def paused(request: HttpRequest, what: Outage) -> HttpResponse:
    status = STATUS[what]
    if problems.by_program(request):
        response = problems.code(503)
    else:
        response = _again(request, status) or problems.problem(status)
    response["Retry-After"] = str(AGAIN)
    return response


def for_anybody(path: str) -> bool:
    """A page that is only read, and by whoever comes: it needs nobody's name, and so no database to find it."""
    rule = _rule(path)
    return rule is not None and rule.public and rule.methods.keys() == {"GET"}


def _again(request: HttpRequest, status: int) -> HttpResponse | None:
    """The form that was sent, with a button. None where there is none to give back, or it holds a secret."""
    sent = _sent(request)
    if sent is None:
        return None
    context: dict[str, Any] = {
        "title": TITLES[status],
        "line": LINES[status],
        "number": status,
        "sent": sent,
        "texts": [value for name, value in sent if name != TOKEN and any(map(str.isspace, value.strip()))],
        "files": [(name, file.name) for name in request.FILES for file in request.FILES.getlist(name)],
        "LANGUAGE_CODE": get_language() or "ky",
    }
    response = HttpResponse(get_template("access/again.html").render(context), status=status)
    response["Cache-Control"] = "no-store"
    return response


def _sent(request: HttpRequest) -> Sent | None:
    """Only what came from a page of ours: the cookie of the forms never travels with another site's. The token is given
    back as it came and never drawn here, for it was not looked at yet."""
    if request.method != "POST" or not _repeatable(request.path_info):
        return None
    try:
        sent = [(name, str(value)) for name, values in request.POST.lists() for value in values]
    except UNREADABLE:
        return None
    ours = settings.CSRF_COOKIE_NAME in request.COOKIES and TOKEN in request.POST
    return sent if ours and sum(len(value) for _name, value in sent) <= LARGEST else None


def _rule(path: str) -> Rule | None:
    among = str(settings.ROOT_URLCONF)
    return _known_rule(path, among) if len(path) <= LONGEST_KEPT else _known_rule.__wrapped__(path, among)


@lru_cache(maxsize=1_000)
def _known_rule(path: str, among: str) -> Rule | None:
    """Kept, because Django looks through all the addresses once more for its own answer."""
    try:
        return POLICY.get(resolve(path, among).view_name)
    except Resolver404:
        return None


def _repeatable(path: str) -> bool:
    rule = _rule(path)
    return rule is not None and "POST" in rule.methods and not rule.secret
