"""A world to measure in: the demo's staff in every raion, so many invented cases, a release of the figures, a file of
lines that a second person approved, and the same rows in plain tables for the bare view."""

import json
import sys
import time
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from kalka.accounts.models import Session, User
from kalka.accounts.rules import Stage
from kalka.accounts.services import open_session
from kalka.cases import selectors as cases
from kalka.cases import services
from kalka.cases.models import Case
from kalka.cases.rules import Part
from kalka.core import clock, messages, root
from kalka.core.actors import SYSTEM, Actor
from kalka.core.refs import new_id
from kalka.demo import simulate
from kalka.demo.crew import crew
from kalka.demo.simulate.writing import BATCH
from kalka.demo.staffing import Member, staff
from kalka.directory import selectors as directory
from kalka.orders import services as orders
from kalka.orders.numbers import number_key
from kalka.orders.rules import NewOrder, Numbered
from kalka.people.rules import Name, NewPerson
from kalka.people.rules.identity import names_asked
from kalka.risk import offered
from kalka.statistics import services as statistics
from kalka.statistics.exports import MOST, NewExport
from kalka.statistics.tasks import release_now
from kalka.vault import keys as vault
from kalka.vault.blind import Kind, mac
from tools.bench import running
from tools.bench.plain import FIGURES, INDEX, TABLE, TOLD

NUMBER, NAME, YEAR, PIN = "Б-2026-004711", "Асанкулов Бектемир", 1985, "20101198500123"
HE = NewPerson("m", (Name(*NAME.split()),), birth_year=YEAR, pin=PIN)
RUNNING = 500  # orders that run, of the one inspector
INDICATOR = "persons_protected"
WHO = {"worker": "sotsial", "secretary": "katchy", "inspector": "inspektor", "analyst": "analitik"}
BECOME_CASES = 0.873  # of the invented reports; the others are no case, or passed on
MANY = 50_000  # from here on two processes write


def prepare() -> None:
    """As `kalka prepare`, without asking."""
    settings.DATA.mkdir(parents=True, exist_ok=True)
    if not settings.ROOT_KEY_FILE.exists():
        root.create(settings.ROOT_KEY_FILE)
    messages.compile_all(settings.LOCALE_PATHS[0])
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    vault.ensure_keks()


def load(size: int) -> dict[str, Any]:
    """Fill an empty database. Returns what the measuring needs."""
    now = clock.now()
    members = staff(now)
    for _one in crew(now):
        pass
    begun = time.perf_counter()
    several = 2 if size >= MANY and connection.vendor == "postgresql" else 1
    simulate.run(round(size / BECOME_CASES), into_empty=True, processes=several, progress=said)
    seconds = round(time.perf_counter() - begun, 1)
    begun = time.perf_counter()
    release_now(SYSTEM, now=clock.now())
    released = round(time.perf_counter() - begun, 1)
    plain()
    return told(members, clock.now()) | {"seconds": seconds, "released": released}


def said(done: int, of: int) -> None:
    if done * 20 // of != (done - BATCH) * 20 // of:
        print(f"  {done:,} of {of:,}", flush=True)


def plain() -> None:
    """The tables of the bare view: the same rows, open."""
    with connection.cursor() as cursor:
        for statement in (TABLE, INDEX, FIGURES):
            cursor.execute(statement)
        same = "SELECT id, ref, place, opened_on, 'yes', 'visit', %s, '', 'open' FROM cases_case"
        cursor.execute(f"INSERT INTO bench_plain {same}", [TOLD])
        cursor.execute("INSERT INTO bench_figure SELECT place, COUNT(*) FROM cases_case GROUP BY place")
        cursor.execute("ANALYZE")


def told(members: dict[str, Member], now: datetime) -> dict[str, Any]:
    """Sessions, a case, a number, where the next page begins, and the address of the long file."""
    worker, inspector = members["sotsial"].actor, members["inspektor"].actor
    first = cases.list_cases(worker, now=now).lines[0]
    every = cases.list_cases(worker, now=now, state=cases.State.ALL)
    found = {
        "cases": Case.objects.count(),
        "ref": first.ref,
        "after": every.following,
        "place": worker.place,
        "post": worker.post_id,
        **on_the_road(inspector, now),
        **to_assess(inspector, now),
        "indicator": reverse("statistics:indicator", args=[INDICATOR]),
        **approved(members["analitik"].actor, members["ministrlik"].actor, now),
        "acting": {who: members[login].actor.post_id for who, login in WHO.items()},
    }
    running.write(RUNNING, now=now, posts=[post for post in directory.every_post() if post.id == inspector.post_id])
    return found


def on_the_road(inspector: Actor, now: datetime) -> dict[str, Any]:
    """An order against a man whose name, year of birth and personal number are known."""
    ref = cases.list_cases(inspector, now=now).lines[0].ref
    he = services.add_participant(inspector, id=new_id(), case_ref=ref, person=HE, part=Part.ALLEGED, now=now)
    numbered = Numbered(inspector.organisation_id or 0, NUMBER)
    told = NewOrder(issued_at=now, numbered=numbered, respondent=he.person_id)
    orders.register_order(inspector, id=new_id(), case_ref=ref, told=told, now=now)
    called = next(iter(names_asked(NAME, YEAR)))
    return {
        **{"number": NUMBER, "name": NAME, "year": YEAR, "pin": PIN, "number_key": number_key(NUMBER).hex()},
        **{"name_key": mac(Kind.YEAR, called).hex(), "pin_key": mac(Kind.PIN, PIN).hex()},
    }


def to_assess(inspector: Actor, now: datetime) -> dict[str, Any]:
    """The form that is offered first, and the cases whose danger is assessed with it in turn."""
    edition = offered.default()
    asked = [code for code, item in edition.items.items() if not item.auto_filled]
    risky = [line.ref for line in cases.list_cases(inspector, now=now).lines]
    return {"instrument": edition.id, "asked": asked, "judged": edition.levels[-1].code, "risky": risky}


def approved(asker: Actor, second: Actor, now: datetime) -> dict[str, Any]:
    """The file of single lines of the last whole year, as many as are allowed."""
    asked = NewExport("Өлчөө", INDICATOR, str(now.year - 1), cap=MOST)
    export = statistics.ask_export(asker, id=new_id(), told=asked, now=now)
    statistics.decide_export(second, id=new_id(), export_id=export.pk, approved=True, now=now)
    return {"lines": reverse("statistics:export_csv", args=[export.pk]), "figures": reverse("statistics:everything")}


def token(login: str, post_id: int | None) -> str:
    """Of a session begun now: those of an earlier run have been idle too long. Files ask who it is."""
    opened = open_session(User.objects.get(login=login), stage=Stage.FULL, now=clock.now())
    Session.objects.filter(token=sha256(opened.token.encode()).digest()).update(
        post_id=post_id, confirmed_at=clock.now()
    )
    return opened.token


def main(size: int, kept: Path) -> None:
    prepare()
    world = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else load(size)
    world |= {who: token(login, world["acting"][who]) for who, login in WHO.items()}
    kept.write_text(json.dumps(world), encoding="utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
