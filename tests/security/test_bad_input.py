"""Whatever is sent to any form of the staff: a clear answer, never a fault of ours, and nothing half written.

The build tries a share of it on PostgreSQL, which takes less than SQLite does; the deep run tries all of it on both.
"""

import re
from typing import Any
from urllib.parse import quote_plus
from uuid import uuid4

import pytest
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import connection

from config.policy import POLICY
from tests.security import forms
from tests.security.installed import POSTED, Installed, readers
from tests.security.written import Written, rows
from tests.undoing import undone

FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=xx"
# 204: what a browser tells of itself; 409: the version a page was made of is none that stands.
EXPECTED = {200, 204, 302, 303, 307, 400, 404, 409, 413}
# These answer with a page when they have done it: what was found, a password, who reported.
SHOWING = {"desk:search", "orders:lookup", "desk:appoint", "intake:reporter"}
SHOWING |= {"intake:receipt", "portal:receipt", "portal:receipt_in", "notices:invite", "notices:way", "support:sheet"}
BODIES: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", FORM),
    "another encoding": ("what=Түнкүсүн&reason=Түн&danger=ооба".encode("cp1251", "replace"), FORM),
    "latin-1, said to be so": (b"what=caf\xe9&text=caf\xe9", f"{FORM}; charset=latin-1"),
    "an unknown charset": (b"what=x&text=x", f"{FORM}; charset=no-such-thing"),
    "utf-16": ("what=сөз&text=сөз".encode("utf-16"), FORM),
    "a parcel without an end": (b'--xx\r\nContent-Disposition: form-data; name="text"\r\n\r\nabc', PARTS),
    "a parcel without names": (b"--xx\r\nContent-Disposition: form-data\r\n\r\nabc\r\n--xx--\r\n", PARTS),
    "a parcel without a boundary": (b"--xx\r\n\r\nabc", "multipart/form-data"),
    "a parcel in broken base64": (
        b'--xx\r\nContent-Disposition: form-data; name="text"\r\nContent-Transfer-Encoding: base64'
        b"\r\n\r\n=\xff\r\n--xx--\r\n",
        PARTS,
    ),
    "a file where words belong": (
        b'--xx\r\nContent-Disposition: form-data; name="text"; filename="a.txt"\r\n\r\nabc\r\n--xx--\r\n',
        PARTS,
    ),
    "deep JSON": (b"[" * 3_000 + b"]" * 3_000, "application/json"),
    "a million brackets": (b"[" * 1_000_000, "application/json"),
    "JSON as a form": (b'{"text": {"text": {}}}', FORM),
    "100,000 keys": (b"&".join(b"k%d=1" % n for n in range(100_000)), FORM),
    "one key 300 times": (b"&".join(b"danger=yes&text=a" for _ in range(150)), FORM),
}
# In every field of the form at once: what a person, a script or a broken telephone might put there.
VALUES = {
    "nul": "a\0b",
    "lone surrogate": "%ED%A0%80",
    "broken utf-8": "%C3%28%FF",
    "a turned line": "\u202etxt.exe",
    "many numbers": "9" * 5_000,
    "below zero": "-99999999999999999999999",
    "a fraction": "1e309",
    "other digits": "٣١",
    "a day to come": "2199",
    "before anybody's birth": "1066",
    "no such day": "31",
    "a formula": '=HYPERLINK("http://a")',
    "markup": "<script>alert(1)</script>\"'><img src=x>",
    "template": "{{ settings.SECRET_KEY }}{% debug %}",
    "another's id": str(uuid4()),
}


class EveryForm(Installed):
    def asked(self, name: str) -> tuple[str, forms.HtmlForm | None]:
        """Somebody who sees the page, and its form, where it is shown by itself."""
        for login in readers(POLICY[name], "POST", self.walk):
            answer = self.walk.be(login).client.get(self.path(name))
            if answer.status_code in {200, 405}:
                found = [one for one in forms.read(answer.content.decode()) if one.method == "post" and one.asks]
                return login, next((one for one in found if one.action in {"", self.path(name)}), None)
        return readers(POLICY[name], "POST", self.walk)[0], None

    def posted(self, name: str, body: bytes, kind: str) -> tuple[str | None, bytes]:
        """What was wrong with the answer, and its bytes. What it wrote is taken back."""
        told, fault, after, written = b"", None, None, Written()
        with undone():
            try:
                with connection.execute_wrapper(written):
                    answer = self.walk.client.generic("POST", self.path(name), body, content_type=kind)
                fault = None if answer.status_code in EXPECTED else f"answered {answer.status_code}"
                told = answer.content if not answer.streaming else b""
                done = answer.status_code == 302 or name in SHOWING
                after = rows() if fault is None and not done and written.tables else None
            except (RequestDataTooBig, TooManyFieldsSent):
                pass  # the handler answers 400
            except Exception as error:
                fault = f"{type(error).__name__}: {str(error)[:200]}"
        if after is not None and after != rows():
            fault = "wrote something and did not say so"
        return fault, told

    def bodies(self, *, every: int) -> list[str]:
        wrong = []
        for number, name in enumerate(POSTED):
            self.walk.be(self.asked(name)[0])
            for what, (body, kind) in list(BODIES.items())[number % every :: every]:
                fault, _ = self.posted(name, body, kind)
                wrong += [f"{name}, {what}: {fault}"] if fault else []
        return wrong

    def test_no_body_breaks_a_form(self) -> None:
        assert self.bodies(every=8) == []

    @pytest.mark.both
    @pytest.mark.deep
    def test_no_body_at_all_breaks_a_form(self) -> None:
        assert self.bodies(every=1) == []

    def broken(self, *, every: int) -> list[str]:
        """Each value in all fields at once, and each field with some of them among answers that would do: of both, one
        in so many."""
        wrong, values = [], list(VALUES)
        for number, name in enumerate(POSTED):
            _, form = self.asked(name)
            fields = list(names_of(form))
            at_once = values[number % every :: every]
            tried = [(what, body_of(dict.fromkeys(fields, VALUES[what]), raw=VALUES[what])) for what in at_once]
            for place, control in enumerate(fields):
                for what in values[(number + place) % len(values) :: 8 * every]:
                    sent = {**filled(form), control: VALUES[what]}
                    tried.append((f"{control}: {what}", body_of(sent, raw=VALUES[what])))
            for what, body in tried:
                fault, _ = self.posted(name, body, FORM)
                wrong += [f"{name}, {what}: {fault}"] if fault else []
        return wrong

    def test_no_value_breaks_a_form(self) -> None:
        assert self.broken(every=12) == []

    @pytest.mark.both
    @pytest.mark.deep
    def test_no_value_at_all_breaks_a_form(self) -> None:
        assert self.broken(every=1) == []

    def test_a_text_that_is_too_long_comes_back_with_its_message_beside_it(self) -> None:
        wrong, tried = [], 0
        for name in POSTED:
            _, form = self.asked(name)
            for control in words_of(form):
                tried += 1
                fault, told = self.posted(name, too_long(form, control), FORM)
                if fault or too_long_said(told.decode(), control) is None:
                    wrong.append(f"{name} {control}: {fault or 'no message at the field, or the text is gone'}")
        assert wrong == []
        assert tried > 20

    def test_ten_megabytes_get_a_message_and_not_a_fault(self) -> None:
        for name, field in (("intake:new", "what"), ("cases:note", "text")):
            _, form = self.asked(name)
            sent = filled(form) | {field: "а" * 5_000_000}
            fault, told = self.posted(name, body_of(sent), FORM)
            assert fault is None
            assert too_long_said(told.decode(), field, least=5_000_000) is not None, name


@pytest.mark.both
class Twice(Installed):
    def test_sent_twice_is_one_and_anothers_key_is_not_found(self) -> None:
        wrong = []
        for name in ("intake:new", "cases:note", "cases:word", "cases:incident", "cases:person", "orders:breach"):
            path, login = self.path(name), readers(POLICY[name], "POST", self.walk)
            for one in login:
                if self.walk.be(one).client.get(path).status_code == 200:
                    break
            day = {
                "on_day": "4",
                "on_month": "11",
                "on_year": "2026",
                "danger": "no",
                "told_on_day": "1",
                "who": "",
                "part": "alleged",
            }
            usable = set(forms.asking(self.walk.get(path), path).controls)
            sent = self.walk.fill(path, **{key: value for key, value in day.items() if key in usable})
            before = rows()
            first = self.walk.send(path, sent)
            once = rows()
            assert once != before
            if self.walk.send(path, sent) != first or rows() != once:
                wrong.append(f"{name}: twice was not once")
            changed = {
                key: f"{value} башкача" if key in {"what", "text", "told", "family"} else value
                for key, value in sent.items()
            }
            if self.walk.client.post(path, changed).status_code != 404 or rows() != once:
                wrong.append(f"{name}: other words under the same key")
            if len(login) > 1 and self._anothers(name, path, sent) or rows() != once:
                wrong.append(f"{name}: another's key")
        assert wrong == []

    def _anothers(self, name: str, path: str, sent: dict[str, Any]) -> bool:
        author = self.walk.who
        for one in readers(POLICY[name], "POST", self.walk):
            if one != author and self.walk.be(one).client.get(path).status_code == 200:
                return self.walk.client.post(path, sent).status_code not in {200, 404}
        return False


def names_of(form: forms.HtmlForm | None) -> list[str]:
    return [one for one in (form.controls if form else {}) if one not in {"csrfmiddlewaretoken", "to_language"}]


def filled(form: forms.HtmlForm | None) -> dict[str, Any]:
    if form is None:
        return {}
    sent = forms.filled(
        form, lambda one: "0555835090" if one.kind == "tel" else "3" if one.kind == "numeric" else "сөз", {}
    )
    return {name: value for name, value in sent.items() if isinstance(value, str | list)}


def body_of(sent: dict[str, Any], raw: str | None = None) -> bytes:
    """As a form is sent; `raw` stands in it as it is."""
    pairs = [(name, one) for name, value in sent.items() for one in (value if isinstance(value, list) else [value])]
    return "&".join(
        f"{name}={one if one == raw and one.startswith('%') else quote_plus(one)}" for name, one in pairs
    ).encode()


def words_of(form: forms.HtmlForm | None) -> list[str]:
    return [
        one.name
        for one in (form.controls if form else {}).values()
        if one.kind in {"text", "textarea"} and not one.name.endswith(("_day", "_year", "_time"))
    ]


BRINGS = {"by_whom": "neighbour", "way": "mail", "by_parent": "yes"}


def too_long(form: forms.HtmlForm | None, control: str) -> bytes:
    """With every answer that might bring the field up."""
    sent = filled(form)
    for one in form.controls.values() if form else ():
        if one.kind == "radio" and control in {
            "reason",
            "other_needs",
            "language",
            "reporter_name",
            "raised_reason",
            "number",
            "readers",
            "address",
            "parent_family",
            "parent_given",
        }:
            sent[one.name] = BRINGS.get(one.name, one.options[-1])
    return body_of({**sent, control: "узун " * 6_000})


def too_long_said(page: str, control: str, least: int = 29_000) -> str | None:
    """The message that stands beside the field, when the text is given back with it. Another form of the page, such as
    the search above it, may have a field of the same name."""
    tags = re.findall(rf'<(?:input|textarea)[^>]*name="{control}"[^>]*>', page)
    tag = next((one for one in tags if 'aria-invalid="true"' in one), None)
    if tag is None or page.count("узун") + page.count("а") < least / 6:
        return None
    told = re.search(r'aria-describedby="([^"]+)"', tag)
    return told[1] if told else None
