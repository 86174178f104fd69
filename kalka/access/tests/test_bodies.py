"""What a form costs whoever reads it: a few times its own size, whatever stands in it."""

import tracemalloc
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from kalka.access import bodies

pytestmark = [pytest.mark.django_db, pytest.mark.both]

FORM = "application/x-www-form-urlencoded"
SIZE = 90_000  # of what a stranger may send
EACH = {
    "every sign written as three": b"%41" * (SIZE // 3),
    "in turns": b"%41a" * (SIZE // 4),
    "signs that are no signs": b"%%4%zz" * (SIZE // 12),
    "spaces": b"+" * SIZE,
    "four bytes a letter": quote("🏠").encode() * (SIZE // 12),
}


@pytest.mark.parametrize("what", EACH)
def test_a_form_costs_a_few_times_its_size(what: str) -> None:
    body = b"login=" + EACH[what] * 10
    tracemalloc.start()
    try:
        form = bodies.form_of(body)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert form["login"] == QueryDict(b"login=" + EACH[what])["login"] * 10
    assert peak < 10 * len(body), peak / len(body)


@given(pairs=st.lists(st.tuples(st.text(max_size=9), st.text(max_size=30)), max_size=9))
def test_what_was_written_is_read(pairs: list[tuple[str, str]]) -> None:
    written = [(name.encode("utf-8", "replace"), value.encode("utf-8", "replace")) for name, value in pairs]
    body = urlencode(written).encode()
    assert dict(bodies.form_of(body).lists()) == dict(QueryDict(body).lists())


@given(body=st.text(alphabet="%&=+;aF4\r\n0зЫ", max_size=60), size=st.integers(3, 9))
def test_whatever_is_sent_is_read_as_django_reads_it(body: str, size: int) -> None:
    """Also where a piece ends in the middle of a sign."""
    sent = body.encode()
    assert dict(bodies.form_of(sent, piece=size).lists()) == dict(QueryDict(sent).lists())


def test_another_encoding_is_read_as_django_reads_it() -> None:
    for body in ("what=сөз&a=b".encode("utf-16"), b"what=caf\xe9&caf\xe9=%E9", b"\xff=\xfe"):
        assert dict(bodies.form_of(body).lists()) == dict(QueryDict(body).lists())


def test_too_many_answers_are_refused_before_any_is_read() -> None:
    most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    assert len(bodies.form_of(b"&".join([b"a=1"] * most)).getlist("a")) == most
    with pytest.raises(TooManyFieldsSent):
        bodies.form_of(b"&".join([b"a=1"] * (most + 1)))


def test_a_form_is_read_by_the_pages_and_can_be_written_to_by_none() -> None:
    answer = Client().post("/sign-in/", f"login={'а' * 300}&password=x", content_type=FORM)
    assert answer.status_code == 200 and answer.wsgi_request.POST["login"] == "а" * 300
    with pytest.raises(AttributeError):
        answer.wsgi_request.POST["login"] = "b"
    assert dict(answer.wsgi_request.FILES) == {}


@pytest.mark.parametrize("path", ["/sign-in/", "/reports/new/", "/language/"])
def test_a_stranger_sends_little(path: str) -> None:
    """Who has never signed in has nothing to tell but a name and a password: neither is longer."""
    before = Client().post(path, b"login=" + b"a" * 90_000, content_type=FORM)
    assert before.status_code != 413
    for more in (b"a" * 100_000, b"%41" * 100_000):
        answer = Client().post(path, b"login=" + more, content_type=FORM)
        assert answer.status_code == 413
