"""The table of a run, for the terminal and for docs/performance.md."""

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

FILE = Path(__file__).resolve().parents[2] / "docs" / "performance.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
NAMES = {"save": "report saved", "list": "case list of 50", "case": "case page", "today": "Today"}
GOALS = {"save": "p50 ≤ 6, ≥ 250/s", "list": "p50 ≤ 12, ≥ 140/s", "case": "–", "today": "–"}


def text(runs: Sequence[Any], given: argparse.Namespace) -> str:
    return "\n".join([_machine(given), *(_table(run) for run in runs)])


def write(told: str) -> None:
    page = FILE.read_text(encoding="utf-8")
    head, _, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    FILE.write_text(f"{head}{BEGIN}\n{told}\n{END}{tail}", encoding="utf-8")


def _table(run: Any) -> str:
    lines = [
        f"\n### {run.name}, {run.world['cases']:,} cases\n",
        "| work | goal | Kalka p50 / p95 ms | ÷ bare | bare p50 | raw SQL p50 | Kalka, 8 clients | bare, 8 | bytes |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for page, name in NAMES.items():
        ours, bare, raw = (run.taken[page, side] for side in ("kalka", "bare", "raw"))
        lines.append(
            f"| {name} | {GOALS[page]} | **{ours.p50:.1f}** / {ours.p95:.1f} | {ours.p50 / bare.p50:.1f} "
            f"| {bare.p50:.1f} | {raw.p50:.2f} | {ours.rate:.0f}/s | {bare.rate:.0f}/s | {ours.size:,} |"
        )
    return "\n".join(lines)


def _machine(given: argparse.Namespace) -> str:
    told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    model = re.search(r"model name\s*: (.+)", told)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    server = subprocess.run([postgres.binaries() / "postgres", "--version"], capture_output=True, text=True).stdout
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d}: {os.cpu_count()} cores of {model[1] if model else 'unknown'}, "
        f"{memory:.0f} GB, {platform.system()} {platform.release()}, Python {platform.python_version()}, "
        f"{server.strip().replace('postgres ', '')}, SQLite {sqlite3.sqlite_version}. "
        f"Load average before: {os.getloadavg()[0]:.1f}. "
        "Granian, 2 processes of 4 threads; the client shares the cores. Bytes after gzip. "
        f"{given.rounds} rounds, interleaved: {given.times} requests alone and {given.seconds:g} s of 8 clients."
    )
