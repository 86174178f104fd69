"""make bench SIZE=100000: what Kalka does, beside a bare Django view and raw SQL, on both databases."""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools import postgres
from tools.bench import report, still
from tools.bench.measure import Do, Taken, alone, family, together
from tools.bench.raw import Raw
from tools.bench.servers import ROOT, environment, granian
from tools.bench.works import WORKS, bare, kalka

OURS, BARE = "tools.bench.served", "tools.bench.bare:application"
# A quarter of the memory of a small server, as the notes of PostgreSQL advise; nothing that would lose a write.
TUNED = {
    "shared_buffers": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "random_page_cost": "1.1",
}
LOADED = "world.json"


@dataclass
class Run:
    name: str
    world: dict[str, Any]
    taken: dict[tuple[str, str], Taken] = field(default_factory=dict)
    starts: dict[str, still.Start] = field(default_factory=dict)
    files: dict[str, still.Download] = field(default_factory=dict)
    first: still.FirstLoad | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """Where one database of a run lives; `server` is its process, 0 for SQLite."""

    name: str
    url: str
    data: Path
    server: int

    @property
    def env(self) -> dict[str, str]:
        return environment(self.url, self.data)

    @property
    def console(self) -> dict[str, str]:
        """As whoever owns the tables: fills them, and is the bare view, which knows no rights."""
        return self.env | {"KALKA_CONSOLE": "true"}


@contextmanager
def home(name: str, folder: Path) -> Iterator[Home]:
    """`folder` may hold what an earlier run loaded."""
    data = folder / name.lower()
    data.mkdir(parents=True, exist_ok=True)
    if name == "SQLite":
        yield Home(name, "", data, 0)
        return
    with postgres.kept(folder / "server", TUNED) as server:
        yield Home(name, server.url, data, server.process.pid)


def loaded(at: Home, given: argparse.Namespace) -> dict[str, Any]:
    """The world of the run: filled now, or by an earlier run that kept it; the sessions are new each time."""
    kept = at.data / LOADED
    if not kept.exists():
        print(f"• {at.name}: loading {given.size} cases …", flush=True)
    words = [sys.executable, "-m", "tools.bench.load", str(given.size), str(kept)]
    if subprocess.run(words, env=at.console, cwd=ROOT).returncode:
        raise SystemExit(f"{at.name} could not be loaded")
    world: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
    print(f"• {at.name}: {world['cases']} cases, loaded in {world['seconds']} s", flush=True)
    return world


def measured(at: Home, given: argparse.Namespace) -> Run:
    run = Run(at.name, loaded(at, given))
    raw = Raw(at.url, str(at.data / "kalka.sqlite3"), run.world)
    database = (lambda: family(at.server)) if at.server else list
    with granian(OURS, at.env) as (ours, our_pid), granian(BARE, at.console) as (plain, bare_pid):
        sides: dict[str, tuple[Callable[[Any], Callable[[], Do]], int]] = {
            "kalka": (lambda work: lambda: kalka(ours, run.world, work), our_pid),
            "bare": (lambda work: lambda: bare(plain, run.world, work), bare_pid),
            "raw": (lambda work: raw.maker(work.key), 0),
        }
        for number in range(given.rounds + 1):
            print(f"  round {number} of {given.rounds}" + (" (warming up)" if not number else ""), flush=True)
            for work in WORKS:
                for side, (make, pid) in sides.items():
                    taken = run.taken.setdefault((work.key, side), Taken()) if number else Taken()
                    pids = (lambda pid=pid: [*family(pid), *database()]) if pid else None
                    alone(taken, make(work)(), times=given.times if number else 40, pids=pids)
                    if number and work.crowd:
                        together(taken, make(work), clients=8, seconds=given.seconds)
        if not given.quick:
            run.world = loaded(at, given)  # files want somebody who said a moment ago who they are
            _long(run, raw, {"kalka": (ours, our_pid), "bare": (plain, bare_pid)})
            run.first = still.first_load(ours, throttled=True)
    if not given.quick:
        run.starts["kalka"] = still.start(OURS, "/sign-in/", at.env, at.server)
        run.starts["bare"] = still.start(BARE, "/count/", at.console, at.server)
    return run


def _long(run: Run, raw: Raw, servers: dict[str, tuple[int, int]]) -> None:
    """Every published figure, the lines of single persons, and as many plain rows as there are figures."""
    cookie = f"kalka={run.world['analyst']}; kalka-lang=ky"
    for what in ("figures", "lines"):
        print(f"  CSV of {what}", flush=True)
        run.files[what] = still.download(*servers["kalka"], run.world[what], cookie)
    rows = run.files["figures"].rows
    run.files["bare"] = still.download(*servers["bare"], f"/everything/?rows={rows}", "")
    run.files["raw"] = still.raw_csv(raw, rows)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--times", type=int, default=150, help="requests of the one client in a round")
    parser.add_argument("--seconds", type=float, default=3.0, help="how long eight clients ask in a round")
    parser.add_argument("--only", choices=("postgres", "sqlite"))
    parser.add_argument("--quick", action="store_true", help="without the files, the starts and the browser")
    parser.add_argument("--folder", type=Path, help="keep what is loaded here, and use it again")
    parser.add_argument("--load", action="store_true", help="only load, and keep it")
    parser.add_argument("--write", action="store_true", help="write the tables into docs/performance.md")
    return parser.parse_args()


def main() -> int:
    given, runs = arguments(), []
    names = {"postgres": ("PostgreSQL",), "sqlite": ("SQLite",)}.get(given.only or "", ("PostgreSQL", "SQLite"))
    with ExitStack() as stack:
        folder = given.folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kalka-bench-")))
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)  # the database server is another user, and has a folder of its own in it
        for name in names:
            with home(name, folder.resolve()) as at:
                runs.append(Run(name, loaded(at, given)) if given.load else measured(at, given))
        if given.load:
            return 0
    text = report.text(runs, given)
    print(text)
    if given.write:
        report.write(text, f"{given.size} {' and '.join(names)}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except postgres.NoServer as refusal:
        sys.exit(str(refusal))
