"""Eight clients who send reports and note which were acknowledged; what was not is sent again under the same key."""

import http.client
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import uuid4

TOKEN = "d" * 32  # of the form: what the cookie says and the form repeats
PATIENCE = 60.0  # seconds for one report, kills included


@dataclass
class Ledger:
    port: int
    session: str
    each: int
    acknowledged: dict[str, str] = field(default_factory=dict)  # the key → where the answer led
    sent_again: int = 0
    faults: list[str] = field(default_factory=list)

    def client(self) -> None:
        line = None
        for number in range(self.each):
            key, until = str(uuid4()), time.monotonic() + PATIENCE
            while time.monotonic() < until:
                try:
                    line = line or http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
                    status, where = self._send(line, key, number)
                except (OSError, http.client.HTTPException):
                    line, status, where = None, 0, ""
                if status == 302:
                    self.acknowledged[key] = where
                    break
                if status not in {0, 500, 503}:
                    self.faults.append(f"{key} answered {status}")
                self.sent_again += 1
                time.sleep(0.05)
            else:
                self.faults.append(f"{key} was never acknowledged")

    def _send(self, line: http.client.HTTPConnection, key: str, number: int) -> tuple[int, str]:
        form = {
            "csrfmiddlewaretoken": TOKEN,
            "key": key,
            "danger": "no",
            "what": f"Кабар {number}",
            "by_whom": "self",
            "way": "call",
            "told_on_day": "1",
            "told_on_month": "11",
            "told_on_year": "2026",
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        headers["Cookie"] = f"kalka={self.session}; kalka-csrf={TOKEN}"
        line.request("POST", "/reports/new/", urlencode(form), headers)
        answer = line.getresponse()
        answer.read()
        return answer.status, answer.headers.get("Location", "")

    def run(self, clients: int) -> list[threading.Thread]:
        threads = [threading.Thread(target=self.client) for _ in range(clients)]
        for thread in threads:
            thread.start()
        return threads
