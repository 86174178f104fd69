"""What makes papers and workbooks, draws squares and answers programs is in no process before somebody asks for it:
a server at rest is two processes, and an office's machine is small."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from tools.bench.measure import family, memory
from tools.bench.servers import WORKERS, environment, granian

ROOT = Path(__file__).resolve().parents[2]
AT_REST = 150  # MB: the goal
SELDOM = {"docx", "docxtpl", "highspy", "lxml", "ninja", "openpyxl", "pydantic", "segno", "typst", "xlsxwriter"}
LOADED = """
import json, sys
import config.wsgi
from django.urls import get_resolver
get_resolver().url_patterns
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def test_what_is_seldom_used_is_not_loaded_at_the_start(tmp_path):
    told = {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "KALKA_DATA": str(tmp_path), "PYTHONPATH": str(ROOT)}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KALKA_", "DATABASE"))}
    call = [sys.executable, "-c", LOADED]
    done = subprocess.run(call, env=kept | told, cwd=ROOT, capture_output=True, text=True, check=True)
    assert {*json.loads(done.stdout.splitlines()[-1])} & SELDOM == set()


def test_the_workers_of_a_server_hold_in_memory_together_what_none_of_them_changes(tmp_path):
    """What the goal allows is asked of the processes themselves, as often as it takes to make them."""
    url = f"sqlite:///{tmp_path / 'kalka.sqlite3'}"
    with granian("tools.bench.served", environment(url, tmp_path / "data")) as (_port, server):
        until = time.monotonic() + 10
        while len(family(server)) < 1 + WORKERS and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(0.5)  # what a worker does before it waits
        workers = set(family(server)) - {server}
        assert (len(workers), memory({server} | workers) < AT_REST) == (WORKERS, True)
        assert all(memory({one}) < memory({server} | workers) / 2 for one in workers)
