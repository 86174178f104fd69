"""The paper of a visit, word for word, in both languages; and that nothing stands on it that may not."""

from pathlib import Path

import pytest
from django.test import RequestFactory

from kalka.cases.tests.factories import NOW, WOMAN
from kalka.core.errors import AccessDenied
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id, show_ref
from kalka.followup import documents, services, views
from kalka.followup.rules import NewSaid
from kalka.followup.tests.factories import DAY, HOUR, WORDS, ordered, visit, world
from kalka.papers.tests.factories import everything, text

pytestmark = [pytest.mark.django_db]
GOLDEN = Path(__file__).parent / "golden"
HERS = "Эч ким келген жок, үйдө элем"


@pytest.fixture
def at():
    return world()


def written(at):
    """With a correction, and with an answer of hers that speaks against it."""
    ordered(at.inspector, at.case)
    told = {"visited_at": NOW - 14 * HOUR, "found": "protected", "kept": "kept", "zone": "inside", "told": WORDS}
    made = visit(at.inspector, at.case, **told)
    row = {"case_ref": at.case.ref, "visit_id": made.pk}
    services.correct_visit(at.inspector, id=new_id(), text="Саат экиде эмес, үчтө.", now=NOW + HOUR, **row)
    said = NewSaid(said="not_came", way="safe_contact", told=HERS)
    services.record_said(at.worker, id=new_id(), told=said, now=NOW + HOUR, **row)
    return made


@pytest.mark.parametrize("lang", ["ky", "ru"])
def test_the_paper_says_what_it_said_and_never_what_she_says(at, lang):
    made = written(at)
    pdf = documents.paper(at.inspector, at.case.ref, made.pk, lang=lang, now=NOW + DAY)
    found = " ".join(text(pdf).replace(show_ref(at.case.ref), "CODE").split()) + "\n"
    assert found == (GOLDEN / f"visit.{lang}.txt").read_text(encoding="utf-8")
    whole = everything(pdf)
    for word in (HERS, WOMAN.names[0].family, WOMAN.names[0].given, WOMAN.contact.address, WOMAN.contact.phone):
        assert word.encode() not in whole and word.encode("utf-16-be") not in whole, word


def test_what_nobody_said_is_left_out(at):
    plain = text(documents.paper(at.inspector, at.case.ref, visit(at.inspector, at.case).pk, lang="ru", now=NOW))
    for words in ("Зона", "Соблюдение ордера", "Отметка о часах", "Добавлено позже", "Что увидели"):
        assert words not in plain


def test_it_is_printed_from_its_address_for_whoever_sees_the_file_and_the_reading_is_recorded(at):
    made = visit(at.inspector, at.case, told=WORDS)

    def printed(actor, lang="ky"):
        request = RequestFactory().get("/")
        request.actor, request.now, request.LANGUAGE_CODE = actor, NOW, "ky"
        return views.printed(request, at.case.ref, made.pk, lang)

    answer = printed(at.worker)
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "application/pdf",
        'attachment; filename="visit-ky.pdf"',
    )
    assert AuditEntry.objects.latest("id").command == "followup.paper"
    for actor, lang in ((at.stranger, "ky"), (at.worker, "en")):
        with pytest.raises(AccessDenied):
            printed(actor, lang)
