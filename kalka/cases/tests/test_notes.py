import pytest

from kalka.cases import selectors, services
from kalka.cases.models import Demand, Note
from kalka.cases.rules import Circle, NewDemand, NewNote
from kalka.cases.tests import factories as make
from kalka.cases.tests.factories import NOW, TODAY
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id

pytestmark = [pytest.mark.django_db, pytest.mark.both]
TEXT = "Уктай албайт, коркот."


@pytest.fixture
def world():
    world = make.raion()
    world.case = make.opened(world)
    for other in (world.psychologist, world.colleague, world.worker):
        make.join(world.inspector, world.case, other)
    return world


def write(world, author, circle=Circle.PSYCHOLOGIST, readers=()):
    told = NewNote(circle, TEXT, readers)
    return services.write_note(author, id=new_id(), case_ref=world.case.ref, told=told, now=NOW)


def shown(world, actor):
    return [(one.circle, one.text) for one in selectors.case_page(actor, world.case.ref, now=NOW).notes]


def test_the_team_reads_its_notes(world):
    write(world, world.inspector, Circle.TEAM)
    assert shown(world, world.worker) == shown(world, world.psychologist) == [("team", TEXT)]


def test_a_psychologists_note_opens_to_its_author_alone(world):
    note = write(world, world.psychologist)
    assert shown(world, world.psychologist) == [("psychologist", TEXT)]
    for other in (world.inspector, world.worker, world.colleague):
        assert shown(world, other) == [("psychologist", "")]
        assert not selectors.case_page(other, world.case.ref, now=NOW).keys.has(note.subject_id, "note")


def test_a_named_colleague_of_the_organisation_reads_it_too(world):
    write(world, world.psychologist, readers=(world.colleague.post_id,))
    assert shown(world, world.colleague) == [("psychologist", TEXT)]
    assert shown(world, world.inspector) == [("psychologist", "")]


@pytest.mark.parametrize("reader", ["inspector", "crisis"])
def test_nobody_of_another_organisation_or_outside_the_case_is_named(world, reader):
    with pytest.raises(DomainError, match="cases.reader_of_another_organisation"):
        write(world, world.psychologist, readers=(getattr(world, reader).post_id,))
    assert Note.objects.count() == 0


def test_nobody_writes_the_note_of_another_profession(world):
    with pytest.raises(DomainError, match="cases.circle_not_yours"):
        write(world, world.inspector, Circle.MEDICAL)
    assert Note.objects.count() == 0


def test_a_demand_is_written_down_and_opens_nothing(world):
    note = write(world, world.psychologist)
    told = NewDemand("investigator", TODAY, "№ 14-220, ст. 177", note.pk)
    services.record_demand(world.worker, id=new_id(), case_ref=world.case.ref, told=told, now=NOW)
    assert Demand.objects.get().note_id == note.pk
    page = selectors.case_page(world.worker, world.case.ref, now=NOW)
    assert [(one.who, one.ground) for one in page.demands] == [("investigator", told.ground)]
    assert shown(world, world.worker) == [("psychologist", "")]


def test_who_may_not_answer_demands_records_none(world):
    with pytest.raises(AccessDenied, match="core.not_permitted"):
        told = NewDemand("court", TODAY, "№ 1")
        services.record_demand(world.inspector, id=new_id(), case_ref=world.case.ref, told=told, now=NOW)
    assert Demand.objects.count() == 0


def test_a_file_is_kept_sealed_and_given_back_as_it_came(world):
    content = b"%PDF-1.7 " + TEXT.encode()
    row = services.attach(
        world.inspector, id=new_id(), case_ref=world.case.ref, name="Справка.pdf", content=content, now=NOW
    )
    (line,) = selectors.case_page(world.worker, world.case.ref, now=NOW).attachments
    assert (line.id, line.name) == (row.pk, "Справка.pdf")
    assert selectors.attachment(world.worker, world.case.ref, row.pk, now=NOW).content == content
    entry = AuditEntry.objects.order_by("id").last()
    assert (entry.kind, entry.command, entry.subject_id) == ("read", "cases.attachment", world.case.subject_id)
    with pytest.raises(AccessDenied):
        selectors.attachment(world.stranger, world.case.ref, row.pk, now=NOW)
