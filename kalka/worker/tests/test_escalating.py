from datetime import timedelta

import pytest
from django.utils import translation

from kalka.core.actors import SYSTEM
from kalka.core.errors import AccessDenied
from kalka.core.models import AuditEntry
from kalka.duties.tests.factories import NOW, acting, duty, standing, team
from kalka.notices import selectors as notices
from kalka.notices.models import Notice
from kalka.worker.escalating import escalate

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LATE = NOW + timedelta(days=2)


def test_a_late_duty_moves_up_and_whoever_it_came_to_is_told():
    office = team()
    late = duty(office.inspector)
    (moved,) = escalate(SYSTEM, now=LATE)
    assert (moved.subject_id, moved.from_post, moved.to_post) == (late.subject_id, office.inspector.pk, office.lead.pk)
    assert [d.assignee_id for d in standing()] == [office.lead.pk]
    notice = Notice.objects.get()
    assert (notice.kind, notice.to_post_id, notice.subject_id) == (moved.notice, office.lead.pk, late.subject_id)
    with translation.override("en"):
        (shown,) = notices.for_post(acting(office.lead), now=LATE)
    assert shown.words == "A duty that cannot wait was not done. Look now."
    assert notices.for_post(acting(office.inspector), now=LATE) == []


def test_moving_and_telling_are_one_entry_in_the_record():
    duty(team().inspector)
    before = AuditEntry.objects.count()
    escalate(SYSTEM, now=LATE)
    entry = AuditEntry.objects.latest("id")
    assert AuditEntry.objects.count() == before + 1
    assert (entry.command, entry.steps) == ("worker.escalate", "duties.roll")


def test_twice_is_once_and_only_the_installation_does_it():
    office = team()
    duty(office.inspector)
    escalate(SYSTEM, now=LATE)
    assert escalate(SYSTEM, now=LATE) == ()
    with pytest.raises(AccessDenied):
        escalate(acting(office.lead), now=LATE)
    assert Notice.objects.count() == 1
