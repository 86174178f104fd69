"""make bench SIZE=10000: save, list, case page and Today, beside a bare Django view and raw SQL, on both databases."""

import argparse
import json
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from tools import postgres
from tools.bench import report
from tools.bench.measure import Asker, Do, Taken, alone, together
from tools.bench.plain import TOLD
from tools.bench.raw import Raw
from tools.bench.servers import ROOT, environment, granian

PAGES = ("save", "list", "case", "today")
SECRET = "b" * 32  # a CSRF token of our own: what the cookie says and the form repeats


@dataclass
class Run:
    name: str
    world: dict[str, Any]
    taken: dict[tuple[str, str], Taken] = field(default_factory=dict)


def kalka(port: int, world: dict[str, Any], page: str) -> Do:
    token = world["secretary" if page == "save" else "worker"]
    client = Asker(port, f"kalka={token}; kalka-csrf={SECRET}; kalka-lang=ky")
    paths = {"list": "/cases/", "case": f"/cases/{world['ref']}/", "today": "/"}
    return (lambda: client.ask("GET", paths[page])) if page != "save" else (lambda: _report(client))


def _report(client: Asker) -> int:
    form = {
        "csrfmiddlewaretoken": SECRET,
        "key": str(uuid4()),
        "danger": "no",
        "what": TOLD,
        "by_whom": "neighbour",
        "way": "visit",
        "told_on_day": "1",
        "told_on_month": "11",
        "told_on_year": "2026",
    }
    return client.ask("POST", "/reports/new/", form, wanted=302)


def bare(port: int, world: dict[str, Any], page: str) -> Do:
    client = Asker(port)
    if page == "save":
        return lambda: _plain(client, world)
    paths = {"list": f"/list/?place={world['place']}", "today": f"/list/?place={world['place']}"}
    return lambda: client.ask("GET", paths.get(page, f"/one/{world['ref']}/"))


def _plain(client: Asker, world: dict[str, Any]) -> int:
    form = {
        "id": str(uuid4()),
        "ref": secrets.token_hex(5),
        "place": "elsewhere",
        "opened_on": "2026-11-01",
        "danger": "no",
        "way": "visit",
        "told": TOLD,
        "stage": "open",
    }
    return client.ask("POST", "/save/", form, wanted=302)


def measured(name: str, url: str, data: Path, given: argparse.Namespace) -> Run:
    env = environment(url, data)
    print(f"• {name}: loading {given.size} cases …", flush=True)
    done = subprocess.run(
        [sys.executable, "-m", "tools.bench.load", str(given.size)],
        env=env,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        raise SystemExit(f"{name} could not be loaded")
    run = Run(name, json.loads(done.stdout.splitlines()[-1]))
    print(f"  {run.world['cases']} cases in {run.world['seconds']} s", flush=True)
    raw = Raw(url, str(data / "kalka.sqlite3"), run.world)
    with granian("config.wsgi:application", env) as ours, granian("tools.bench.bare:application", env) as plain:
        sides: dict[str, Callable[[str], Callable[[], Do]]] = {
            "kalka": lambda page: lambda: kalka(ours, run.world, page),
            "bare": lambda page: lambda: bare(plain, run.world, page),
            "raw": raw.maker,
        }
        for number in range(given.rounds + 1):
            print(f"  round {number} of {given.rounds}" + (" (warming up)" if not number else ""), flush=True)
            for page in PAGES:
                for side, make in sides.items():
                    taken = run.taken.setdefault((page, side), Taken()) if number else Taken()
                    alone(taken, make(page)(), times=given.times if number else 40)
                    if number:
                        together(taken, make(page), clients=8, seconds=given.seconds)
    return run


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--times", type=int, default=150, help="requests of the one client in a round")
    parser.add_argument("--seconds", type=float, default=3.0, help="how long eight clients ask in a round")
    parser.add_argument("--only", choices=("postgres", "sqlite"))
    parser.add_argument("--write", action="store_true", help="write the tables into docs/performance.md")
    given = parser.parse_args()
    runs = []
    with tempfile.TemporaryDirectory(prefix="kalka-bench-") as folder:
        if given.only != "sqlite":
            with postgres.server() as url:
                runs.append(measured("PostgreSQL", url, Path(folder) / "pg", given))
        if given.only != "postgres":
            runs.append(measured("SQLite", "", Path(folder) / "sqlite", given))
    text = report.text(runs, given)
    print(text)
    if given.write:
        report.write(text)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except postgres.NoServer as refusal:
        sys.exit(str(refusal))
