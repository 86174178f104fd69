"""Processes of their own that need not begin from nothing: each is a fork of one that has imported everything.

Most of what a short `kalka` command takes is importing. Whoever forks has read the program, but nothing of the
installation: no setting, no key, no connection and no text. The fork settles its own surroundings, as if it had just
been started with them, and runs the module as Python would. What is asked of the start itself is started by Python.
"""

import atexit
import gc
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
READ = (
    "config.urls",
    "config.checks",
    "kalka.api.urls",
    "kalka.backups.restoring",
    "kalka.core.postgres.base",
    "kalka.core.verifying",
    "kalka.demo.world",
)
TESTS = ("time_machine", "tests.security.flow", "tests.security.markers")
OF_SETTINGS = ("config.settings", "kalka.cli", "kalka.access.pacing", "kalka.access.middleware")  # read them at import
SETTLED = {"DJANGO_SETTINGS_MODULE": "config.settings.test", "KALKA_SECRET_KEY": "0123456789" * 5}
SECONDS = 600


def run(module: str, *words: str, env: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    """As `python -m MODULE WORDS`, or `python -c WORD`, in these surroundings alone."""
    asking = _parent()
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        told = json.dumps([module, list(words), dict(env)]).encode()
        socket.send_fds(asking, [len(told).to_bytes(4, "big")], [out.fileno(), err.fileno()])
        asking.sendall(told)
        code = int.from_bytes(_exactly(asking, 4), "big", signed=True)
        for one in (out, err):
            one.seek(0)
        return subprocess.CompletedProcess([module, *words], code, out.read(), err.read())


@cache
def _parent() -> socket.socket:
    """One for each process that asks; it ends when nobody can ask any more."""
    mine, its = socket.socketpair()
    known = {name: value for name, value in os.environ.items() if not name.startswith(("KALKA_", "PYTEST_"))}
    home = tempfile.TemporaryDirectory(prefix="kalka-ready-", ignore_cleanup_errors=True)
    process = subprocess.Popen(
        [sys.executable, "-m", __name__, str(its.fileno())],
        cwd=ROOT,
        env=known | {"PYTHONPATH": str(ROOT), "KALKA_DATA": home.name, "DATABASE_URL": "", **SETTLED},
        stdin=subprocess.DEVNULL,
        pass_fds=[its.fileno()],
    )
    its.close()
    mine.settimeout(SECONDS)
    atexit.register(home.cleanup)
    atexit.register(process.wait)
    atexit.register(process.kill)  # the last registered is the first called
    return mine


def _exactly(asked: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size and (more := asked.recv(size - len(found))):
        found += more
    if len(found) < size:
        raise EOFError
    return found


def serve(handle: int) -> None:
    import django

    django.setup()
    for one in (*READ, *TESTS):
        import_module(one)
    gc.collect()
    gc.freeze()  # a fork that looks through what it borrowed has a copy of it
    asked = socket.socket(fileno=handle)
    while True:
        size, streams, _flags, _address = socket.recv_fds(asked, 4, 2)
        if not size:
            return
        module, words, env = json.loads(_exactly(asked, int.from_bytes(size, "big")))
        child = os.fork()
        if not child:
            asked.close()
            _become(module, words, env, streams)
            return
        for one in streams:
            os.close(one)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        asked.sendall(code.to_bytes(4, "big", signed=True))


def _become(module: str, words: Sequence[str], env: Mapping[str, str], streams: Sequence[int]) -> None:
    for one, place in zip(streams, (1, 2), strict=True):
        os.dup2(one, place)
        os.close(one)
    os.environ.clear()
    os.environ.update(env)
    _forget()
    sys.argv = [module, *words]
    run_module = partial(runpy.run_module, module, run_name="__main__", alter_sys=True)
    os._exit(_ended(partial(exec, words[0], {"__name__": "__main__"}) if module == "-c" else run_module))


def _ended(do: Callable[[], object]) -> int:
    """With what Python would end. Taking the borrowed modules apart, which takes as long as most commands, is left
    out."""
    code: object = 0
    try:
        do()
    except SystemExit as end:
        code = end.code
        if code is not None and not isinstance(code, int):
            print(code, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
        code = 1
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    return code & 0xFF if isinstance(code, int) else int(code is not None)


def _forget() -> None:
    """Whatever was read with the settings of whoever forked."""
    from asgiref.local import Local
    from django.conf import settings
    from django.core.cache import caches
    from django.db import connections
    from django.utils import translation
    from django.utils.functional import empty
    from django.utils.translation import trans_real

    translation.deactivate()  # this asks a setting itself
    for name in [name for name in sys.modules if name.startswith(OF_SETTINGS)]:
        del sys.modules[name]
    settings._wrapped = empty
    for handler in (connections, caches):
        handler._settings = None
        handler.__dict__.pop("settings", None)
        handler._connections = Local(handler.thread_critical)
    trans_real._translations, trans_real._default = {}, None


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asked ends it
    serve(int(sys.argv[1]))
