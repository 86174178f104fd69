"""The tables of a run, for the terminal and for docs/performance.md."""

import argparse
import os
import platform
import re
import sqlite3
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tools import postgres
from tools.bench.works import WORKS

FILE = Path(__file__).resolve().parents[2] / "docs" / "performance.md"


def text(runs: Sequence[Any], given: argparse.Namespace) -> str:
    parts = [_machine(given)]
    for run in runs:
        parts += [_table(run), _once(run)] if run.files else [_table(run)]
    return "\n".join(parts)


def write(told: str, what: str) -> None:
    """Between the marks of this size and these databases, or at the end of the measured part where there are none."""
    page = FILE.read_text(encoding="utf-8")
    begin, end = f"<!-- measured {what}: begin -->", f"<!-- measured {what}: end -->"
    if begin not in page:
        page = page.replace("<!-- measured: end -->", f"{begin}\n{end}\n<!-- measured: end -->")
    head, _, rest = page.partition(begin)
    _, _, tail = rest.partition(end)
    FILE.write_text(f"{head}{begin}\n{told}\n{end}{tail}", encoding="utf-8")


def _table(run: Any) -> str:
    lines = [
        f"\n### {run.name}, {run.world['cases']:,} cases\n",
        "| work | goal | Kalka p50 / p95 ms | ÷ bare | bare p50 | raw SQL p50 | ÷ raw "
        "| 8 clients | bare, 8 | CPU ms | bare CPU | bytes |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for work in WORKS:
        ours, bare, raw = (run.taken[work.key, side] for side in ("kalka", "bare", "raw"))
        lines.append(
            f"| {work.name} | {work.goal} | **{ours.p50:.1f}** / {ours.p95:.1f} | {ours.p50 / bare.p50:.1f} "
            f"| {bare.p50:.1f} | {raw.p50:.2f} | {ours.p50 / raw.p50:.0f} | {ours.rate:.0f}/s | {bare.rate:.0f}/s "
            f"| {ours.cpu_ms:.1f} | {bare.cpu_ms:.1f} | {ours.size:,} |"
        )
    return "\n".join(lines)


def _once(run: Any) -> str:
    files, mine, plain, first = run.files, run.starts["kalka"], run.starts["bare"], run.first
    lines = [
        "",
        "| once | goal | Kalka | bare | raw SQL |",
        "|---|---|---|---|---|",
        f"| CSV of every figure | ≤ 2.4 s, ≤ +20 MB for 100,000 lines | {_file(files['figures'])} "
        f"| {_file(files['bare'])} | {files['raw'].seconds:.2f} s |",
        f"| CSV of single lines, made safe on the way | | {_file(files['lines'])} | | |",
        f"| cold start, two processes | ≤ 1 s | {mine.seconds:.2f} s | {plain.seconds:.2f} s | |",
        f"| idle memory, two processes | ≤ 150 MB | {mine.idle_mb:.0f} MB | {plain.idle_mb:.0f} MB | |",
        f"| sign-in page, empty cache, 400 kbit/s, 400 ms, CPU ÷ 4 | ≤ 2 s | {first.seconds:.2f} s, "
        f"{first.bytes / 1024:.1f} KB, {first.requests} requests | | |",
    ]
    return "\n".join(lines)


def _file(one: Any) -> str:
    return f"{one.rows:,} lines, {one.bytes / 2**20:.1f} MB: {one.seconds:.2f} s, +{one.grown_mb:.0f} MB"


def _machine(given: argparse.Namespace) -> str:
    told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    model = re.search(r"model name\s*: (.+)", told)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    server = subprocess.run([postgres.binaries() / "postgres", "--version"], capture_output=True, text=True).stdout
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d}: {os.cpu_count()} cores of {model[1] if model else 'unknown'}, "
        f"{memory:.0f} GB, {platform.system()} {platform.release().split('-')[0]}, Python {platform.python_version()}, "
        f"PostgreSQL {_version(server)}, SQLite {sqlite3.sqlite_version}. "
        f"Load average at the end: {os.getloadavg()[0]:.1f}. "
        "Granian, 2 processes of 4 threads; the client shares the cores. Bytes after gzip. CPU: of the server and its "
        f"database together, a request. {given.rounds} rounds, interleaved: {given.times} requests alone and "
        f"{given.seconds:g} s of 8 clients."
    )


def _version(said: str) -> str:
    found = re.search(r"\d+(\.\d+)?", said)
    return found[0] if found else "unknown"
