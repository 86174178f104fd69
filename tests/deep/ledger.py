"""Clients who write and note what was acknowledged; what was not is sent again, under the same key, as it was."""

import http.client
import threading
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import uuid4

from kalka.core import clock
from tests.deep.installed import TOKEN, Installation
from tests.security import forms

PATIENCE = 120.0  # seconds for one write, kills included
YESTERDAY = clock.day_of(clock.now()) - clock.DAY
# Who writes what on which page, and what they decide; the rest of the form is filled in as it is offered.
WAYS = {
    "report": ("katchy", "/reports/new/", {"danger": "no", "when": None, "needs": ["escort"], "what": "Кабар"}),
    "visit": ("inspektor", "/cases/{ref}/visit/", {"found": "nobody", "where": "home"}),
    "note": ("sotsial", "/cases/{ref}/note/", {"text": "Жазуу"}),
    "order": (
        "inspektor",
        "/cases/{ref}/orders/new/",
        {"number": None, "authority": None, "starts_month": "", "ends_month": ""}
        | {"issued_at_day": str(YESTERDAY.day), "issued_at_month": str(YESTERDAY.month)}
        | {"issued_at_year": str(YESTERDAY.year), "issued_at_time": "10:00"},
    ),
}
TURNS = ("report", "visit", "report", "note", "report", "report", "visit", "note", "report", "order")


@dataclass
class Ledger:
    here: Installation
    each: int
    acknowledged: dict[str, str] = field(default_factory=dict)  # the key → what it is
    answers: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    longest: float = 0.0
    forms: dict[str, dict[str, object]] = field(default_factory=dict)  # by path, as the server offered them

    @property
    def sent_again(self) -> int:
        return self.answers.total() - len(self.acknowledged)

    def begin(self, clients: int) -> list[threading.Thread]:
        for way, (login, path, _decided) in WAYS.items():
            for ref in self.here.ready["refs"] if "{ref}" in path else [""]:
                self.forms[path.format(ref=ref)] = self._offered(way, login, path.format(ref=ref))
        threads = [threading.Thread(target=self._client, args=(number,)) for number in range(clients)]
        for thread in threads:
            thread.start()
        return threads

    def _offered(self, way: str, login: str, path: str) -> dict[str, object]:
        form = forms.asking(self.here.ask("GET", path, login).text, path)
        return forms.filled(form, lambda one: "", WAYS[way][2])

    def _client(self, client: int) -> None:
        line, refs = None, self.here.ready["refs"]
        half = len(refs) // 2  # a visit asks one thing more where an order runs: those two keep apart
        for number in range(self.each):
            way = TURNS[(number + client) % len(TURNS)]
            login, path, _decided = WAYS[way]
            among = refs[half:] if way == "order" else refs[:half]
            where = path.format(ref=among[(number * 7 + client) % len(among)])
            key, began = str(uuid4()), time.monotonic()
            while True:
                line, status = self._sent(line, login, where, key)
                self.answers[status] += 1
                if status == 302:
                    self.acknowledged[key] = way
                    break
                if status not in {0, 503}:
                    self.faults.append(f"{way} {key} was answered {status}")
                    break
                if time.monotonic() - began > PATIENCE:
                    self.faults.append(f"{way} {key} was never acknowledged")
                    break
                time.sleep(0.05)
            self.longest = max(self.longest, time.monotonic() - began)

    def _sent(
        self, line: http.client.HTTPConnection | None, login: str, path: str, key: str
    ) -> tuple[http.client.HTTPConnection | None, int]:
        body = urlencode(list(self._pairs(path, key)))
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        headers["Cookie"] = f"kalka={self.here.ready['tokens'][login]}; kalka-csrf={TOKEN}"
        try:
            line = line or http.client.HTTPConnection("127.0.0.1", self.here.port, timeout=30)
            line.request("POST", path, body, headers)
            answer = line.getresponse()
            answer.read()
            return line, answer.status
        except (OSError, http.client.HTTPException):
            return None, 0

    def _pairs(self, path: str, key: str) -> Iterable[tuple[str, str]]:
        for name, value in (self.forms[path] | {"key": key, "csrfmiddlewaretoken": TOKEN}).items():
            for one in value if isinstance(value, list) else [value]:
                yield name, f"{one} {key}" if name in {"what", "text"} else str(one)
