"""Everything the build checks, as a list. `make test` runs it, and so does CI.

It stops at the first step that fails and says which. `tools/check.py lint types` runs only the steps so named.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv" / "bin"
sys.path.insert(0, str(ROOT))

from tools import postgres  # noqa: E402  (the path must be set first)

DJANGO = [BIN / "python", "-m", "django"]
WORKERS = ("gw0", "gw1")  # as pytest-xdist calls them
PYTEST = [BIN / "pytest", "-q", "--no-header", "--show-capture=no", "--durations=12"]
PYTEST += ["-n", str(len(WORKERS)), "--dist", "worksteal"]  # whoever has nothing left takes from the other
SYSTEM = {  # what the checks need of the machine: Debian's package, and how to see that it is there
    "postgresql": lambda: bool(_postgres_or_none()),
    "chromium": lambda: shutil.which("chromium") is not None,
    "fonts-noto-core": lambda: Path("/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf").exists(),
}


@dataclass(frozen=True)
class Step:
    name: str
    words: list[object]
    database: str = "sqlite"
    shown: bool = False  # long steps show what they print; the others only when they fail
    minutes: float = 5


STEPS = [
    Step("lint: ruff check", [BIN / "ruff", "check", "."]),
    Step("format: ruff format", [BIN / "ruff", "format", "--check", "."]),
    Step("layers: import-linter", [BIN / "lint-imports", "--no-logo"]),
    Step("types: mypy", [BIN / "mypy"]),
    Step("messages: all texts in three languages", [BIN / "python", "tools/messages.py", "check"]),
    Step("django: check", [*DJANGO, "check", "--fail-level", "WARNING"]),
    Step("migrations: none is missing", [*DJANGO, "makemigrations", "--check", "--dry-run"]),
    Step(
        "postgres: tests",
        [*PYTEST, "-m", "not browser and not deep and not bench"],
        database="postgres",
        shown=True,
        minutes=25,
    ),
    Step(
        "sqlite: tests that hold on both databases",
        [*PYTEST, "-m", "both and not deep"],
        shown=True,
        minutes=15,
    ),
    Step(
        "browser: tests in Chromium", [*PYTEST, "-m", "browser and not deep", "tests/browser"], shown=True, minutes=15
    ),
]


def _postgres_or_none() -> Path | None:
    try:
        return postgres.binaries()
    except postgres.NoServer:
        return None


def provide_system() -> None:
    """Install what the machine lacks when we are root; otherwise say the one command that does it."""
    missing = [package for package, there in SYSTEM.items() if not there()]
    if not missing:
        return
    words = ["apt-get", "install", "-q", "-y", "--no-install-recommends", *missing]
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.exit(f"The tests need {', '.join(missing)}. Install them and try again:\n    sudo {' '.join(words)}")
    print(f"• installing {', '.join(missing)}", flush=True)
    for command in (["apt-get", "update", "-q"], words):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{done.stdout}{done.stderr}\n{' '.join(command)} failed; the tests cannot run without it.")


def environment(database: str, urls: dict[str, str], compiled: str) -> dict[str, str]:
    """Each worker has a server of its own: a transaction that one leaves open would hold back the other's seals.

    `compiled`: a folder where Python leaves what it has compiled. The tests start some hundred processes, and without
    it each of them would compile Django anew: half of all the time they take.
    """
    return {
        **os.environ,
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": compiled,
        **{f"KALKA_TEST_URL_{worker}": url for worker, url in urls.items()},
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "HYPOTHESIS_PROFILE": "ci",
        "KALKA_TEST_DB": database,
        "DATABASE_URL": urls.get("gw0", "") if database == "postgres" else "",
    }


def run(step: Step, urls: dict[str, str], compiled: str) -> bool:
    print(f"• {step.name} …", flush=True)
    began = time.monotonic()
    process = subprocess.Popen(
        [str(word) for word in step.words],
        cwd=ROOT,
        env=environment(step.database, urls, compiled),
        stdin=subprocess.DEVNULL,
        stdout=None if step.shown else subprocess.PIPE,
        stderr=None if step.shown else subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=step.minutes * 60)
        verdict = "ok" if process.returncode == 0 else f"FAILED ({_why(process.returncode)})"
    except subprocess.TimeoutExpired:
        output, verdict = "", f"FAILED (longer than {step.minutes:g} minutes)"
    finally:
        _end(process)
    if verdict != "ok" and output:
        print(output, flush=True)
    print(f"  {verdict}, {time.monotonic() - began:.1f} s", flush=True)
    return verdict == "ok"


def _why(code: int) -> str:
    return "not one test was found" if code == 5 else f"code {code}"


def _end(process: subprocess.Popen[str]) -> None:
    """A step that hangs, or is interrupted with us, takes its children along."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def main(chosen: list[str]) -> int:
    steps = [step for step in STEPS if not chosen or step.name.split(":")[0] in chosen]
    if not steps:
        sys.exit(f"No such step. There are: {', '.join(s.name.split(':')[0] for s in STEPS)}.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    began = time.monotonic()
    with ExitStack() as stack:
        compiled = stack.enter_context(
            tempfile.TemporaryDirectory(prefix="kalka-compiled-", ignore_cleanup_errors=True)
        )
        urls = {}
        if any(step.database == "postgres" for step in steps):
            provide_system()
            urls = {name: stack.enter_context(postgres.server(durable=False)) for name in WORKERS}
        for number, step in enumerate(steps, 1):
            if not run(step, urls, compiled):
                print(f"\nStopped at step {number} of {len(steps)}: {step.name}.", flush=True)
                return 1
    print(f"\nAll {len(steps)} steps passed in {time.monotonic() - began:.0f} s.", flush=True)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except postgres.NoServer as refusal:
        sys.exit(str(refusal))
