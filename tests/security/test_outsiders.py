"""Whatever JSON comes, soon an answer; whatever text, no pattern is kept busy; and who is outside meets no word."""

import json
import time

import pytest

from config.policy import POLICY
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.core.refs import read_ref
from kalka.directory.roles import ROLES
from kalka.files.rules import shown_name, sniff
from kalka.people.rules.names import fold
from tests.security import installed, programs
from tests.security.installed import Installed, readers
from tests.security.markers import found

pytestmark = pytest.mark.seldom

# Whatever JSON comes

SOON = 0.5  # seconds of the processor, on a machine that others use as well
JSONS = {
    "three thousand deep": b'{"what": ' + b"[" * 3_000 + b"]" * 3_000 + b"}",
    "a megabyte of brackets": b"[" * 1_000_000,
    "a hundred thousand keys": json.dumps({f"k{n}": 1 for n in range(100_000)}).encode(),
    "a very long number": b'{"what": ' + b"9" * 100_000 + b"}",
    "half a letter": b'{"what": "\\ud800"}',
    "no number at all": b'{"what": NaN, "danger": Infinity}',
}


class Deep(Installed):
    def test_requirement_46_whatever_json_comes_is_refused_soon(self) -> None:
        wrong = []
        writing = [
            (name, method) for name, rule in POLICY.items() for method in rule.scopes if method in {"POST", "PUT"}
        ]
        assert writing
        for name, method in writing:
            client = programs.client(self.walk, readers(POLICY[name], method, self.walk)[0])
            wanted = dict(installed.ADDRESSES)[name]
            given = {**self.parts, "id": "00000000-0000-4000-8000-000000000001", "duty": self.parts["duty_id"]}
            path = installed.reverse(name, kwargs={part: given[part] for part in wanted})
            for what, body in JSONS.items():
                begun = time.process_time()
                answer = client.generic(method, path, body, content_type="application/json")
                took = time.process_time() - begun
                if not 400 <= answer.status_code < 500 or took > SOON:
                    wrong.append(f"{method} {name}, {what}: {answer.status_code} after {took:.2f} s")
        assert wrong == []


GREEDY = (
    "a" * 50_000 + "!",
    "<" * 50_000,
    " \t" * 25_000 + "x",
    "-" * 50_000,
    "Ң́" * 20_000,
    "../" * 16_000,
    "0" * 50_000,
)


@pytest.mark.parametrize("said", GREEDY, ids=range(len(GREEDY)))
def test_requirement_46_no_text_keeps_a_pattern_busy(said: str) -> None:
    for read in (fold, shown_name, lambda text: sniff(text.encode()), _reference):
        begun = time.process_time()
        read(said)
        assert time.process_time() - begun < SOON, read


def _reference(text: str) -> str:
    try:
        return read_ref(text)
    except AccessDenied:
        return ""


# Who sits on a committee


class Committee(Installed):
    def test_requirement_22_who_may_open_no_case_meets_no_word_of_one(self) -> None:
        """Neither a name nor a place, a number or what was told: on no page that opens for them."""
        outside = [
            login
            for login, member in self.walk.members.items()
            if Permission.CASE_READ not in ROLES[member.actor.role].permissions
            and Permission.REPORT_RECEIVE not in ROLES[member.actor.role].permissions
        ]
        assert len(outside) >= 4
        wrong, looked = [], 0
        for login in outside:
            for name, wanted in installed.ADDRESSES:
                unknown = not set(wanted) <= self.parts.keys()
                if unknown or name.startswith(("api:", "statistics:export")) or "GET" not in POLICY[name].methods:
                    continue
                path = installed.reverse(name, kwargs={part: self.parts[part] for part in wanted})
                answer = self.walk.be(login).client.get(path)
                if answer.status_code == 200 and not answer.streaming:
                    looked += 1
                    wrong += [f"{login} {name}"] if found(answer.content, inside=False) else []
        assert wrong == []
        assert looked > len(outside) * 2
