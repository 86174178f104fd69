"""What happens inside an installation, in a process of its own. Each verb answers in one line of JSON."""

import io
import json
import os
import signal
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from uuid import UUID

import django

django.setup()

import pyotp
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.test.utils import setup_test_environment
from django.utils.translation import override

from kalka.backups import attempting
from kalka.backups.models import Backup, Drill
from kalka.cases.models import Case
from kalka.cli.main import commands
from kalka.core import chain, clock, root, verifying
from kalka.core.models import AuditEntry
from kalka.demo.staffing import PASSWORD
from kalka.vault import keys as vault
from kalka.vault.models import SubjectKey
from tests.security import flow
from tests.security.markers import found

STEP = 30  # seconds of a code


def fill() -> dict[str, Any]:
    """One family, with a canary wherever words go. Somebody is signed in, on a second factor of her own."""
    settings.DATA.mkdir(parents=True, exist_ok=True)
    if not settings.ROOT_KEY_FILE.exists():
        root.create(settings.ROOT_KEY_FILE)
    call_command("migrate", verbosity=0, interactive=False)
    vault.ensure_keks()
    setup_test_environment()
    walk = flow.begin()
    secret = flow.sign_in(walk, "sotsial")
    cookie = walk.client.cookies[settings.SESSION_COOKIE].value
    walk.clients.clear()
    ref = flow.people(walk, flow.reports(walk))
    flow.happened(walk, ref)
    while chain.seal():
        pass
    return {"secret": secret, "ref": ref, "cookie": cookie, **looked(ref)}


def looked(ref: str) -> dict[str, Any]:
    case = Case.objects.get(ref=ref)
    return {"subject": case.subject_id.hex, "keys": SubjectKey.objects.count()}


def sign_in(ref: str, secret: str, cookie: str) -> dict[str, Any]:
    """As she would: password, code, the page of the case. And what the cookie of before the backup opens."""
    setup_test_environment()
    walk = flow.Walk({}, who="sotsial", clients={"sotsial": Client(headers={"accept-encoding": "identity"})})
    asked = walk.does("/sign-in/", login="sotsial", password=PASSWORD)
    code = pyotp.TOTP(secret).at(int(clock.now().timestamp()) + STEP)
    inside = walk.does(asked, code=code, passkey=None)
    walk.client.raise_request_exception = False
    page = walk.client.get(f"/cases/{ref}/")
    before = Client()
    before.cookies[settings.SESSION_COOKIE] = cookie
    while chain.seal():
        pass
    verdict = verifying.verify()
    return {
        "inside": inside,
        "status": page.status_code,
        "words": len(found(page.content)),
        "before": before.get(f"/cases/{ref}/").status_code,
        "fault": str(verdict.fault or ""),
        "waiting": verdict.waiting,
        "sealed": verdict.sealed,
        "seen": AuditEntry.objects.filter(command="cases.page", actor_id__gt=0).exists(),
    }


def secrets_of() -> dict[str, Any]:
    """Every byte that opens something: the root key, each data key as it lies here, and unwrapped."""
    rows = list(SubjectKey.objects.all())
    passage = vault.Passage(frozenset(row.subject_id for row in rows), frozenset(vault.Klass))
    opened = vault.unlock_stored(passage, rows)
    return {
        "root": Path(settings.ROOT_KEY_FILE).read_bytes().hex(),
        "wrapped": [bytes(row.wrapped).hex() for row in rows],
        "open": [opened.bytes_key(row.subject_id, vault.Klass(row.klass)).hex() for row in rows],
    }


def shred(subject: str) -> dict[str, Any]:
    return {"gone": SubjectKey.objects.filter(subject_id=UUID(subject)).delete()[0]}


def told() -> dict[str, Any]:
    """What the installation has written down of backups and drills."""
    return {
        "backups": list(Backup.objects.order_by("started_at").values_list("error", flat=True)),
        "drills": list(Drill.objects.order_by("started_at").values_list("error", "opened")),
        "reads": AuditEntry.objects.filter(kind="read", command="backups.drill", actor_id=-1, count=1).count(),
        "fault": str(verifying.verify().fault or ""),
    }


def die(to: str, recipient: str) -> dict[str, Any]:
    """A backup killed at each thing it does to a file, one run after the other; the last has fewer and ends."""
    connections.close_all()
    number, left = 0, []
    while _killed(number, to, recipient):
        left.append(sorted(one.name for one in Path(to).iterdir()))
        number += 1
    return {"deaths": number, "left": left, "copying": sorted(one.name for one in _room().iterdir())}


def _room() -> Path:
    return Path(settings.DATA) / "copying"


def _killed(number: int, to: str, recipient: str) -> bool:
    """Whether it died at its file event of this number; false where it has fewer and ended."""
    process = os.fork()
    if not process:
        _count_down(number, Path(to))
        attempting.attempt(Path(to), [recipient], data_days=400, by_night=False, now=_moment(number))
        connection.close()
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(process, 0)[1])


def _moment(number: int) -> Any:
    return clock.now().replace(microsecond=0) + clock.DAY * number


def _count_down(number: int, to: Path) -> None:
    """Reading does not count: there is more to read each time."""
    seen = iter(range(1_000_000))
    ours = (str(to), str(_room()))

    def watch(event: str, given: tuple[Any, ...]) -> None:
        if event == "open" and not (isinstance(given[2], int) and given[2] & os.O_WRONLY):
            return
        if event in {"open", "os.rename", "os.remove", "sqlite3.connect", "subprocess.Popen"}:
            about = str(given[0]).startswith(ours) or event == "subprocess.Popen"
            if about and next(seen) == number:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


def later(days: str, *words: str) -> dict[str, Any]:
    """What `kalka WORDS` says some days from now."""
    said = io.StringIO()
    with (
        time_machine.travel(clock.now() + clock.DAY * int(days)),
        redirect_stdout(said),
        redirect_stderr(said),
        override("en"),
    ):
        commands.main(args=list(words), standalone_mode=False)
    return {"said": said.getvalue()}


VERBS = {
    "fill": fill,
    "sign_in": sign_in,
    "secrets": secrets_of,
    "shred": shred,
    "told": told,
    "die": die,
    "later": later,
}

if __name__ == "__main__":
    print(json.dumps(VERBS[sys.argv[1]](*sys.argv[2:])))
