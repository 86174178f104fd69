"""What a staff view is given: the request with what the middleware has established about it."""

from collections.abc import Callable
from datetime import datetime
from functools import cache

from django.http import HttpRequest
from django.urls import reverse

from kalka.core.actors import Actor
from kalka.core.refs import LENGTH


class Request(HttpRequest):
    """Only annotations: the middleware sets these on every staff page before the view is called."""

    actor: Actor
    now: datetime
    confirmed_at: datetime | None
    warned: bool
    post_label: str
    person_name: str


@cache
def address_of(name: str) -> Callable[[str], str]:
    """The page of one file, by its reference. Where it lies is worked out once: a list asks for fifty."""
    mark = "0" * LENGTH
    before, _mark, after = reverse(name, args=[mark]).partition(mark)
    return lambda ref: f"{before}{ref}{after}"
