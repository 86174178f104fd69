"""What makes papers and workbooks, draws squares and answers programs is in no process before somebody asks for it:
a server at rest is two processes, and an office's machine is small."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
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
