"""Somebody at the console who signs in as on a page: password, then the code of the second step."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from django.utils.translation import gettext as _

from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.errors import DomainError


@contextmanager
def signed_in(login: str) -> Iterator[Actor]:
    """The actor of the post the person acted in last; signed out at the end. Raises DomainError as the pages do."""
    from kalka.access import who
    from kalka.accounts import services as accounts
    from kalka.accounts.rules import Stage

    password = click.prompt(_("Password of {login}").format(login=login), hide_input=True)
    opened = accounts.sign_in(
        login=login, password=password, address="console", second_factor_required=True, now=clock.now()
    )
    if opened.stage is not Stage.CODE:
        accounts.sign_out(opened.token, now=clock.now())
        raise DomainError("custody.no_second_step")
    code = click.prompt(_("Code of the second step"), hide_input=True)
    opened = accounts.enter_code(opened.token, code=code, address="console", now=clock.now())
    try:
        visitor = who.visitor(opened.token, now=clock.now())
        if visitor is None or visitor.actor is None:
            raise DomainError("custody.no_second_step")
        yield visitor.actor
    finally:
        accounts.sign_out(opened.token, now=clock.now())
