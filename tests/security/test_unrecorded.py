"""What cannot be written down in the record is not shown: each page that shows what somebody wrote, each step of the
whole journey, programs, files, and the console."""

import re
from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from django.db import connection
from django.http import HttpResponseBase
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.policy import POLICY
from kalka.accounts.models import Session
from kalka.cases.models import Case
from kalka.cli.searching import search
from kalka.core.actors import SYSTEM_ID
from kalka.core.models import AuditEntry
from kalka.people.models import Identifier
from kalka.vault import keys
from kalka.vault.models import IndexBlock, SubjectKey
from tests.architecture.tree import ROOT
from tests.security import flow, helped, insiders, programs, rest, sheltering
from tests.security.installed import ADDRESSES, POSTED, Installed, readers
from tests.security.markers import found
from tests.security.unrecorded import Unrecorded, body_of, unwritable
from tests.undoing import undone

pytestmark = pytest.mark.seldom
KEYS, WHO = SubjectKey._meta.db_table, Session._meta.db_table  # who asks is found out with their own name's key


def words_of(answer: HttpResponseBase) -> list[bytes]:
    return found(body_of(answer)) if answer.status_code == 200 else []


class Pages(Installed):
    def pages(self) -> Iterator[tuple[str, str, str]]:
        """Name, address and reader of each page that can be asked for."""
        for name, wanted in ADDRESSES:
            rule = POLICY[name]
            if "GET" in rule.methods and not name.startswith("api:") and set(wanted) <= self.parts.keys():
                path = reverse(name, kwargs={part: self.parts[part] for part in wanted})
                yield from ((name, path, login) for login in readers(rule, "GET", self.walk))

    def asked(self, path: str, login: str) -> tuple[list[bytes], int]:
        """The words of it, and how many reads were written down. Nothing of it stays."""
        client = self.walk.be(login).client
        client.raise_request_exception = False
        with undone():
            before = AuditEntry.objects.filter(kind="read").count()
            words = words_of(client.get(path))
            connection.needs_rollback = False
            written = AuditEntry.objects.filter(kind="read").count() - before
        return words, written

    def test_requirement_49_what_is_read_is_on_record_and_what_is_not_on_record_is_not_read(self) -> None:
        unwritten, shown, telling = [], [], set()
        for name, path, login in self.pages():
            words, written = self.asked(path, login)
            if not words:
                continue
            telling.add(name)
            unwritten += [] if written else [f"{name} as {login}"]
            with connection.execute_wrapper(unwritable):
                words, _ = self.asked(path, login)
            shown += [f"{name} as {login}"] if words else []
        assert (unwritten, shown) == ([], [])
        assert len(telling) > 10, telling


# Posts that neither show anybody's words nor do anything in a file: one's own door, devices, language and post.
OWN = {name for name in POSTED if name.startswith("accounts:")} | {"desk:post"}


# Each a command like all others, which its module's own tests try.
COMMANDS = {
    "committees": "found project approve describe plan who member_new member office undertaking leave tasks",
    "complaints": "call_new call paper_new paper",
    "families": "note seat step",
    "followup": "said",
    "intake": "receipt",
    "library": "new material version conference_new story_new story",
    "monitoring": "register step answer",
    "orders": "no_order",
    "prevention": "new withdraw roll photo_new photo",
    "proceedings": "new hold weapon step end release",
    "programmes": "group_new session step threat case evasion",
    "results": "reports acknowledge",
    "risk": "happened practice",
    "sittings": "new sitting put roll decide conflict decision addendum",
    "training": "programme new enrol results measure certificates take_back focal learnt period check check_in",
}
# What no step of the walk comes to, and who sees to it.
ELSEWHERE = {
    **{f"{of}:{name}": f"kalka/{of}/tests: commands" for of, names in COMMANDS.items() for name in names.split()},
    "closure:close": "needs every duty of the file done; a command like all others",
    "closure:reopen": "as above",
    "portal:receipt": "two words of a report to whoever holds its number; nobody's words, and nobody knows who asked",
    "portal:receipt_in": "as above",
    "portal:refused": "reads nothing: what a browser says of itself, of which one line of the log is left",
}
# What somebody half wrote is given back to themselves alone, out of their own compartment: nobody reads of anybody.
HALF_WRITTEN = "GET intake:new as"


class Steps(TestCase):
    """The journey, and what people inside do, each step first while the record takes nothing."""

    def test_requirement_49_no_step_shows_or_does_what_is_not_on_record(self) -> None:
        keys.forget()
        keys.ensure_keks()
        walk = Unrecorded(flow.begin().members)
        flow.everything(walk)
        ref = Case.objects.exclude(report_id=None).earliest("recorded_at").ref
        insiders.everything(walk, ref)
        narrower = {"born": "", "sex": "", "place": "", "duty": None}
        walk.be("sotsial").does("/search/", status=200, why="reason", query=insiders.PIN, **narrower)  # two are found
        helped.everything(walk, ref)
        sheltering.everything(walk, ref)
        rest.everything(walk, ref)
        unwritten = [one for one in walk.unwritten if not one.startswith(HALF_WRITTEN)]
        shown = [one for one in walk.shown if not one.startswith(HALF_WRITTEN)]
        assert (shown, walk.done, unwritten) == ([], [], [])
        assert {"POST desk:search", "POST intake:reporter", "POST cases:identity"} <= walk.telling
        assert {name for name in POSTED if f"POST {name}" not in walk.tried} - OWN == ELSEWHERE.keys()


class Programs(Installed):
    """They are told codes, days and references of the files that are their post's own: for these no key is used."""

    def test_requirement_49_no_answer_to_a_program_needs_a_key_or_holds_a_word(self) -> None:
        wrong, asked = [], 0
        given = self.parts | {"id": self.parts["report"], "duty": self.parts["duty_id"], "key": "order.duration_days"}
        for name, wanted in ADDRESSES:
            if "GET" not in POLICY[name].scopes or not set(wanted) <= given.keys():
                continue
            own = {"api:order": {"id": self.parts["order"]}}.get(name, {})
            path = reverse(name, kwargs={part: (given | own)[part] for part in wanted})
            for login in readers(POLICY[name], "GET", self.walk):
                with undone():
                    program = programs.client(self.walk, login)
                    with CaptureQueriesContext(connection) as statements:
                        answer = program.get(path)
                asked += answer.status_code == 200
                used = [one for one in statements.captured_queries if KEYS in one["sql"] and WHO not in one["sql"]]
                wrong += [f"{name} as {login}"] if used or words_of(answer) else []
        assert wrong == []
        assert asked > 20

    def test_requirement_49_what_a_program_looks_up_in_files_of_others_is_on_record_or_not_answered(self) -> None:
        program = programs.client(self.walk, "inspektor")
        program.raise_request_exception = False
        where, asked = "/api/v1/orders/lookup", {"number": "12/345"}
        with undone():
            before = AuditEntry.objects.filter(kind="read").count()
            assert program.post(where, asked, content_type="application/json").status_code == 200
            assert AuditEntry.objects.filter(kind="read").count() == before + 1
        with undone(), connection.execute_wrapper(unwritable):
            answer = program.post(where, asked, content_type="application/json")
        assert (answer.status_code, b"items" in answer.content) == (500, False)


class Console(Installed):
    def test_requirement_49_the_console_reads_nobody_off_the_record(self) -> None:
        """The index of names and the digests of numbers are made from what is opened for them alone."""
        Identifier.objects.all().delete()
        for told, made in ((["build", "--quiet"], IndexBlock), (["identify", "--quiet"], Identifier)):
            with undone():
                with connection.execute_wrapper(unwritable):
                    done = CliRunner().invoke(search, told)
                connection.needs_rollback = False
                assert (done.exit_code, made.objects.count(), found(done.output.encode())) == (1, 0, [])
            read = AuditEntry.objects.filter(kind="read", actor_id=SYSTEM_ID)
            before = read.count()
            done = CliRunner().invoke(search, told)
            assert (done.exit_code, found(done.output.encode())) == (0, []), done.output
            assert made.objects.exists() and read.count() > before


def test_requirement_49_no_command_of_the_console_has_a_way_to_a_key_but_those_that_record() -> None:
    opening = re.compile(r"\b(unlock\w*|own_keys|bytes_key|unlock_stored|Passage)\b")
    assert [path.name for path in (ROOT / "kalka" / "cli").glob("*.py") if opening.search(path.read_text())] == []
