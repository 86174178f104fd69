from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from kalka.cases.services import mark_closed
from kalka.cases.tests.factories import RAION, VILLAGE, post, wall
from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.directory.models import Holding
from kalka.lawbook.tests.amending import law_says
from kalka.legalaid import services
from kalka.legalaid.duty import APPOINT_TERM, end_of
from kalka.legalaid.models import (
    Appointment,
    AppointmentAnswer,
    ConsultationHeld,
    LegalRequest,
    LegalResult,
    OfficeMark,
)
from kalka.legalaid.rules import Held, State
from kalka.legalaid.states import state
from kalka.legalaid.tests.factories import (
    DAY,
    HER,
    HIM,
    NOW,
    TODAY,
    a_case,
    agreed,
    appointed,
    asked,
    refusal,
    standing,
    took,
    world,
)
from kalka.people.rules import Name, NewPerson

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def at():
    return world()


def test_a_request_leads_to_an_advocate_a_term_and_a_result(at):
    agreed(at, at.case, at.office.pk)
    request = asked(at)
    duty = standing(at.case)["legalaid.appoint"]
    assert (duty.assignee_id, duty.due_at, duty.basis["key"]) == (
        at.worker.post_id,
        None,
        "legal_aid.appoint_within_days",
    )
    row = appointed(at, request, at.advocate)
    assert "legalaid.appoint" not in standing(at.case)
    assert standing(at.case)["legalaid.answer"].assignee_id == at.advocate.post_id
    took(row, at.advocate)
    assert standing(at.case)["legalaid.result"].due_at == datetime(2026, 12, 23, 18, tzinfo=UTC)
    told = {"case_ref": at.case.ref, "request_id": request.pk, "how": "won", "on": TODAY, "now": NOW}
    services.record_result(at.advocate, id=new_id(), **told)
    assert (state(request), standing(at.case).get("legalaid.result")) == (State.DONE, None)
    assert refusal(lambda: services.record_result(at.advocate, id=new_id(), **told)).code == "legalaid.has_result"


def test_sent_twice_is_written_once(at):
    agreed(at, at.case, at.office.pk)
    id = new_id()
    request = asked(at, id=id)
    assert asked(at, id=id) == request
    assert appointed(at, request, at.advocate, id=id) == appointed(at, request, at.advocate, id=id)
    assert (LegalRequest.objects.count(), Appointment.objects.count()) == (1, 1)


def test_an_office_is_told_only_what_she_agreed_to(at):
    request = asked(at)
    assert refusal(lambda: appointed(at, request, at.advocate)).code == "cases.no_consent"


def test_one_advocate_at_a_time_and_another_after_a_no(at):
    agreed(at, at.case, at.office.pk)
    request = asked(at)
    row = appointed(at, request, at.advocate)
    assert refusal(lambda: appointed(at, request, at.partner)).code == "legalaid.is_appointed"
    took(row, at.advocate, accepted=False)
    assert (state(request), OfficeMark.objects.count()) == (State.DECLINED, 0)
    assert "legalaid.appoint" in standing(at.case)
    took(appointed(at, request, at.partner), at.partner)
    assert state(request) == State.ACCEPTED


def test_only_whoever_was_asked_answers_and_once(at):
    agreed(at, at.case, at.office.pk)
    row = appointed(at, asked(at), at.advocate)
    assert refusal(lambda: took(row, at.partner)).code == "legalaid.not_your_case"
    took(row, at.advocate)
    assert refusal(lambda: took(row, at.advocate)).code == "legalaid.answered"


# Never for both sides


def crossed(at):
    """He is the one who suffers in another file, where she is said to have done it."""
    return a_case(at, her=HIM, him=HER)


def test_an_office_that_acts_for_her_never_acts_for_him_in_another_file(at):
    other = crossed(at)
    for case in (at.case, other):
        agreed(at, case, at.office.pk)
    took(appointed(at, asked(at), at.advocate), at.advocate)
    request = asked(at, other)
    for advocate in (at.advocate, at.partner):
        refused = refusal(lambda advocate=advocate: appointed(at, request, advocate))
        assert (refused.code, refused.facts) == ("legalaid.both_sides", {"field": "advocate"})
    agreed(at, other, at.other.organisation_id)
    assert appointed(at, request, at.other).organisation_id == at.other.organisation_id


def test_it_is_asked_again_when_the_advocate_takes_it(at):
    other = crossed(at)
    for case in (at.case, other):
        agreed(at, case, at.office.pk)
    row = appointed(at, asked(at), at.advocate)
    OfficeMark.objects.all().delete()  # as if nobody had known of it when it was asked
    took(appointed(at, asked(at, other), at.partner), at.partner)
    assert refusal(lambda: took(row, at.advocate)).code == "legalaid.both_sides"


def test_one_name_is_not_enough_and_one_telephone_neither(at):
    namesake = NewPerson(sex="m", names=(Name("Токтосунов", "Эркин"),), birth_year=1950)
    other = a_case(at, her=namesake, him=None)
    for case in (at.case, other):
        agreed(at, case, at.office.pk)
    took(appointed(at, asked(at), at.advocate), at.advocate)
    assert appointed(at, asked(at, other), at.partner).number == 1


def test_nothing_of_whom_an_office_acts_for_is_kept_in_clear(at):
    agreed(at, at.case, at.office.pk)
    row = appointed(at, asked(at), at.advocate)
    marks = OfficeMark.objects.all()
    assert {one.side for one in marks} == {"for", "against"}
    for one in marks:
        assert bytes(one.mac) not in {row.subject_id.bytes, row.request.client_id.bytes}
        assert not hasattr(one, "subject_id")


def test_nor_does_its_advocate_when_they_work_in_another_office(at):
    other = crossed(at)
    agreed(at, at.case, at.office.pk)
    took(appointed(at, asked(at), at.advocate), at.advocate)
    moved = post("lawyer", place=RAION)
    Holding.objects.filter(post=moved.post_id).update(user_id=at.advocate.user_id)
    agreed(at, other, moved.organisation_id)
    request = asked(at, other)
    assert refusal(lambda: appointed(at, request, moved)).code == "legalaid.both_sides"
    assert OfficeMark.objects.filter(user_id=at.advocate.user_id).exists()


def test_nobody_is_kept_to_an_advocate(at):
    agreed(at, at.case, at.office.pk)
    request = asked(at)
    row = appointed(at, request, at.advocate)
    told = {"case_ref": at.case.ref, "request_id": request.pk, "now": NOW}
    assert isinstance(refusal(lambda: services.withdraw(at.advocate, id=new_id(), **told)), AccessDenied)
    id = new_id()
    for _ in range(2):
        services.withdraw(at.worker, id=id, **told)
    assert (state(request), LegalResult.objects.get().how, OfficeMark.objects.count()) == (State.DONE, "withdrawn", 0)
    assert not [kind for kind in standing(at.case) if kind.startswith("legalaid.")]
    assert refusal(lambda: took(row, at.advocate)).code == "legalaid.has_result"
    assert refusal(lambda: services.withdraw(at.worker, id=new_id(), **told)).code == "legalaid.has_result"


def test_what_an_advocate_took_stays_on_its_side_when_she_does_not_go_on(at):
    other = crossed(at)
    for case in (at.case, other):
        agreed(at, case, at.office.pk)
    request = asked(at)
    took(appointed(at, request, at.advocate), at.advocate)
    services.withdraw(at.worker, id=new_id(), case_ref=at.case.ref, request_id=request.pk, now=NOW)
    assert standing(at.case).get("legalaid.result") is None
    against = asked(at, other)
    assert refusal(lambda: appointed(at, against, at.partner)).code == "legalaid.both_sides"


def test_a_term_the_law_sets_is_the_term_of_the_duty_from_its_day_on(at, monkeypatch, tmp_path):
    law_says(monkeypatch, tmp_path, APPOINT_TERM, 3, since=f"{TODAY}")
    asked(at)
    duty = standing(at.case)["legalaid.appoint"]
    assert (duty.due_at, duty.basis["value"], duty.basis["act"]) == (end_of(TODAY + 3 * DAY), 3, "law-63")


# Who may


def test_whoever_does_not_see_the_case_asks_for_nothing(at):
    wall(at.case.subject_id, at.worker.user_id)
    assert isinstance(refusal(lambda: asked(at)), AccessDenied)


def test_in_a_closed_case_nothing_is_written(at):
    mark_closed(at.worker, id=new_id(), case_ref=at.case.ref, now=NOW)
    assert refusal(lambda: asked(at)).code == "legalaid.case_closed"


def test_the_database_keeps_an_answer_whole(at):
    agreed(at, at.case, at.office.pk)
    row = appointed(at, asked(at), at.advocate)
    same = {"subject_id": row.subject_id, "author_id": 5, "digest": b"", "recorded_at": NOW, "appointment": row}
    for odd in ({"accepted": True, "reason": "", "until": None}, {"accepted": False, "reason": "", "until": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AppointmentAnswer.objects.create(**same, **odd)


# Days in villages


def test_a_day_in_a_village_is_planned_and_told_in_figures(at):
    day = services.plan_day(at.advocate, id=new_id(), place=VILLAGE, on=TODAY, now=NOW)
    again = refusal(lambda: services.plan_day(at.partner, id=new_id(), place=VILLAGE, on=TODAY, now=NOW))
    assert again.code == "legalaid.day_is_planned"
    told = {"day_id": day.pk, "told": Held(9, 2, {"family": 6, "violence": 3}), "now": NOW}
    assert isinstance(refusal(lambda: services.note_held(at.other, id=new_id(), **told)), AccessDenied)
    services.note_held(at.partner, id=new_id(), **told)
    assert ConsultationHeld.objects.values_list("women", "men", "family", "violence").get() == (9, 2, 6, 3)
    assert refusal(lambda: services.note_held(at.partner, id=new_id(), **told)).code == "legalaid.day_was_told"


def test_a_day_to_come_has_come_to_nothing_yet(at):
    day = services.plan_day(at.advocate, id=new_id(), place=VILLAGE, on=TODAY + DAY, now=NOW)
    told = {"day_id": day.pk, "told": Held(1, 0, {}), "now": NOW}
    assert refusal(lambda: services.note_held(at.advocate, id=new_id(), **told)).code == "legalaid.day_to_come"
