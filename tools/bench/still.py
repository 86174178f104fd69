"""What is measured once: cold start, idle memory, a long file, and the first page over a bad line."""

import http.client
import os
import shutil
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tools.bench.measure import family, memory
from tools.bench.raw import Raw
from tools.bench.servers import granian

SLOW = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
SLOWER_CPU = 4


@dataclass(frozen=True, slots=True)
class Start:
    seconds: float
    idle_mb: float
    database_mb: float


@dataclass(frozen=True, slots=True)
class Download:
    rows: int
    seconds: float
    grown_mb: float
    bytes: int


@dataclass(frozen=True, slots=True)
class FirstLoad:
    seconds: float  # until the sign-in page is shown and everything it needs has come
    bytes: int
    requests: int


def start(target: str, path: str, env: dict[str, str], database: int) -> Start:
    """From the call to the first page answered; then the memory after three quiet seconds."""
    begun = time.perf_counter()
    with granian(target, env) as (port, pid):
        _answered(port, path)
        seconds = time.perf_counter() - begun
        time.sleep(3)
        return Start(seconds, memory(family(pid)), memory(family(database)) if database else 0.0)


def _answered(port: int, path: str) -> None:
    while True:
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            line.request("GET", path)
            if line.getresponse().status < 500:
                return
        except OSError:
            time.sleep(0.01)


def download(port: int, pid: int, path: str, cookie: str, *, times: int = 3) -> Download:
    """A file as a browser fetches it, without gzip; the memory of the server is asked every 20 ms meanwhile."""
    taken, size, rows, before = [], 0, 0, memory(family(pid))
    over = threading.Event()
    peak = [before]

    def watch() -> None:
        while not over.wait(0.02):
            peak[0] = max(peak[0], memory(family(pid)))

    watcher = threading.Thread(target=watch)
    watcher.start()
    for _ in range(times):
        begun = time.perf_counter()
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        line.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = line.getresponse()
        size = rows = 0
        while piece := answer.read(1 << 16):
            size += len(piece)
            rows += piece.count(b"\n")
        taken.append(time.perf_counter() - begun)
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}")
    over.set()
    watcher.join()
    return Download(rows, statistics.median(taken), peak[0] - before, size)


def raw_csv(raw: Raw, rows: int) -> Download:
    begun = time.perf_counter()
    size = raw.csv(rows)
    return Download(rows, time.perf_counter() - begun, 0.0, size)


def first_load(port: int, *, throttled: bool) -> FirstLoad:
    """Chromium with an empty cache: 400 kbit/s, 400 ms, a processor four times slower."""
    from playwright.sync_api import sync_playwright

    counted: dict[str, float] = {}
    with sync_playwright() as playwright:
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=root)
        page = browser.new_context(locale="ky").new_page()
        panel = page.context.new_cdp_session(page)
        panel.send("Network.enable")
        if throttled:
            panel.send("Network.emulateNetworkConditions", SLOW)
            panel.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_CPU})
        panel.on("Network.loadingFinished", _counter(counted))
        begun = time.perf_counter()
        page.goto(f"http://127.0.0.1:{port}/sign-in/", wait_until="load")
        seconds = time.perf_counter() - begun
        page.wait_for_load_state("networkidle")
        browser.close()
    return FirstLoad(seconds, int(sum(counted.values())), len(counted))


def _counter(counted: dict[str, float]) -> Callable[[Any], None]:
    def count(one: Any) -> None:
        counted[one["requestId"]] = one["encodedDataLength"]

    return count
