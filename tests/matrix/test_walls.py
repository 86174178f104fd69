"""Requirement 20: whoever is shut out of a file meets it nowhere: no page, list, count, search, file, notice or figure
answers otherwise than if the file did not concern them at all, at any address, for people and for programs."""

import re

import pytest
import time_machine
from django.db import connection
from django.test import Client

from config.policy import POLICY
from kalka.access import selectors as sight
from kalka.access import services as access
from kalka.access.models import Grant, Wall
from kalka.cases import services as cases
from kalka.cases.rules import Part
from kalka.core import clock, reading
from kalka.core.actors import SYSTEM, post_holder
from kalka.core.models import AuditEntry
from kalka.directory.roles import ROLES
from kalka.duties.models import Duty, DutyEnd
from kalka.followup.models import Visit
from kalka.notices.models import Notice
from kalka.people.rules import Contact, Name, NewPerson
from tests.matrix import world as worlds
from tests.matrix.test_matrix import ADDRESSES, FOR_PROGRAMS, api_path, asked, client_of, path_of, program_of
from tests.matrix.world import World, step
from tests.undoing import undone

pytestmark = [pytest.mark.django_db, pytest.mark.both]

# Of a page only what changes with each answer: the form's token, the key of a form, the cookie that carries the token.
FRESH = re.compile(rb'(name="(?:csrfmiddlewaretoken|key)" value=")[^"]*|<meta name="csrf[^>]*>')
DRAWN = re.compile(r"(?<=filename=\")[0-9a-z]{10}(?=\.)")  # the name of a file says nothing, and another each time
NAME, PHONE = "Кыдырбаева", "+996555998877"
QUICK = ("police_inspector", "social_worker", "auditor")


@pytest.fixture(scope="module")
def world(together: None) -> World:
    made = worlds.build()
    told = NewPerson(sex="m", names=(Name(NAME, "Сапар"),), contact=Contact(phone=PHONE))
    ref, worker = made.bundles["walled"].parts["ref"], _author(made)
    same_step = {"id": worlds.new_id(), "case_ref": ref, "person": told, "part": Part.OTHER}
    Wall.objects.filter(user_id=worker.user_id).delete()
    cases.add_participant(worker, **same_step, now=clock.now())
    step(SYSTEM, do=lambda: _wall_again(made, worker))
    return made


def _author(world: World):
    return world.members["social_worker"].actor


def _wall_again(world: World, actor) -> None:
    for subject in world.bundles["walled"].subjects:
        access.wall(subject, actor.user_id, why="matrix", now=clock.now())


def same(answer) -> tuple[int, bytes, list]:
    status, body, headers = answer
    kept = [(name, DRAWN.sub("", value)) for name, value in headers if name not in {"Set-Cookie", "ETag"}]
    return status, FRESH.sub(rb"\1", body), kept


def pages(world: World, role: str, client: Client, program: Client) -> dict[str, tuple[int, bytes, list]]:
    """Every address that names no file, by every method; searches by name, by number and by the code of the case."""
    found = {}
    ref = world.bundles["walled"].parts["ref"]
    for name, parts in ADDRESSES:
        rule = POLICY[name]
        if not rule.about and not rule.public and rule.methods.get("GET") in ROLES[role].permissions:
            found[f"GET {name}"] = same(asked(client, "GET", path_of(name, parts, world, "own", role)))
    for words in (NAME, PHONE, ref):
        found[f"search {words}"] = same(posted(client, "/search/", {"words": words, "why": "emergency"}))
    for name, parts in FOR_PROGRAMS:
        if not POLICY[name].about and "GET" in POLICY[name].methods:
            found[f"API {name}"] = same(asked(program, "GET", api_path(name, parts, world, "own")))
    return found


def posted(client, path: str, told: dict[str, str]):
    client.cookies = client.held.copy()
    with undone():
        answer = client.post(path, told)
    return answer.status_code, answer.content, sorted((k, v) for k, v in answer.items() if k != "Content-Length")


def without(world: World, actor) -> None:
    """The file does not concern the actor at all: no grant, no duty, no visit, no notice, no wall. Who oversees a
    territory counts its duties, whosever they are; so there are none."""
    subjects = world.bundles["walled"].subjects
    others = [world.members[role].actor.post_id for role in ("applicant", "analyst")]
    elsewhere = next(one for one in others if one != actor.post_id)
    Grant.objects.filter(subject_id__in=subjects).delete()
    Wall.objects.filter(user_id=actor.user_id, subject_id__in=subjects).delete()
    for model in (DutyEnd, Duty):
        model.objects.filter(subject_id__in=subjects)._raw_delete("default")  # what leads to them is put back with them
    Visit.objects.filter(subject_id__in=subjects).update(post_id=elsewhere)
    Notice.objects.filter(subject_id__in=subjects).update(to_post=elsewhere)


def check(world: World, role: str) -> None:
    who = client_of(world, role), program_of(world, role)
    with time_machine.travel(clock.now(), tick=False):  # "a minute ago" is the same minute
        compare(world, role, who)


def compare(world: World, role: str, who: tuple[Client, Client]) -> None:
    actor, parts = world.members[role].actor, world.bundles["walled"].parts
    before = pages(world, role, *who)
    ref = str(parts["ref"])
    telling = [ref, f"{ref[:5]}-{ref[5:]}", NAME]
    telling += [str(parts[name]) for name in ("report", "person", "duty_id", "order", "opening", "alarm", "export")]
    bodies = {name: answer[1].decode(errors="replace") for name, answer in before.items()}
    found = [(name, word) for name, body in bodies.items() for word in telling if word in body]
    assert [one for one in found if not one[0].startswith("search ")] == []  # what was typed stands in its own field
    with undone():
        without(world, actor)
        after = pages(world, role, *who)
    skipped = {"GET desk:log"}  # the record itself: below
    differing = [name for name in before if name not in skipped and before[name] != after[name]]
    assert before.keys() == after.keys() and differing == []


@pytest.mark.parametrize("role", QUICK)
def test_requirement_20_every_list_count_search_and_file_is_as_if_the_file_were_not_there(world, role):
    check(world, role)


@pytest.mark.deep
@pytest.mark.parametrize("role", sorted(set(ROLES) - set(QUICK)))
def test_requirement_20_for_every_other_role(world, role):
    check(world, role)


def test_requirement_20_an_auditor_who_is_shut_out_finds_no_entry_of_the_file(world):
    actor = world.members["auditor"].actor
    subjects = set(world.bundles["walled"].subjects)
    shown = reading.entries(actor, hidden=sight.walled_from(actor))
    about = set(AuditEntry.objects.filter(id__in=[line.id for line in shown]).values_list("subject_id", flat=True))
    assert shown and about & subjects == set()


def test_a_wall_beats_a_grant_of_the_post_and_of_the_organisation(world):
    actor = _author(world)
    subject = world.bundles["walled"].subjects[0]
    for holder in actor.holders:
        step(SYSTEM, do=lambda h=holder: access.grant(subject, h, why="matrix", now=clock.now()))
    assert connection.vendor in {"sqlite", "postgresql"} and post_holder(actor.post_id or 0) in actor.holders
    client = client_of(world, "social_worker")
    assert asked(client, "GET", f"/cases/{world.bundles['walled'].parts['ref']}/")[0] == 404
