"""What no file of the tree may hold."""

import io
import re
import subprocess
import tokenize
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, Source, check_none, every_file, invented

# A machine's own paths; in brackets, so that this line does not find itself.
MACHINE = re.compile(r"(^|[^A-Za-z0-9_.])/(w[o]rk|f[a]rm|r[o]ot|h[o]me)/[a-z]", re.MULTILINE)
REGISTRY = re.compile(r"https?://|--(extra-)?index-url|--find-links|--trusted-host")
DEPENDENCIES = ("requirements/*", "pyproject.toml", "Makefile", "tools/bootstrap.sh", ".ci/run")
EXCUSE = re.compile(r"#\s*(noqa|type:\s*ignore)")
REASONED = re.compile(r"#\s*(noqa: [A-Z]+\d+(, ?[A-Z]+\d+)*|type: ignore\[[a-z, -]+\])[\s#;(—-]+\w\S* .*\w")
UNFINISHED = re.compile(r"\b(TO[D]O|FIX[M]E|XX[X])\b|raise Not[I]mplementedError|pytest\.(mark\.)?(sk[i]p|xf[a]il)")


def tracked_texts() -> list[Path]:
    """Every file that is or would be committed and is text; without git, every file outside the built folders."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True
    )
    names = listed.stdout.split("\0") if listed.returncode == 0 else [str(s.name) for s in every_file()]
    return [
        path for name in names if name and (path := ROOT / name).is_file() and b"\0" not in path.read_bytes()[:8000]
    ]


def test_no_path_of_a_machine():
    check_none([str(p.relative_to(ROOT)) for p in tracked_texts() if MACHINE.search(p.read_text(errors="replace"))])


def test_no_address_of_a_registry():
    files = [file for pattern in DEPENDENCIES for file in sorted(ROOT.glob(pattern))]
    check_none([str(f.relative_to(ROOT)) for f in files if REGISTRY.search(f.read_text())])


def excuses_without_reason(source: Source) -> list[str]:
    """A `noqa` or `type: ignore` names its code, and says why in words."""
    tokens = tokenize.generate_tokens(io.StringIO(source.text).readline)
    return [
        f"{source.name}:{token.start[0]} {token.string}"
        for token in tokens
        if token.type == tokenize.COMMENT and EXCUSE.search(token.string) and not REASONED.search(token.string)
    ]


def test_every_excuse_has_a_reason():
    check_none(
        [fault for source in every_file() if not source.is_migration for fault in excuses_without_reason(source)]
    )


def unfinished(source: Source) -> list[str]:
    return [f"{source.name}: {found[0]}" for found in UNFINISHED.finditer(source.text)]


def test_nothing_is_left_for_later():
    check_none([fault for source in every_file() for fault in unfinished(source)])


@pytest.mark.parametrize(
    "excuse",
    [
        "noqa",
        "noqa: E402",
        "type: ignore",
        "type: ignore[misc]",
        "type: ignore[misc]  # hm",
        "type: ignore  # so it is",
    ],
)
def test_an_excuse_without_a_reason_is_found(excuse):
    assert len(excuses_without_reason(invented(f"x = 1  # {excuse}\n"))) == 1


@pytest.mark.parametrize("excuse", ["noqa: E402  (the path comes first)", "type: ignore[misc]  # the stubs are wrong"])
def test_an_excuse_with_a_reason_is_accepted(excuse):
    assert excuses_without_reason(invented(f"x = 1  # {excuse}\n")) == []


@pytest.mark.parametrize("text", ["# TO" + "DO: later", "raise Not" + "ImplementedError", "pytest.sk" + "ip('no')"])
def test_what_is_unfinished_is_found(text):
    assert len(unfinished(invented(text))) == 1


def test_a_path_and_an_address_are_found():
    assert MACHINE.search("see /" + "home/aida/kalka") and not MACHINE.search("/usr/lib, ./work/x, https://a/b")
    assert REGISTRY.search("--index-url x") and not REGISTRY.search("django==5.2 --hash=sha256:00")


def test_every_test_of_the_browser_lies_where_the_build_looks_for_it():
    """It runs tests/browser alone, and reads no other file before."""
    marked = [one.name for one in every_file() if re.search(r"pytest\.mark\.b[r]owser", one.text)]
    check_none([str(name) for name in marked if not str(name).startswith(("tests/browser/", "tests/deep/"))])
