import pytest

from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.files import selectors, services
from kalka.files.frames import FRAME
from kalka.files.models import Attachment, Frame
from kalka.files.rules import Media
from kalka.files.tests.factories import JPEG, NOW, OTHER, PDF, WORKER, keep, new_subject
from kalka.vault.crypto import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_a_file_is_kept_as_it_came_and_opens_whole() -> None:
    subject_id, keys = new_subject()
    content = JPEG + b"\x5a" * (2 * FRAME)
    row = keep(WORKER, keys=keys, subject_id=subject_id, id=new_id(), content=content, name="C:\\a\\сүрөт.jpg")
    opened = selectors.opened(WORKER, keys, subject_id, row.pk)
    assert (opened.media, opened.content) == (Media.JPEG, content)
    assert (row.media, row.frames, row.subject_id, row.author_id) == ("jpeg", 3, subject_id, WORKER.user_id)
    (line,) = selectors.attachments(WORKER, keys, subject_id)
    assert (line.id, line.name, line.media, line.size) == (row.pk, "сүрөт.jpg", Media.JPEG, len(content))
    entry = AuditEntry.objects.get()
    assert (entry.kind, entry.subject_id, entry.object) == ("done", subject_id, "files.Attachment")


def test_neither_name_nor_content_is_stored_in_clear() -> None:
    subject_id, keys = new_subject()
    keep(WORKER, keys=keys, subject_id=subject_id, id=new_id(), content=PDF + b"KANARYA", name="Айгүл Асанова.pdf")
    stored = b"".join(bytes(f) for f in Frame.objects.values_list("sealed", flat=True))
    stored += Attachment.objects.get().told.blob
    assert b"KANARYA" not in stored
    assert "Айгүл".encode() not in stored


def test_the_same_file_sent_twice_is_kept_once() -> None:
    subject_id, keys = new_subject()
    id = new_id()
    first = keep(WORKER, keys=keys, subject_id=subject_id, id=id, content=JPEG)
    again = keep(WORKER, keys=keys, subject_id=subject_id, id=id, content=JPEG)
    assert first.pk == again.pk
    assert (Attachment.objects.count(), Frame.objects.count()) == (1, 1)


@pytest.mark.parametrize(("actor", "content"), [(OTHER, JPEG), (WORKER, PDF)], ids=["another", "other bytes"])
def test_anothers_id_or_other_bytes_are_refused(actor: object, content: bytes) -> None:
    subject_id, keys = new_subject()
    id = new_id()
    keep(WORKER, keys=keys, subject_id=subject_id, id=id, content=JPEG)
    with pytest.raises(AccessDenied):
        keep(actor, keys=keys, subject_id=subject_id, id=id, content=content)
    assert (Attachment.objects.count(), Frame.objects.count()) == (1, 1)


def test_a_refused_file_leaves_nothing_behind() -> None:
    subject_id, keys = new_subject()
    with pytest.raises(DomainError, match="files.kind_refused"):
        keep(WORKER, keys=keys, subject_id=subject_id, id=new_id(), content=b"<svg/>")
    assert (Attachment.objects.count(), Frame.objects.count()) == (0, 0)


def test_a_file_is_kept_inside_a_command_alone() -> None:
    subject_id, keys = new_subject()
    with pytest.raises(AssertionError):
        services.keep(WORKER, keys, id=new_id(), subject_id=subject_id, name="a", content=JPEG, now=NOW)
    assert Attachment.objects.count() == 0


def test_without_the_evidence_key_of_the_subject_nothing_is_told() -> None:
    subject_id, keys = new_subject()
    _, others = new_subject()
    row = keep(WORKER, keys=keys, subject_id=subject_id, id=new_id(), content=JPEG)
    with pytest.raises(AccessDenied):
        selectors.attachments(OTHER, others, subject_id)
    with pytest.raises(AccessDenied):
        selectors.opened(OTHER, others, subject_id, row.pk)


def test_a_file_of_another_subject_is_not_there() -> None:
    subject_id, keys = new_subject()
    other_id, others = new_subject()
    row = keep(WORKER, keys=keys, subject_id=subject_id, id=new_id(), content=JPEG)
    with pytest.raises(AccessDenied):
        selectors.opened(WORKER, keys.joined(others), other_id, row.pk)


def test_a_row_taken_away_or_moved_is_refused_before_anything_is_released() -> None:
    subject_id, keys = new_subject()
    row = keep(WORKER, keys=keys, subject_id=subject_id, id=new_id(), content=JPEG + bytes(3 * FRAME))
    Frame.objects.filter(attachment=row, index=3).delete()
    with pytest.raises(Refused):
        selectors.opened(WORKER, keys, subject_id, row.pk)
    Frame.objects.filter(attachment=row, index=2).update(index=9)
    with pytest.raises(Refused):
        selectors.opened(WORKER, keys, subject_id, row.pk)
