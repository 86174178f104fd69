"""What a staff view is given: the request with what the middleware has established about it."""

from datetime import datetime

from django.http import HttpRequest

from kalka.core.actors import Actor


class Request(HttpRequest):
    """Only annotations: the middleware sets these on every staff page before the view is called."""

    actor: Actor
    now: datetime
    confirmed_at: datetime | None
    warned: bool
    post_label: str
    person_name: str
