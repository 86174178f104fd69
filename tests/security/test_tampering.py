"""Sealed bytes that were altered, cut or exchanged in the database: the page does not open, and says nothing."""

import json
from collections.abc import Callable

import pytest
from django.template import Context, Template
from django.test import Client

from kalka.core.models import AuditEntry
from kalka.intake.models import Correction, Report
from kalka.people.models import Person
from kalka.ui import problems
from kalka.vault.crypto import Refused
from kalka.vault.fields import SHOWN, Sealed
from kalka.vault.models import SubjectKey
from tests.security.installed import Installed
from tests.security.markers import found
from tests.undoing import undone

pytestmark = pytest.mark.both

SPOILED: dict[str, Callable[[bytes], bytes]] = {
    "another format": lambda b: b"\x02" + b[1:],
    "a bit of the nonce": lambda b: b[:3] + bytes([b[3] ^ 1]) + b[4:],
    "a bit in the middle": lambda b: b[: len(b) // 2] + bytes([b[len(b) // 2] ^ 128]) + b[len(b) // 2 + 1 :],
    "the last bit": lambda b: b[:-1] + bytes([b[-1] ^ 1]),
    "one byte short": lambda b: b[:-1],
    "one byte long": lambda b: b + b"\0",
    "half": lambda b: b[: len(b) // 2],
    "a single byte": lambda b: b[:1],
    "other bytes": lambda b: bytes(len(b)),
}


def put(model, pk, field: str, blob: bytes) -> None:
    model._default_manager.filter(pk=pk).update(**{field: Sealed(blob) if field != "wrapped" else blob})


class Tampered(Installed):
    def setUp(self) -> None:
        super().setUp()
        self.walk.be("sotsial")
        self.client_ = Client(raise_request_exception=False)
        self.client_.cookies = self.walk.client.cookies
        self.report = Correction.objects.get().report

    def opens(self, path: str) -> int:
        """The status; and when it is a refusal, that it is the constant page and that it was recorded."""
        already = AuditEntry.objects.filter(refusal="vault.refused").count()
        with undone():
            answer = self.client_.post(path) if path.endswith("/identity/") else self.client_.get(path)
            if answer.status_code == 500:
                assert answer.content == problems.problem(500).content
                assert answer.headers["Cache-Control"] == "no-store"
                assert AuditEntry.objects.filter(refusal="vault.refused").count() == already + 1
        return answer.status_code

    def test_an_altered_value_is_refused_and_nothing_is_shown(self) -> None:
        person = Person.objects.get(pk=self.parts["person"])
        cases = (
            (Report, self.report.pk, "told", f"/reports/{self.report.pk}/"),
            (Report, self.report.pk, "needs", f"/reports/{self.report.pk}/"),
            (Correction, Correction.objects.get().pk, "text", f"/reports/{self.report.pk}/"),
            (Person, person.pk, "identity", f"/cases/{self.parts['ref']}/identity/"),
            (Person, person.pk, "contact", f"/cases/{self.parts['ref']}/identity/"),
        )
        shown = []
        for model, pk, field, path in cases:
            change = model is Person and person.changes.order_by("-number").first()
            model, pk = (type(change), change.pk) if change else (model, pk)
            whole = getattr(model._default_manager.get(pk=pk), field).blob
            assert self.opens(path) == 200
            for what, spoil in SPOILED.items():
                put(model, pk, field, spoil(whole))
                if (status := self.opens(path)) != 500:
                    shown.append(f"{model.__name__}.{field}, {what}: {status}")
            put(model, pk, field, whole)
            assert self.opens(path) == 200
        assert shown == []

    def test_an_altered_key_is_refused_too(self) -> None:
        path = f"/reports/{self.report.pk}/"
        key = SubjectKey.objects.get(subject_id=self.report.subject_id, klass="narrative")
        whole = bytes(key.wrapped)
        other = SubjectKey.objects.filter(klass="narrative").exclude(pk=key.pk).first()
        for blob in (
            whole[:-1],
            whole[:-1] + bytes([whole[-1] ^ 1]),
            whole[:9] + bytes([whole[9] ^ 255]) + whole[10:],
            bytes(other.wrapped),
        ):
            put(SubjectKey, key.pk, "wrapped", blob)
            assert self.opens(path) == 500

    def test_a_value_moved_to_another_place_is_refused(self) -> None:
        path = f"/reports/{self.report.pk}/"
        told, needs = self.report.told.blob, self.report.needs.blob
        other = Report.objects.exclude(pk=self.report.pk).first()
        for field, blob in (
            ("told", needs),
            ("told", other.told.blob),
            ("needs", told),
            ("told", self.report.contact.blob),
        ):
            put(Report, self.report.pk, field, blob)
            assert self.opens(path) == 500
            put(Report, self.report.pk, "told", told)
            put(Report, self.report.pk, "needs", needs)
        assert self.opens(path) == 200

    def test_what_is_logged_of_it_is_the_page_and_a_code(self) -> None:
        import io
        from contextlib import redirect_stderr

        import structlog

        put(Report, self.report.pk, "told", b"\1" * 99)
        said = io.StringIO()
        with redirect_stderr(said):
            structlog.configure(logger_factory=structlog.PrintLoggerFactory(said))
            assert self.opens(f"/reports/{self.report.pk}/") == 500
        from config import logs

        logs.configure()
        lines = [json.loads(line) for line in said.getvalue().splitlines()]
        assert {"page": "intake:report", "code": "vault.refused"}.items() <= lines[0].items()
        assert found(said.getvalue().encode()) == [] and str(self.report.pk) not in said.getvalue()


def test_a_sealed_value_shows_itself_as_sealed_everywhere():
    report = Report(told=Sealed(b"\1secret"), reporter=Sealed(b"\1secret"))
    shown = [repr(report.told), str(report.told), f"{report.told}", f"{report.told:>9}", f"{report.told}"]
    shown.append(Template("{{ report.told }}").render(Context({"report": report})))
    shown.append(Report._meta.get_field("told").value_to_string(report))
    assert set(shown) == {SHOWN}
    assert "secret" not in repr(report) + str(report) + repr(vars(report))
    for use in (json.dumps, lambda one: one == one, hash, len, list):
        with pytest.raises(TypeError):
            use(report.told)


def test_a_refusal_says_nothing_of_what_was_refused():
    assert str(Refused()) == "" and Refused().args == ()
