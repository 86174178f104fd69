"""Requirement 8: key-encryption keys change while eight processes write and read; the changer dies at fifty moments."""

import json
import os
import subprocess
import sys

import pytest

from tests.architecture.tree import ROOT

pytestmark = pytest.mark.deep

WRITERS, DEATHS = 8, os.environ.get("KALKA_ROTATE_DEATHS", "50")


def begun(env: dict[str, str], *words: str) -> "subprocess.Popen[str]":
    called = [sys.executable, "-m", "tests.deep.rotating", *words]
    return subprocess.Popen(called, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process: "subprocess.Popen[str]") -> dict[str, object]:
    out, wrong = process.communicate()
    assert process.returncode == 0, wrong[-3000:]
    return dict(json.loads(out.splitlines()[-1]))


def test_requirement_8_fifty_deaths_under_eight_writers_and_everything_opens(env, tmp_path):
    before = ended(begun(env, "prepare"))["rows"]
    over = tmp_path / "over"
    writers = [begun(env, "write", str(number), str(over)) for number in range(WRITERS)]
    died = ended(begun(env, "die", DEATHS, "1"))
    over.touch()
    wrote = [ended(writer) for writer in writers]
    end, again = ended(begun(env, "end")), ended(begun(env, "end"))

    print(f"\n{died}; {[(one['written'], one['read']) for one in wrote]}; {end}; {again}")
    assert died["deaths"] == int(DEATHS)
    assert all(one["shut"] == [] and one["all"] and one["written"] for one in wrote), "readable throughout"
    for one in (end, again):
        rows = 3 * (before + sum(one["written"] for one in wrote))
        assert (one["rows"], one["open"], one["old"], one["versions"], one["shut"]) == (rows, rows, 0, [1], 0)
