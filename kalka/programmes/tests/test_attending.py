import pytest

from kalka.core.errors import AccessDenied
from kalka.lawbook.tests.amending import law_says
from kalka.programmes import selectors
from kalka.programmes.models import Attendance, Enrolment, Sending
from kalka.programmes.rules import Mark
from kalka.programmes.tests.factories import (
    DAY,
    HOUR,
    NOW,
    attended,
    group,
    held,
    placed,
    refusal,
    sent,
    standing,
    stepped,
    world,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def at():
    return world()


def last(sending: Sending) -> str:
    return Enrolment.objects.staged().get(pk=sending.enrolment_id).last


def test_an_absence_asks_why_and_is_never_evasion_by_itself(at):
    sending, room = sent(at), group(at)
    placed(at, sending, room)
    for day in range(5):
        held(at, room, {sending.enrolment_id: Mark("unexcused")}, days=day)
    duty = standing(sending.enrolment.subject_id)["programme.missing"]
    assert (duty.assignee_id, duty.due_at) == (at.leader.post_id, NOW + 48 * HOUR)
    assert last(sending) == "placed"
    assert standing(at.case.subject_id) == {}


def test_the_pack_says_from_when_somebody_looks_at_it_and_then_a_person_decides(at):
    sending, room = sent(at), group(at)
    placed(at, sending, room)
    looked = []
    for day, how in enumerate((Mark("unexcused"), Mark("excused", "ill"), Mark("unexcused"))):
        held(at, room, {sending.enrolment_id: how}, days=day)
        looked.append(selectors.page(at.leader, sending.enrolment_id, now=NOW).look)
    assert looked == [0, 0, 2]
    assert selectors.page(at.inspector, sending.enrolment_id, now=NOW).look == 0
    evading(at, sending)
    assert selectors.page(at.leader, sending.enrolment_id, now=NOW).look == 0


def test_who_comes_again_need_not_be_asked(at):
    sending, room = sent(at), group(at)
    placed(at, sending, room)
    held(at, room, {sending.enrolment_id: Mark("unexcused")})
    held(at, room, {sending.enrolment_id: Mark("came")}, days=1)
    assert standing(sending.enrolment.subject_id) == {}


def test_the_same_day_again_corrects_what_was_written(at):
    sending, room = sent(at), group(at)
    placed(at, sending, room)
    first = held(at, room, {sending.enrolment_id: Mark("unexcused")})
    again = held(at, room, {sending.enrolment_id: Mark("excused", "road")})
    assert again.pk == first.pk
    rows = Attendance.objects.filter(enrolment=sending.enrolment).order_by("number")
    assert list(rows.values_list("number", "how", "why")) == [(1, "unexcused", ""), (2, "excused", "road")]
    assert standing(sending.enrolment.subject_id) == {}


def test_nobody_is_absent_by_silence(at):
    sending, room = sent(at), group(at)
    placed(at, sending, room)
    assert refusal(lambda: held(at, room, {})).code == "programmes.members_changed"
    assert refusal(lambda: held(at, room, {sending.enrolment_id: Mark("excused")})).code == "programmes.not_an_answer"
    assert refusal(lambda: held(at, room, {sending.enrolment_id: Mark("came")}, days=1, now=NOW - DAY)).code == (
        "programmes.day_to_come"
    )


EVADES = {"asked": True, "told": "Үч жолу чалдык, келбейм деди."}


def evading(at, sending, **more):
    return stepped(at, sending, "evasion", **{**EVADES, **more})


def test_evasion_is_said_by_a_person_who_asked_him_first(at):
    sending, room = sent(at), group(at)
    placed(at, sending, room)
    assert refusal(lambda: evading(at, sending)).code == "programmes.not_so_often_absent"
    held(at, room, {sending.enrolment_id: Mark("unexcused")})
    assert refusal(lambda: evading(at, sending, asked=False)).code == "programmes.ask_him_first"
    assert refusal(lambda: evading(at, sending, told=" ")).code == "programmes.say_why"
    evading(at, sending)
    assert last(sending) == "evasion"
    duty = standing(at.case.subject_id)["programme.evasion"]
    assert (duty.assignee_id, duty.due_at) == (at.inspector.post_id, NOW + 24 * HOUR)


def test_who_has_a_good_reason_does_not_evade(at):
    sending, room = sent(at), group(at)
    placed(at, sending, room)
    held(at, room, {sending.enrolment_id: Mark("excused", "ill")})
    assert refusal(lambda: evading(at, sending)).code == "programmes.not_so_often_absent"
    stepped(at, sending, "abroad")
    assert refusal(lambda: evading(at, sending)).code == "programmes.no_such_step"


def test_a_number_the_law_names_is_kept(at, monkeypatch, tmp_path):
    law_says(monkeypatch, tmp_path, "programme.absences_are_evasion", 3, since="2026-01-01")
    sending, room = sent(at), group(at)
    placed(at, sending, room)
    for day in range(2):
        held(at, room, {sending.enrolment_id: Mark("unexcused")}, days=day)
    assert refusal(lambda: evading(at, sending)).facts == {"field": "to", "least": 3}


@pytest.mark.parametrize("away", ["abroad", "ill", "custody"])
def test_whoever_is_away_comes_back_onto_the_list(at, away):
    sending, room = sent(at), group(at)
    placed(at, sending, room)
    stepped(at, sending, away)
    assert selectors.group_page(at.leader, room.pk, now=NOW).members == ()
    assert [line.id for line in selectors.overview(at.leader, now=NOW).away] == [sending.enrolment_id]
    stepped(at, sending, "returned")
    assert [line.id for line in selectors.overview(at.leader, now=NOW).waiting] == [sending.enrolment_id]


def test_handed_over_he_is_the_others_and_no_longer_ours(at):
    sending = sent(at)
    stepped(at, sending, "moved", organisation=at.prison.pk)
    with pytest.raises(AccessDenied):
        selectors.page(at.leader, sending.enrolment_id, now=NOW)
    duty = standing(sending.enrolment.subject_id)["programme.answer"]
    assert (duty.assignee_id, duty.due_at) == (at.guard.post_id, NOW + 72 * HOUR)
    assert [line.id for line in selectors.overview(at.guard, now=NOW).asked] == [sending.enrolment_id]
    stepped(at, sending, "waiting", by=at.guard)
    assert standing(sending.enrolment.subject_id) == {}


def test_he_finishes_by_what_the_pack_asks_for(at):
    sending, room = sent(at), group(at)
    placed(at, sending, room)
    later = attended(at, room, sending, but=3)
    refused = refusal(lambda: stepped(at, sending, "completed", now=later))
    assert (refused.code, refused.facts) == (
        "programmes.not_finished",
        {"field": "to", "sessions": 1, "modules": 1},
    )
    held(at, room, {sending.enrolment_id: Mark("came")}, days=40, module="onward")
    stepped(at, sending, "completed", now=later + 40 * DAY)
    assert last(sending) == "completed"
    assert refusal(lambda: stepped(at, sending, "returned", now=later)).code == "programmes.no_such_step"
