"""Words that would run somewhere, and somebody who writes them everywhere, more than once, and asks for more."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.urls import resolve

from tests.security.flow import Walk
from tests.security.markers import Marker
from tests.undoing import undone

TAG = "q7x"  # of every element an attack would make: nothing of ours is called so
HANDLERS = ("onerror", "onload", "onfocus", "onclick", "onmouseover", "ontoggle", "onanimationstart", "onpointerenter")
HOSTS = ("img src=x", "svg", "details open", "video src", "input autofocus", "body", "marquee", "iframe srcdoc=x")
ENDS = ("", '">', "'>", "-->", "</textarea>", "</title>", "</script>", "</style>")
SHAPES = tuple(
    f"{end}<{TAG} {host} {handler}=alert({number})>"
    for number, (end, handler, host) in enumerate((e, h, o) for e in ENDS for h in HANDLERS for o in HOSTS)
)  # 512 of them
URLS = ("javascript:alert(1)//", "JaVaScRiPt:alert(1)", "data:text/html,<q7x>", "\tjavascript:alert(1)", "vbscript:x")
TEMPLATES = ("{{7*7}}q7x", "${7*7}q7x", "{% debug %}q7x", "#{7*7}q7x", "<%= 7*7 %>q7x", "#eval(q7x)", "$q7x$ #set")
FORMULAS = (
    "=q7x(1)",
    "+q7x(1)",
    "-q7x(1)",
    "@q7x(1)",
    "\t=q7x(1)",
    "\r=q7x(1)",
    "＝q7x(1)",
    '=HYPERLINK("http://q7x")',
)
CORPUS = (*SHAPES, *URLS, *TEMPLATES, *FORMULAS)
ALL = " ".join(CORPUS)


@dataclass
class Attacks(Marker):
    """Another one for each question; where there is room, two of unlike kinds after one another."""

    at: int = 0

    def word(self, about: str, limit: int = 200) -> str:
        self.at += 37  # so that a walk meets all kinds
        first = (*FORMULAS, *TEMPLATES, *URLS)[self.at % 20]
        made = first if limit < 45 else f"{first} {SHAPES[self.at % len(SHAPES)]}"
        made = made[: min(limit, 100)].strip()  # a name takes a hundred
        self.drawn[made] = about
        return made


class Page(HTMLParser):
    """What a browser would make of it."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ours: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        self.ours += [f"<{tag}>"] if tag == TAG or tag in {"iframe", "marquee", "object", "embed", "base"} else []
        self.ours += [f"<{tag} {name}>" for name in names if name.startswith("on") or name in {"srcdoc", "style"}]
        leads = [value or "" for name, value in attrs if name in {"href", "src", "action", "formaction"}]
        self.ours += [value for value in leads if re.match(r"\s*(javascript|data|vbscript):", value, re.IGNORECASE)]


OTHERS = 990_001  # an id nobody has
CLAIMED = {
    **dict.fromkeys(("author_id", "author", "post_id", "user_id", "actor_id", "recorded_by"), str(OTHERS)),
    **dict.fromkeys(("id", "pk", "subject_id", "case_id"), "00000000-0000-4000-8000-000000990001"),
    **dict.fromkeys(("recorded_at", "opened_on", "started_at"), "1999-09-09"),
    **dict.fromkeys(("is_superuser", "is_staff", "role", "permissions", "wall", "digest"), "990001"),
}


EACH_ITS_OWN = {"desk:search"}  # whoever asks again searches again: it is counted, and on record, as another search


@dataclass
class Stubborn(Walk):
    """Sends each form with every attack in every field, which is too long and given back; then ten times with what it
    takes, and with fields nobody asked for. Keeps what ran, and what changed after the first time."""

    times: int = 10
    changed: list[str] = field(default_factory=list)
    sent: int = 0
    sent_to: set[str] = field(default_factory=set)  # by the name the address has
    rows: Callable[[], Any] = dict
    ran: list[str] = field(default_factory=list)
    given_back: int = 0  # forms that were shown again with the attacks in them

    def send(self, path: str, sent: dict[str, Any], *, status: int = 302) -> str:
        self._attacked(path, sent)
        more = {name: value for name, value in CLAIMED.items() if name not in sent}
        where = super().send(path, {**sent, **more}, status=status)
        once = self.rows()
        self.sent += 1
        self.sent_to.add(resolve(path).view_name)
        for _ in range(0 if resolve(path).view_name in EACH_ITS_OWN else self.times - 1):
            answer = self.client.post(path, {k: v for k, v in {**sent, **more}.items() if v is not None})
            if answer.status_code >= 500:
                self.changed.append(f"{path}: answered {answer.status_code}")
        if self.rows() != once:
            self.changed.append(f"{path}: ten times were not once")
        return where

    def _attacked(self, path: str, sent: dict[str, Any]) -> None:
        """All of the corpus in each field that takes words. Nothing of it stays."""
        worded = [name for name, value in sent.items() if isinstance(value, str) and value in self.marker.drawn]
        if not worded:
            return
        given = {name: value for name, value in sent.items() if isinstance(value, str | list)}
        held = self.client.cookies.copy()
        with undone():
            answer = self.client.post(path, given | dict.fromkeys(worded, ALL))
        self.client.cookies = held
        text = answer.content.decode() if answer.status_code == 200 else ""
        self.given_back += TAG in text
        self.ran += [f"{path}: {one}" for one in set(Page(text).ours)]
