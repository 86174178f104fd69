"""One client's median and 95th percentile, eight clients' rate, CPU a request; nothing of what is measured."""

import gzip
import http.client
import os
import re
import statistics
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

Do = Callable[[], int]  # does it once; gives the bytes of the answer
HEADERS = {"Accept-Encoding": "gzip", "Connection": "keep-alive"}
TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Taken:
    """What several rounds took, in milliseconds, milliseconds of CPU a request, and requests a second."""

    alone: list[list[float]] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    size: int = 0

    @property
    def p50(self) -> float:
        """The median of the rounds' medians: one disturbed round does not decide."""
        return statistics.median(statistics.median(one) for one in self.alone)

    @property
    def p95(self) -> float:
        return statistics.median(statistics.quantiles(one, n=20)[-1] for one in self.alone)

    @property
    def rate(self) -> float:
        return statistics.median(self.rates) if self.rates else 0.0

    @property
    def cpu_ms(self) -> float:
        return statistics.median(self.cpu) if self.cpu else 0.0


class Asker:
    """A client with one kept connection and cookies of its own."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self._port = port
        self._headers = {**HEADERS, **({"Cookie": cookie} if cookie else {})}
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.sent_to = ""  # where the last answer leads

    def ask(self, method: str, path: str, form: dict[str, str] | None = None, *, wanted: int = 200) -> int:
        body = urlencode(form) if form is not None else None
        more = {"Content-Type": "application/x-www-form-urlencoded"} if form is not None else {}
        self._line.request(method, path, body, {**self._headers, **more})
        answer = self._line.getresponse()
        content = answer.read()
        self.sent_to = answer.getheader("Location") or ""
        if answer.status != wanted:
            raise SystemExit(f"{method} {path} answered {answer.status}\n{content[:400]!r}")
        return len(content)

    def field(self, path: str, name: str) -> str:
        """What a page says in a hidden field."""
        self._line.request("GET", path, None, self._headers)
        answer = self._line.getresponse()
        page = gzip.decompress(answer.read()).decode()
        found = re.search(rf'name="{name}" value="([^"]*)"', page)
        return found[1] if found else ""


def alone(taken: Taken, do: Do, *, times: int, pids: Callable[[], Iterable[int]] | None = None) -> None:
    """`pids`: the processes whose CPU is counted, that of the database among them."""
    before, one = cpu_seconds(pids()) if pids else 0.0, []
    for _ in range(times):
        begun = time.perf_counter()
        taken.size = do()
        one.append((time.perf_counter() - begun) * 1000)
    taken.alone.append(one)
    if pids:
        taken.cpu.append((cpu_seconds(pids()) - before) * 1000 / times)


def together(taken: Taken, make: Callable[[], Do], *, clients: int, seconds: float) -> None:
    """Requests a second of so many clients, each with a connection of its own."""
    counts, until = [0] * clients, time.perf_counter() + seconds

    def go(number: int) -> None:
        do = make()
        while time.perf_counter() < until:
            do()
            counts[number] += 1

    threads = [threading.Thread(target=go, args=(n,)) for n in range(clients)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken.rates.append(sum(counts) / (time.perf_counter() - begun))


def family(pid: int) -> list[int]:
    """A process and all its descendants."""
    found = [pid]
    for parent in found:
        try:
            said = Path(f"/proc/{parent}/task/{parent}/children").read_text()
        except OSError:
            continue
        found += map(int, said.split())
    return found


def cpu_seconds(pids: Iterable[int]) -> float:
    """User and system time of these processes and of their children that have ended."""
    return sum(_cpu(pid) for pid in pids)


def _cpu(pid: int) -> float:
    try:
        said = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return 0.0
    fields = said.rpartition(")")[2].split()  # from the third on: the name before may hold blanks
    return sum(map(int, fields[11:15])) / TICK


def memory(pids: Iterable[int]) -> float:
    """MB held by these processes, what they share counted once (PSS)."""
    return sum(_pss(pid) for pid in pids) / 1024


def _pss(pid: int) -> int:
    try:
        said = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in said.splitlines() if line.startswith("Pss:")), 0)
