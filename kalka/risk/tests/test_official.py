"""An approved form put in comes first, is told to the court as approved, and never changes."""

import pytest

from kalka.core.actors import SYSTEM
from kalka.core.errors import DomainError
from kalka.core.refs import new_id
from kalka.instruments import schema
from kalka.instruments.tests.test_editions import OFFICIAL
from kalka.risk import offered, selectors, services
from kalka.risk.models import OfficialForm
from kalka.risk.tests.factories import HOUR, NOW, assessed, world

pytestmark = [pytest.mark.django_db, pytest.mark.both]
THIRD = OFFICIAL.replace('version: "2"', 'version: "3"')


def put(text=OFFICIAL, by=SYSTEM, now=NOW):
    return services.put_in_form(by, id=new_id(), content=text.encode(), now=now)


def test_it_comes_first_and_the_empty_place_is_gone():
    put()
    assert [one.id for one in offered.offered()][0] == "KG-417"
    assert (offered.default().id, offered.default().version) == ("KG-417", "2")
    assert offered.empty_slots() == ()
    put(THIRD, now=NOW + HOUR)
    assert offered.default().version == "3"
    digest = schema.edition(OFFICIAL.encode(), "x").digest
    assert offered.used("KG-417", "2", digest).version == "2", "what was judged with it can still be confirmed"


def test_a_level_is_set_with_it_and_the_court_is_told_by_which_edition():
    at = world()
    put()
    answers = {"Q1": "no", "Q2": "yes"}
    made = assessed(at.inspector, at.case, "grave", judged="usual", instrument="KG-417", answers=answers)
    page = selectors.court_page(at.inspector, at.case.ref, made.pk, now=NOW)
    assert (made.level, page.edition.approval.act, page.edition.banner) == ("2/2", "resolution-417", None)
    assert selectors.current(at.inspector, at.case.subject_id, now=NOW).edition == "KG-417, 2"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (OFFICIAL.replace("status: official", "status: approved"), "datafile.refused"),
        (OFFICIAL.replace("id: KG-417", "id: OTHER"), "risk.no_such_slot"),
        (OFFICIAL.replace('version: "2"', 'version: "slot"'), "risk.form_there_already"),
        (OFFICIAL.replace("valid_from: 2025-08-01", "valid_from: 2026-11-24"), "risk.form_not_in_force_yet"),
        (OFFICIAL.replace("marked: [Q2], expect", "expect"), "instruments.golden_case_failed"),
    ],
)
def test_what_is_not_it_is_refused(text, code):
    with pytest.raises(DomainError) as refusal:
        put(text)
    assert refusal.value.code == code
    assert not OfficialForm.objects.exists()


def test_it_is_put_in_once_and_by_the_operator_alone():
    put()
    with pytest.raises(DomainError) as refusal:
        put()
    assert refusal.value.code == "risk.form_there_already"
    with pytest.raises(DomainError):
        put(THIRD, by=world().inspector)
    assert OfficialForm.objects.count() == 1


def test_it_is_in_use_from_the_day_its_act_names_and_not_a_day_before():
    later = OFFICIAL.replace("valid_from: 2025-08-01", "valid_from: 2026-11-24")
    put(later, now=NOW + 24 * HOUR)
    assert offered.default().id == "KG-417"
