"""What a page or an operation did not ask for is ignored or refused, and stands in the record."""

import json

import pytest
from django.apps import apps

from config.policy import POLICY
from kalka.access.unasked import CODE
from kalka.core import clock
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from tests.security import flow, forms, programs
from tests.security.installed import POSTED, Installed, readers
from tests.security.offered import CLAIMED, OTHERS
from tests.security.test_bad_input import filled
from tests.undoing import undone

pytestmark = pytest.mark.seldom


def noted(code: str = CODE) -> list[tuple[str, int]]:
    return list(AuditEntry.objects.filter(kind="refused", refusal=code).values_list("command", "actor_id"))


class Unasked(Installed):
    def test_requirement_18_whoever_sends_what_is_asked_is_not_noted(self) -> None:
        """The whole journey was walked: every form as its page has it."""
        flow.ending(self.walk, self.parts["ref"])
        flow.appointment(self.walk)
        assert noted() == []

    def test_requirement_18_what_a_form_did_not_ask_for_is_ignored_and_noted(self) -> None:
        """Each form of the staff, once as it is and once with more: fields nobody may write among them."""
        wrong, tried = [], 0
        for name in POSTED:
            path = self.path(name)
            for login in readers(POLICY[name], "POST", self.walk):
                answer = self.walk.be(login).client.get(path)
                if answer.status_code == 200 and not answer.streaming:
                    break
            else:
                continue
            shown = [one for one in forms.read(answer.content.decode()) if one.method == "post"]
            form = next((one for one in shown if one.asks and one.action in {"", path}), None)
            if form is None:
                continue
            tried += 1
            actor = self.walk.members[login].actor.user_id
            for more, expected in (({}, []), (CLAIMED, [(name, actor)])):
                sent = filled(form) | {key: value for key, value in more.items() if key not in form.controls}
                with undone():
                    status = self.walk.client.post(path, sent).status_code
                    if status != 404 and noted() != expected:
                        wrong.append(f"{name} as {login}, with {sorted(more)}: {noted()}")
                    wrong += [f"{name}: {one}" for one in claimed()]
        assert wrong == []
        assert tried > 25

    def test_requirement_18_what_an_operation_did_not_ask_for_is_refused_and_noted(self) -> None:
        program = programs.client(self.walk, "katchy")
        path = f"/api/v1/reports/{new_id()}"
        told = {"danger": "unsure", "told_on": str(clock.day_of(clock.now())), "what": "Кыйкырык"}
        for more in ({"author_id": OTHERS}, {"subject_id": str(new_id())}, {"recorded_at": "1999-09-09"}):
            answer = program.put(path, json.dumps({**told, **more}), content_type="application/json")
            assert answer.status_code == 422
        assert program.get("/api/v1/reports?author_id=1").status_code == 422
        actor = self.walk.members["katchy"].actor.user_id
        assert noted("api.unknown_key") == [("api:report", actor)] * 3 + [("api:reports", actor)]
        assert program.put(path, json.dumps(told), content_type="application/json").status_code == 201


def claimed() -> list[str]:
    """The columns that took what nobody asked for."""
    found = []
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            wanted = OTHERS if column.name in {"author_id", "post_id", "actor_id", "user_id"} else None
            wanted = CLAIMED["subject_id"] if column.name == "subject_id" else wanted
            if wanted is not None and model._default_manager.filter(**{column.name: wanted}).exists():
                found.append(f"{model._meta.label}.{column.name}")
    return found
