"""python -m tools.bench.rows: what row-level security costs, for an agency of 5 cases and one of 50,000, for a report
that is saved and one that is read. Beside the same statements with the policies out of the way, in turns. With
--record: what the record costs, beside the same without an entry."""

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from functools import cache
from pathlib import Path
from time import process_time
from typing import Any
from uuid import uuid4

from tools import postgres

CASES, LARGE, SMALL, AGENCIES = 100_000, 50_000, 5, 60
BARE = "kalka_bare"
BLOCKS, EACH = 9, 40
FEW, SLOW = 7, 100  # so often first, as a plan settles; milliseconds
FILL = f"""
CREATE TEMP TABLE drawn AS
SELECT n, gen_random_uuid() AS id, gen_random_uuid() AS subject FROM generate_series(1, {CASES}) n;
INSERT INTO cases_case (id, subject_id, author_id, digest, recorded_at, ref, kind, place, opened_on)
SELECT id, subject, 1, '', now(), lpad(n::text, 10, '0'), 'violence', '41700000000000', current_date FROM drawn;
INSERT INTO cases_stagechange (id, subject_id, author_id, digest, recorded_at, case_id, number, stage, why)
SELECT gen_random_uuid(), subject, 1, '', now(), id, 1, 'open', 'opened' FROM drawn;
INSERT INTO access_grant (subject_id, holder, scope, why, of_report, of_closed, since)
SELECT subject, 'org:' || CASE WHEN n <= {LARGE} THEN :large WHEN n <= {LARGE + SMALL} THEN :small
       ELSE 900003 + n % {AGENCIES} END, 'file', 'bench', FALSE, FALSE, now() - interval '1 day'
FROM drawn ORDER BY random();
INSERT INTO access_wall (subject_id, user_id, why, since)
SELECT subject, 900000 + n % 50, 'bench', now() FROM drawn WHERE n % 40 = 0;
CREATE ROLE {BARE} BYPASSRLS IN ROLE :role;
ANALYZE;
"""
Work = Callable[[], object]
RECORDED = ("a report saved", "page of a report")
KEPT: dict[str, Any] = {}


def settle(url: str, folder: str) -> None:
    os.environ.update(DJANGO_SETTINGS_MODULE="config.settings.test", DATABASE_URL=url, KALKA_DATA=folder)
    os.environ.pop("KALKA_TEST_DB", None)
    import django

    django.setup()
    from kalka.cli.preparing import prepare

    prepare(demo=True)


def works() -> dict[str, tuple[Any, Work]]:
    """Name → the actor who asks, and what."""
    from kalka.cases.models import Case
    from kalka.cases.selectors import list_cases
    from kalka.core import clock, sight
    from kalka.core.refs import new_id
    from kalka.demo.staffing import staff
    from kalka.intake import services as intake
    from kalka.intake.rules import NewReport

    now = clock.now()
    members = staff(now)
    clerk, large, small = (members[login].actor for login in ("katchy", "sotsial", "sotsial2"))
    fill(large, small)

    def save() -> Any:
        told = NewReport(danger="no", told_on=clock.day_of(now), what="Урду", place=clerk.place)
        return intake.receive_report(clerk, id=new_id(), told=told, now=clock.now())

    with sight.acting(clerk, now=now):
        made = save()
    return {
        f"list of {LARGE} cases, its first page": (large, lambda: list_cases(large, now=now)),
        f"list of {SMALL} cases": (small, lambda: list_cases(small, now=now)),
        f"page of the list of {LARGE} cases": (None, page(large, now)),
        f"page of the list of {SMALL} cases": (None, page(small, now)),
        f"{LARGE} cases without the predicate, the newest 50": (
            large,
            lambda: list(Case.objects.order_by("-recorded_at", "id").values_list("ref")[:50]),
        ),
        f"{SMALL} cases without the predicate, all": (small, lambda: list(Case.objects.values_list("ref")[:50])),
        "a report saved, the command alone": (clerk, save),
        "a report saved": (None, sent(clerk, now)),
        "page of a report": (None, page(clerk, now, f"/reports/{made.pk}/")),
    }


def fill(large: Any, small: Any) -> None:
    """Rows of files for the offices of both."""
    from django.conf import settings
    from django.db import connection

    filling = FILL.replace(":role", settings.APPLICATION_ROLE)
    filling = filling.replace(":large", str(large.organisation_id)).replace(":small", str(small.organisation_id))
    with connection.cursor() as cursor:
        for statement in filling.split(";\n"):
            if statement.strip():
                cursor.execute(statement)


@cache
def visitor(actor: Any, now: Any) -> Any:
    """One session for each: a new one would end the older."""
    from django.conf import settings
    from django.test import Client

    from kalka.accounts.models import User
    from kalka.accounts.rules import Stage
    from kalka.accounts.services import open_session

    client = Client()
    client.cookies[settings.SESSION_COOKIE] = open_session(
        User.objects.get(pk=actor.user_id), stage=Stage.FULL, now=now
    ).token
    return client


def sent(actor: Any, now: Any) -> Work:
    """The whole request with a filled form."""
    client = visitor(actor, now)
    told = {"what": "Урду", "danger": "no", "place": actor.place, "way": "visit"}
    told |= {"told_on_day": str(now.day), "told_on_month": str(now.month), "told_on_year": str(now.year)}

    def asked() -> None:
        response = client.post("/reports/new/", told | {"key": str(uuid4())})
        assert response.status_code == 302 and "sign-in" not in response.url, response.status_code

    return asked


def page(actor: Any, now: Any, path: str = "/cases/") -> Work:
    """The whole request, as a browser of the actor's sends it."""
    client = visitor(actor, now)

    def asked() -> None:
        response = client.get(path)
        assert response.status_code == 200, response.status_code

    return asked


def silenced(off: bool) -> None:
    """On: the role of `serve`. Off: one with the same rights whom no policy stops, and nobody says for whom. Both plan
    once what is planned once in the one: else the policies would look cheaper than they are."""
    from django.conf import settings
    from django.db import connections

    settings.ROLE_WITHIN_SIGHT = ""  # which tests alone take on and off again
    told: Any = connections["default"]
    told._prepare = lambda: None
    with told.cursor() as cursor:
        cursor.execute(f"SET ROLE {BARE if off else settings.APPLICATION_ROLE}")
        cursor.execute(f"SET plan_cache_mode = {'force_generic_plan' if off else 'auto'}")
    if not off:
        told._prepare = type(told)._prepare.__get__(told)


def timed(actor: Any, work: Work, times: int) -> float:
    """Milliseconds of the processor for one, here and in the server together: a wall clock tells of others too."""
    from kalka.core import clock, sight

    begun = _spent()
    for _ in range(times):
        with sight.acting(actor, now=clock.now()) if actor else nullcontext():
            work()
    return (_spent() - begun) * 1000 / times


def _spent() -> float:
    from django.db import connection

    connection.ensure_connection()
    told: Any = connection.connection
    ran = Path(f"/proc/{told.info.backend_pid}/schedstat").read_text().split()[0]  # nanoseconds on a processor
    return process_time() + int(ran) / 1e9


def unrecorded(off: bool) -> None:
    """Off: nothing is written into the record, as if there were none."""
    from kalka.core import audit

    given = KEPT.setdefault("write", audit._write)
    audit._write = (lambda entry, actor: None) if off else given


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--record", action="store_true")
    record = parser.parse_args().record
    without = unrecorded if record else silenced
    with tempfile.TemporaryDirectory(prefix="kalka-rows-") as folder, postgres.server() as url:
        settle(url, folder)
        for name, (actor, work) in works().items():
            if record and name not in RECORDED:
                continue
            taken: dict[str, list[float]] = {"off": [], "on": []}
            for _ in range(BLOCKS):
                for how, times in taken.items():  # in blocks: a plan made for the one does not serve the other
                    without(how == "off")
                    each = FEW if timed(actor, work, FEW) > SLOW else EACH
                    times.append(timed(actor, work, each))
            off, on = (statistics.median(taken[how]) for how in ("off", "on"))
            print(f"{name}: off {off:.2f} ms, on {on:.2f} ms, {on / off:.2f} ×", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
