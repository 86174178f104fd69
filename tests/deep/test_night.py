"""The duties of many running orders are late; whoever moves them up dies at forty moments. Each moves once."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.architecture.tree import ROOT

pytestmark = pytest.mark.deep

ORDERS, DEATHS = os.environ.get("KALKA_NIGHT_ORDERS", "1000"), os.environ.get("KALKA_NIGHT_DEATHS", "40")


def asked(env: dict[str, str], *words: str) -> dict[str, Any]:
    called = [sys.executable, "-m", "tests.deep.night", *words]
    done = subprocess.run(called, cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_a_night_that_is_broken_off_is_gone_on_with_and_nothing_moves_twice_or_is_lost(env):
    before = asked(env, "prepare", ORDERS)
    late = before["late"]
    died = asked(env, "die", DEATHS, "1")
    end = asked(env, "end")

    print(f"\n{len(late)} late; {died}; the last run moved {end['ran']}")
    assert died["deaths"] > 0 and died["moved"] > 0 and end["ran"] > 0, "nothing was interrupted: it proves nothing"
    assert end["moved"] == end["ended"] == late
    assert (end["standing"], end["escalations"], end["again"]) == (before["standing"], [1], 0)
    assert (end["shut_out"], end["untold"], end["told_twice"], end["fault"]) == (0, 0, 0, "")
