from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kalka.access.models import Grant
from kalka.accounts import drafts
from kalka.core.actors import SYSTEM, post_holder
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.directory.models import Organisation, Post
from kalka.duties import selectors as duties
from kalka.duties.models import Duty
from kalka.intake import selectors, services
from kalka.intake.models import Correction, Report
from kalka.intake.tests.factories import AIMAK, HOUR, NOW, TODAY, TOLD, holders, post, received, standing, village
from kalka.vault.models import SubjectKey

COUNTRY = "41700000000000"
pytestmark = [pytest.mark.django_db, pytest.mark.both]

REASON = "Сот күбөнү чакырганы жатат, тергөөчү сурады"


def nothing_written() -> bool:
    keys = SubjectKey.objects.exclude(klass="own")  # the people's own compartments
    return not (keys.exists() or any(model.objects.exists() for model in (Report, Grant, Duty)))


def test_a_report_is_kept_as_it_was_told() -> None:
    here = village()
    report = received(here.secretary)
    kept = Report.objects.get()
    assert (kept.way, kept.told_on, kept.late, kept.place) == ("visit", TODAY, False, AIMAK)
    assert (kept.danger, kept.by_whom, kept.children, kept.firsthand) == ("no", "neighbour", "yes", "unknown")
    assert (kept.author_id, kept.post_id, kept.recorded_at) == (here.secretary.user_id, here.secretary.post_id, NOW)
    page = selectors.report_page(here.secretary, report.pk, now=NOW)
    assert page.told == {
        "what": TOLD.what,
        "when": "",
        "happened": "2026-11-22",
        "where": TOLD.where,
        "place": TOLD.place,
        "children_count": 2,
    }
    assert page.needs == {
        "language": "өзбекче",
        "interpreter": True,
        "sign_language": False,
        "escort": False,
        "other": "",
    }
    assert page.contact == {"phone": TOLD.phone, "safe": TOLD.safe}


def test_nothing_told_is_stored_in_clear() -> None:
    report = received(village().secretary)
    row = Report.objects.filter(pk=report.pk).values().get()
    clear = repr(row)
    stored = b"".join(bytes(row[name].blob) for name in ("told", "needs", "contact", "reporter"))
    for secret in (TOLD.what, TOLD.where, TOLD.safe, TOLD.phone, TOLD.reporter_name, TOLD.reporter_phone, "өзбекче"):
        assert secret not in clear
        assert secret.encode() not in stored


def test_the_duty_of_triage_goes_to_the_social_worker_of_the_place() -> None:
    here = village()
    report = received(here.secretary)
    duty = standing(report)
    assert (duty.assignee_id, duty.due_at, duty.about) == (
        here.worker.post_id,
        NOW + timedelta(hours=24),
        str(report.pk),
    )
    assert holders(report) == {
        (post_holder(here.secretary.post_id), "intake"),
        (post_holder(here.worker.post_id), "triage"),
    }


@pytest.mark.parametrize(("danger", "hours"), [("yes", 1), ("screams_now", 1)])
def test_with_danger_it_goes_to_the_police_within_the_hour(danger: str, hours: int) -> None:
    here = village()
    duty = standing(received(here.secretary, danger=danger))
    assert (duty.assignee_id, duty.due_at) == (here.inspector.post_id, NOW + timedelta(hours=hours))


@pytest.mark.parametrize(
    ("danger", "children", "first"),
    [("yes", "no", True), ("screams_now", "unknown", True), ("unsure", "yes", True), ("second_hand", "yes", True)]
    + [("unsure", "no", False), ("second_hand", "unknown", False), ("no", "yes", False)],
)
def test_danger_now_or_a_child_where_nobody_can_rule_it_out_stands_above_all_else(danger, children, first) -> None:
    here = village()
    counted = {"children": children, "children_count": 1 if children == "yes" else None}
    duty = standing(received(here.secretary, danger=danger, **counted))
    looking = {here.worker.post_id: here.worker, here.inspector.post_id: here.inspector}[duty.assignee_id]
    today = duties.today(looking, now=NOW)
    assert ([one.id for one in today.first], len(today.lines)) == ([duty.pk] if first else [], 1)


def test_where_no_post_looks_at_reports_it_stays_with_the_author() -> None:
    here = village()
    lonely = post("committee_secretary", place="417D0610100000")
    report = received(lonely, place="417D0610101000")
    assert standing(report).assignee_id == lonely.post_id
    assert not selectors.list_reports(here.worker, now=NOW, state="all").lines


def test_where_no_post_looks_at_reports_an_operators_lead_does() -> None:
    village()
    calls = Organisation.objects.create(kind="hotline", name=dict.fromkeys(("ky", "ru", "en"), "5200"), place=COUNTRY)
    operator, lead = (
        post(role, place=COUNTRY, organisation=calls) for role in ("hotline_operator", "shift_supervisor")
    )
    Post.objects.filter(pk=lead.post_id).update(leads=True)
    report = received(operator, place=COUNTRY)
    assert standing(report).assignee_id == lead.post_id


def test_a_place_nobody_knows_goes_by_the_authors_place() -> None:
    here = village()
    report = received(here.secretary, place="")
    assert (report.place, standing(report).assignee_id) == ("", here.worker.post_id)


def test_a_report_told_days_ago_is_late() -> None:
    report = received(village().secretary, told_on=TODAY - timedelta(days=3))
    assert report.late is True


def test_the_entry_of_the_record_names_the_report_and_nothing_said() -> None:
    report = received(village().secretary)
    entry = AuditEntry.objects.get(command="intake.receive")
    assert (entry.kind, entry.subject_id, entry.object_id) == ("done", report.subject_id, str(report.pk))


def test_sending_twice_is_sending_once() -> None:
    here = village()
    id = new_id()
    first, again = received(here.secretary, id=id), received(here.secretary, id=id, now=NOW + HOUR)
    assert first.pk == again.pk
    assert (Report.objects.count(), Duty.objects.count(), Grant.objects.count()) == (1, 1, 2)


def test_what_was_taken_in_is_found_again_though_the_same_would_be_refused_by_now() -> None:
    here = village()
    id = new_id()
    first = received(here.secretary, id=id)
    assert received(here.secretary, id=id, now=NOW - timedelta(days=1)).pk == first.pk  # told on a day still to come
    assert (Report.objects.count(), AuditEntry.objects.filter(kind="refused").count()) == (1, 0)


def test_the_id_of_a_new_report_is_asked_for_by_its_insert_alone() -> None:
    here = village()
    with CaptureQueriesContext(connection) as asked:
        received(here.secretary)
    assert [one["sql"] for one in asked if "intake_report" in one["sql"] and "INSERT" not in one["sql"]] == []


def test_anothers_id_and_other_words_answer_like_an_id_nobody_may_use() -> None:
    here = village()
    id = new_id()
    received(here.secretary, id=id)
    for who, said in ((here.foreign, {}), (here.secretary, {"what": "Башка сөз"})):
        with pytest.raises(AccessDenied) as refused:
            received(who, id=id, **said)
        assert refused.value.code == "core.id_taken"
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"told_on": TODAY + timedelta(days=1)}, "intake.future", "told_on"),
        ({"what": "a\x00"}, "intake.broken_text", "what"),
        ({"what": "а" * 20_001}, "intake.too_long", "what"),
        ({"place": "99999999999999"}, "intake.unknown_place", "place"),
    ],
)
def test_a_refused_report_leaves_nothing_behind(said: dict[str, object], code: str, field: str) -> None:
    here = village()
    with pytest.raises(DomainError) as refused:
        received(here.secretary, **said)
    assert (refused.value.code, refused.value.facts["field"]) == (code, field)
    assert nothing_written()
    assert AuditEntry.objects.get(kind="refused").refusal == code


def test_whoever_may_not_receive_reports_writes_none() -> None:
    village()
    with pytest.raises(AccessDenied):
        received(post("auditor"))
    assert nothing_written()


def test_sending_drops_the_draft() -> None:
    here = village()
    id = new_id()
    drafts.keep_draft(here.secretary, id=id, kind="intake.report", values={"what": ["жарым"]}, now=NOW)
    received(here.secretary, id=id)
    assert drafts.draft(here.secretary, id=id, now=NOW) is None


def test_a_correction_is_added_and_the_report_stays() -> None:
    here = village()
    report = received(here.secretary)
    id = new_id()
    for _ in range(2):
        services.correct_report(here.secretary, id=id, report_id=report.pk, text="Үч бала экен.", now=NOW + HOUR)
    page = selectors.report_page(here.worker, report.pk, now=NOW + HOUR)
    assert [(c.at, c.text, c.post_id) for c in page.corrections] == [
        (NOW + HOUR, "Үч бала экен.", here.secretary.post_id)
    ]
    assert page.told["children_count"] == 2


@pytest.mark.parametrize("text", ["", "  \n", "a\x00", "a" * 20_001])
def test_an_empty_broken_or_endless_correction_is_refused(text: str) -> None:
    here = village()
    report = received(here.secretary)
    with pytest.raises(DomainError):
        services.correct_report(here.secretary, id=new_id(), report_id=report.pk, text=text, now=NOW)
    assert not Correction.objects.exists()


def test_received_by_a_step_of_another_module_it_is_one_entry() -> None:
    here = village()

    @command("hotline.take", needs=Permission.REPORT_RECEIVE)
    def take(actor: object) -> Report:
        return services.receive_report(actor, id=new_id(), told=replace(TOLD, way="call"), now=NOW)

    take(here.secretary)
    entry = AuditEntry.objects.exclude(actor_id=SYSTEM.user_id).get()
    assert (entry.command, entry.steps) == ("hotline.take", "intake.receive")
