"""What is asked for is held against the addresses that are like it, and leads where it would among all of them."""

import re
from collections.abc import Iterator

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, path, resolve
from django.urls.resolvers import RoutePattern

from config.urls import Sorted, urlpatterns

pytestmark = pytest.mark.both

VALUES = {"uuid": "00000000-0000-4000-8000-000000000001", "int": "7", "str": "ZZZZZZZZZZ", "slug": "a-b"}
PART = re.compile(r"<(?:(\w+):)?\w+>")


def made(resolver: URLResolver) -> Iterator[str]:
    """Of each address one that is like it."""
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield PART.sub(lambda part: VALUES[part[1] or "str"], str(one.pattern))
        else:
            yield from made(one)


def told(resolver: URLResolver, where: str) -> object:
    try:
        match = resolver.resolve(where)
    except Resolver404:
        return None
    return match.func, match.args, match.kwargs, match.view_name, match.route, match.app_names


def test_an_address_leads_where_it_would_among_all_of_them():
    (sorted_,) = (one for one in urlpatterns if isinstance(one, Sorted))
    every = URLResolver(RoutePattern(""), sorted_.url_patterns)
    known = list(made(every))
    tried = [*known, *(f"{one}nowhere/" for one in known), *(one.rstrip("/") for one in known), "", "/", "cases//"]
    assert [one for one in tried if told(sorted_, one) != told(every, one)] == []
    assert len([one for one in known if told(sorted_, one)]) == len(known) > 300


def test_one_that_takes_several_parts_or_begins_with_any_is_still_found():
    """None is like that yet."""

    def view() -> None: ...

    routes = ("a/<path:b>", "<str:a>/b/", "a/c/")
    patterns = [path(route, view, name=route) for route in routes]
    few = Sorted([URLResolver(RoutePattern(""), patterns)])
    found = {where: few.resolve(where).url_name for where in ("a/b/", "x/b/", "a/c/", "a/x/y/z")}
    assert found == {"a/b/": "a/<path:b>", "x/b/": "<str:a>/b/", "a/c/": "a/<path:b>", "a/x/y/z": "a/<path:b>"}


def test_the_name_of_a_page_is_the_same():
    assert resolve("/cases/ZZZZZZZZZZ/note/").view_name == "cases:note"
