"""Every form of the whole journey sent three times at the same moment: each is answered as what was done, and
afterwards there is not one row more than when each was sent once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import connection
from django.test import Client

from kalka.core import chain, clock, verifying
from kalka.demo.staffing import staff
from tests.security import flow
from tests.security.flow import Walk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.deep]

HANDS = 3
# The record counts every sending; sessions and drafts are not about a file.
UNCOUNTED = {
    "AuditEntry",
    "AuditSeal",
    "AuditHead",
    "AuditKey",
    "AuditSecret",
    "Session",
    "Draft",
    "KeptForm",
    "ReporterRead",
}
rows: dict[str, dict[str, int]] = {}


class Impatient(Walk):
    def send(self, path: str, sent: dict[str, Any], *, status: int = 302) -> str:
        held = {name: self._held(value) for name, value in sent.items() if value is not None}
        with ThreadPoolExecutor(HANDS) as hands:
            answers = list(hands.map(lambda _: self._one(path, held), range(HANDS)))
        codes = {code for code, _where, _page in answers}
        # A step may take away the sight it was taken with: whoever presses again then finds no such page.
        assert status in codes <= {status, 404}, (self.who, path, [one[:2] for one in answers])
        done = next(one for one in answers if one[0] == status)
        return done[1] or done[2]

    def _held(self, value: Any) -> Any:
        return (value.name, value.read(), value.content_type) if isinstance(value, UploadedFile) else value

    def _one(self, path: str, held: dict[str, Any]) -> tuple[int, str, str]:
        client = Client(headers={"accept-encoding": "identity"})
        client.cookies.update(self.client.cookies)
        given = {name: SimpleUploadedFile(*v) if isinstance(v, tuple) else v for name, v in held.items()}
        try:
            answer = client.post(path, given)
            return answer.status_code, answer.headers.get("Location", ""), answer.content.decode("utf-8", "replace")
        finally:
            connection.close()


@pytest.mark.parametrize("walker", [Walk, Impatient])
def test_a_journey_of_double_clicks_leaves_what_one_of_single_ones_leaves(walker):
    walk = walker(staff(clock.now()))
    report = flow.reports(walk)
    ref = flow.people(walk, report)
    flow.happened(walk, ref)
    flow.protection(walk, ref)
    flow.ending(walk, ref)
    chain.seal()
    assert verifying.verify().fault is None
    rows[walker.__name__] = {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model.__module__.startswith("kalka.") and model.__name__ not in UNCOUNTED
    }
    assert rows[walker.__name__] == rows["Walk"]
