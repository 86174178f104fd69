"""The world is made once, and every page of it opens for whoever it is for."""

from collections.abc import Iterator, Mapping

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from kalka.access.models import Wall
from kalka.accounts import services as accounts
from kalka.accounts.models import User
from kalka.accounts.rules import Stage
from kalka.cases import rules
from kalka.cases import selectors as cases
from kalka.cases.selectors import State
from kalka.core import clock
from kalka.core.actors import SYSTEM, Actor
from kalka.demo import world
from kalka.demo.programmed import programmed
from kalka.demo.protected import protected
from kalka.demo.scene import Scene
from kalka.demo.staffing import sign_ins
from kalka.duties import selectors as duties
from kalka.duties import services as duty_services
from kalka.duties.lines import DutyLine
from kalka.followup import services as followup
from kalka.guide import selectors as guide
from kalka.guide.taxonomy import TAXONOMY
from kalka.orders import selectors as orders
from kalka.programmes.models import Enrolment
from kalka.referrals import selectors as help_page
from kalka.referrals.models import Chase, Referral, ReferralStep
from kalka.risk import selectors as risk
from kalka.shelters.models import Taking, TurnAway
from kalka.vault import keys

pytestmark = [pytest.mark.django_db, pytest.mark.both]

BUSY = (
    "inspektor ofitser sotsial baldar koordinator kriziz psiholog korgon advokat doktur mugalim"  # the window's own
).split()
Built = Mapping[str, Scene]


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker) -> Iterator[Built]:
    """Built once for the module, in a transaction that is rolled back at its end."""
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole._from_testcase = True  # the tests' own, so that commands may be durable inside it
        whole.__enter__()
        keys.forget()
        keys.ensure_keks()
        made = world.build(now=clock.now())
        duty_services.roll(SYSTEM, now=clock.now())
        followup.missed(SYSTEM, now=clock.now())
        yield made
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)
        keys.forget()


def actor(built: Built, login: str) -> Actor:
    return next(iter(built.values())).staff[login].actor


def signed_in(login: str, language: str = "ky") -> Client:
    client = Client()
    client.cookies["kalka-lang"] = language
    opened = accounts.open_session(User.objects.get(login=login), stage=Stage.FULL, now=clock.now())
    client.cookies[settings.SESSION_COOKIE] = opened.token
    return client


def test_built_twice_is_built_once(built: Built) -> None:
    def rows() -> dict[str, int]:
        tables = (model for model in apps.get_models() if model._meta.label.split(".")[0] != "core")
        return {model._meta.label: model._default_manager.count() for model in tables}

    before = rows()
    assert world.build(now=clock.now()) == {}
    assert rows() == before
    assert before["cases.Case"] >= 30 and before["intake.Report"] >= 38


def test_the_busy_roles_have_something_to_do(built: Built) -> None:
    now = clock.now()
    assert {login: duties.counts(actor(built, login), now=now).whole > 0 for login in BUSY} == dict.fromkeys(BUSY, True)
    moved_up = duties.today(actor(built, "ofitser"), now=now).late
    assert any(line.escalated for line in moved_up)


def test_the_world_is_in_every_state_of_the_journey(built: Built) -> None:
    now = clock.now()
    stages, levels, states = set(), set(), set()
    for scene in built.values():
        if scene.subject_id is None:
            continue
        by = reader(scene)
        case = cases.case_of(by, scene.subject, now=now)
        stages.add(case.stage)
        level = risk.current(by, scene.subject, now=now)
        levels.add(level.position if level else "")
        states |= {order.state for order in orders.of_case(by, scene.subject, now=now)}
    assert stages == {rules.Stage.OPEN, rules.Stage.CLOSED}
    assert levels == {"", "1/4", "2/4", "3/4", "4/4"}
    assert states == {"pending", "running", "extended", "expired", "revoked"}
    assert Wall.objects.filter(user_id=actor(built, "inspektor2").user_id).exists()


def test_help_is_in_every_state_it_can_be_in(built: Built) -> None:
    now = clock.now()
    rows, beds = set(Referral.objects.staged().values_list("last", flat=True)), Taking.objects.running()
    assert rows == {"sent", "accepted", "done", "rerouted", "no_show", "withdrawn"}
    assert set(ReferralStep.objects.exclude(why="").values_list("step", "why")) == {
        ("declined", "full"),
        ("withdrawn", "consent"),
    }
    assert Chase.objects.count() >= 1
    assert sorted(beds.values_list("kind", flat=True)) == ["closed", "hold", "stay", "stay", "stay", "stay"]
    assert TurnAway.objects.count() == 4
    board = help_page.board(actor(built, "koordinator"), now=now)
    assert all((board.unasked, board.stuck, board.late, board.waiting, board.taken))
    assert max(row.days for row in board.late) == 6  # by an internal rule: no law sets a term that could pass


def test_the_directory_of_help_tells_of_the_shelter_and_not_where_it_is(built: Built) -> None:
    found = guide.everything(today=clock.day_of(clock.now()))
    assert len(found) == 16 and {need for one in found for need in one.needs} == set(TAXONOMY.needs)
    (night,) = [one for one in found if "shelter" in one.needs]
    assert [(spot.withheld, spot.address) for spot in night.spots] == [(True, None)]
    assert [one.name["en"] for one in found if one.stale] != []


def reader(scene: Scene) -> Actor:
    """Somebody who sees the whole file."""
    now = clock.now()
    found = (one.actor for one in scene.staff.values() if one.actor.may("cases:case:read"))
    return next(one for one in found if cases.knows(one, scene.case_ref, now=now))


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_today_opens_for_everybody(built: Built, language: str) -> None:
    for one in sign_ins():
        answer = signed_in(one.login, language).get(reverse("desk:today"))
        assert (one.login, answer.status_code) == (one.login, 200)
        assert f'lang="{language}"' in answer.content.decode()


def test_every_case_page_opens_and_everybody_of_a_team_opens_one(built: Built) -> None:
    assert len(opened(built, every=False)) >= 45


@pytest.mark.deep
def test_every_case_page_opens_for_its_whole_team(built: Built) -> None:
    assert len(opened(built, every=True)) >= 100


def opened(built: Built, *, every: bool) -> set[tuple[str, str]]:
    """By sign-in and case; without `every` one page of each case and of each sign-in."""
    now, done = clock.now(), set()
    for one in sign_ins():
        by = actor(built, one.login)
        lines = cases.list_cases(by, now=now, state=State.ALL).lines if by.may("cases:case:read") else ()
        there = {ref for _login, ref in done}
        client = signed_in(one.login) if lines else Client()
        for number, line in enumerate(lines):
            if every or not number or line.ref not in there:
                assert (one.login, line.ref, client.get(reverse("desk:case", args=[line.ref])).status_code)[2] == 200
                done.add((one.login, line.ref))
    return done


def test_the_inspector_who_is_named_finds_nothing(built: Built) -> None:
    case = built["khalmion-inspector-is-named"].case_ref
    assert signed_in("inspektor2").get(reverse("desk:case", args=[case])).status_code == 404
    assert signed_in("ofitser2").get(reverse("desk:case", args=[case])).status_code == 200


TOLD_OF = (
    ("inspektor", "/monitoring/"),
    ("inspektor", "/proceedings/"),
    ("prokuror", "/proceedings/?ended=refused"),
    ("inspektor", "/programmes/never/"),
    ("probatsiya", "/programmes/"),
    ("ofitser", "/visits/"),
)


def test_what_protects_after_an_order_has_something_on_each_page(built: Built) -> None:
    people = next(iter(built.values())).staff
    programmed(people, built)
    protected(people, built)
    for login, path in TOLD_OF:
        page = signed_in(login).get(path)
        assert (path, page.status_code, b"sheet empty" in page.content) == (path, 200, False)
    kinds = {login: {one.kind for one in standing(built, login)} for login in ("inspektor", "ofitser", "jaza")}
    assert kinds["inspektor"] >= {"monitoring.answer", "call.answer", "custody.release", "programme.evasion"}
    assert kinds["ofitser"] >= {"call.watch", "paper.answer"} and kinds["jaza"] >= {"custody.release"}
    watched, held = built["uchkun-order-runs"], built["uchkun-breach-yesterday"]
    for one, part in ((watched, "proceedings"), (held, "proceedings"), (watched, "programme")):
        path = f"/cases/{one.case_ref}/{part}/"
        assert (path, signed_in("inspektor").get(path).status_code) == (path, 200)
    (finished,) = Enrolment.objects.staged().filter(last="completed")
    path = reverse("programmes:paper", args=[finished.pk, "certificate", "ky"])
    assert signed_in("probatsiya").get(path).content[:4] == b"%PDF"
    he = watched.persons["husband"]
    assert signed_in("inspektor").get(f"/people/{he}/across/").status_code == 200


def standing(built: Built, login: str) -> list[DutyLine]:
    found = duties.today(actor(built, login), now=clock.now())
    return list(found.lines)
