"""What a page or an operation did not ask for is ignored or refused, and stands in the record."""

import json

import pytest
from django.apps import apps
from django.db import connection

from config.policy import POLICY
from kalka.access.unasked import CODE
from kalka.core import clock
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.intake.models import Report
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

    def test_what_a_table_took_would_be_found(self) -> None:
        for taken in ({"author_id": OTHERS}, {"post_id": OTHERS}, {"subject_id": CLAIMED["subject_id"]}):
            with undone():
                Report.objects.filter(pk=self.parts["report"]).update(**taken)
                assert claimed() == ["intake.Report"]
        assert claimed() == []

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
    """The tables a column of which took what nobody asked for: all of them in one question."""
    wanted = dict.fromkeys(("author_id", "post_id", "actor_id", "user_id"), str(OTHERS))
    wanted |= {"subject_id": CLAIMED["subject_id"]}
    asked = []
    for model in apps.get_models():
        columns = [one for one in model._meta.concrete_fields if one.name in wanted]
        if met := [f"{one.column} = '{one.get_db_prep_value(wanted[one.name], connection)}'" for one in columns]:
            where = f"SELECT 1 FROM {model._meta.db_table} WHERE {' OR '.join(met)}"
            asked.append(f"SELECT '{model._meta.label}' WHERE EXISTS ({where})")
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return [name for (name,) in cursor.fetchall()]
