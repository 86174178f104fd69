from dataclasses import replace
from datetime import timedelta

import pytest

from kalka.access.models import Grant
from kalka.accounts import drafts
from kalka.core.actors import SYSTEM, post_holder
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.duties.models import Duty
from kalka.intake import rules, selectors, services
from kalka.intake.models import Correction, Report, ReporterOpened, ReporterRead, Triage
from kalka.intake.tests.factories import AIMAK, FAR, HOUR, NOW, TODAY, TOLD, post, received, village
from kalka.vault.models import SubjectKey

pytestmark = [pytest.mark.django_db, pytest.mark.both]

REASON = "Сот күбөнү чакырганы жатат, тергөөчү сурады"


def standing(report: Report) -> Duty:
    return Duty.objects.get(subject_id=report.subject_id, kind="intake.triage", ended_at=None)


def holders(report: Report) -> set[tuple[str, str]]:
    return set(Grant.objects.filter(subject_id=report.subject_id, until=None).values_list("holder", "why"))


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


def test_where_no_post_looks_at_reports_it_stays_with_the_author() -> None:
    here = village()
    lonely = post("committee_secretary", place="417D0610100000")
    report = received(lonely, place="417D0610101000")
    assert standing(report).assignee_id == lonely.post_id
    assert not selectors.list_reports(here.worker, now=NOW, state="all").lines


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


def test_a_report_one_may_not_see_does_not_exist() -> None:
    here = village()
    report = received(here.secretary)
    for id in (report.pk, new_id()):
        for attempt in (
            lambda id=id: services.correct_report(here.foreign, id=new_id(), report_id=id, text="а", now=NOW),
            lambda id=id: services.triage_report(
                here.foreign, id=new_id(), report_id=id, outcome="no_case", reason="а", now=NOW
            ),
            lambda id=id: services.open_reporter(here.foreign, id=new_id(), report_id=id, reason=REASON, now=NOW),
            lambda id=id: selectors.report_page(here.foreign, id, now=NOW),
        ):
            with pytest.raises(AccessDenied) as refused:
                attempt()
            assert refused.value.code == "intake.unknown"
    assert not (Correction.objects.exists() or Triage.objects.exists() or ReporterOpened.objects.exists())


def test_not_a_case_needs_a_reason_and_ends_the_duty() -> None:
    here = village()
    report = received(here.secretary)
    with pytest.raises(DomainError, match="intake.reason_short"):
        services.triage_report(here.worker, id=new_id(), report_id=report.pk, outcome="no_case", now=NOW)
    assert not Triage.objects.exists()
    id = new_id()
    for _ in range(2):
        services.triage_report(
            here.worker, id=id, report_id=report.pk, outcome="no_case", reason="Тууган эмес", now=NOW + HOUR
        )
    assert not Duty.objects.filter(ended_at=None).exists()
    page = selectors.report_page(here.worker, report.pk, now=NOW + HOUR)
    assert [(t.outcome, t.reason, t.to_post) for t in page.triage] == [("no_case", "Тууган эмес", None)]
    assert (page.may_triage, page.may_open_case) == (False, False)


def test_what_becomes_of_a_report_is_said_once() -> None:
    here = village()
    report = received(here.secretary)
    services.triage_report(here.worker, id=new_id(), report_id=report.pk, outcome="case", now=NOW)
    for outcome in rules.OUTCOMES:
        with pytest.raises(DomainError) as refused:
            services.triage_report(
                here.worker,
                id=new_id(),
                report_id=report.pk,
                outcome=outcome,
                reason="а",
                to_role="police_inspector",
                now=NOW,
            )
        assert refused.value.code == "intake.already_decided"
    assert Triage.objects.count() == 1


def test_passing_on_moves_the_duty_and_the_sight() -> None:
    here = village()
    report = received(here.secretary)
    said = {
        "id": new_id(),
        "report_id": report.pk,
        "outcome": "passed_on",
        "reason": "Кадамжайда",
        "to_role": "social_worker",
        "to_place": FAR,
        "now": NOW + HOUR,
    }
    for _ in range(2):
        services.triage_report(here.worker, **said)
    duty = standing(report)
    assert (duty.assignee_id, duty.due_at) == (here.foreign.post_id, NOW + timedelta(hours=25))
    assert holders(report) >= {
        (post_holder(here.secretary.post_id), "intake"),
        (post_holder(here.foreign.post_id), "triage"),
    }
    later = NOW + timedelta(hours=2)
    with pytest.raises(AccessDenied):
        selectors.get_report(here.worker, report.pk, now=later)
    page = selectors.report_page(here.foreign, report.pk, now=later)
    assert [(t.outcome, t.to_post) for t in page.triage] == [("passed_on", here.foreign.post_id)]
    assert page.may_triage
    services.triage_report(here.foreign, id=new_id(), report_id=report.pk, outcome="case", now=later)
    assert Triage.objects.count() == 2


@pytest.mark.parametrize(
    ("to_role", "to_place", "code"),
    [
        ("", "", "intake.nobody_there"),
        ("lawyer", "", "intake.nobody_there"),
        ("social_worker", "", "intake.passed_to_itself"),
        ("social_worker", "nowhere", "intake.unknown_place"),
    ],
)
def test_a_report_is_passed_on_only_to_another_post_that_exists(to_role: str, to_place: str, code: str) -> None:
    here = village()
    report = received(here.secretary)
    with pytest.raises(DomainError) as refused:
        services.triage_report(
            here.worker,
            id=new_id(),
            report_id=report.pk,
            outcome="passed_on",
            reason="а",
            to_role=to_role,
            to_place=to_place,
            now=NOW,
        )
    assert refused.value.code == code
    assert not Triage.objects.exists()
    assert standing(report).assignee_id == here.worker.post_id


def test_the_reporter_is_read_once_by_whoever_gave_the_reason() -> None:
    here = village()
    report = received(here.secretary)
    opened = services.open_reporter(here.worker, id=new_id(), report_id=report.pk, reason=REASON, now=NOW)
    reading, told = services.read_reporter(here.worker, opened_id=opened.pk, now=NOW + timedelta(minutes=10))
    assert (told.by_whom, told.name, told.phone, told.note) == (
        "neighbour",
        TOLD.reporter_name,
        TOLD.reporter_phone,
        "",
    )
    assert told.name not in repr(told)
    entries = AuditEntry.objects.filter(command__in=["intake.open_reporter", "intake.read_reporter"])
    assert {entry.subject_id for entry in entries} == {report.subject_id}
    with pytest.raises(DomainError, match="intake.reporter_shown"):
        services.read_reporter(here.worker, opened_id=opened.pk, now=NOW + timedelta(minutes=10))
    assert (ReporterOpened.objects.count(), ReporterRead.objects.count()) == (1, 1)


def test_after_ten_minutes_and_by_another_nothing_is_read() -> None:
    here = village()
    report = received(here.secretary, danger="yes")
    opened = services.open_reporter(here.inspector, id=new_id(), report_id=report.pk, reason=REASON, now=NOW)
    colleague = post("police_inspector")
    with pytest.raises(AccessDenied):
        services.read_reporter(colleague, opened_id=opened.pk, now=NOW)
    with pytest.raises(DomainError, match="intake.reporter_shown"):
        services.read_reporter(here.inspector, opened_id=opened.pk, now=NOW + timedelta(minutes=10, seconds=1))
    assert not ReporterRead.objects.exists()


@pytest.mark.parametrize("reason", ["", "кыска", "a" * 19, " " * 40])
def test_a_short_reason_opens_nothing(reason: str) -> None:
    here = village()
    report = received(here.secretary)
    with pytest.raises(DomainError, match="intake.reason_short"):
        services.open_reporter(here.worker, id=new_id(), report_id=report.pk, reason=reason, now=NOW)
    assert not ReporterOpened.objects.exists()


def test_where_nobody_was_named_there_is_nothing_to_open() -> None:
    here = village()
    report = received(here.secretary, by_whom="anonymous", reporter_name="", reporter_phone="")
    with pytest.raises(DomainError, match="intake.reporter_unknown"):
        services.open_reporter(here.worker, id=new_id(), report_id=report.pk, reason=REASON, now=NOW)
    assert not ReporterOpened.objects.exists()


def test_the_author_without_that_permission_does_not_open_the_reporter() -> None:
    here = village()
    report = received(here.secretary)
    with pytest.raises(AccessDenied):
        services.open_reporter(here.secretary, id=new_id(), report_id=report.pk, reason=REASON, now=NOW)
    assert not ReporterOpened.objects.exists()


def test_received_by_a_step_of_another_module_it_is_one_entry() -> None:
    here = village()

    @command("hotline.take", needs=Permission.REPORT_RECEIVE)
    def take(actor: object) -> Report:
        return services.receive_report(actor, id=new_id(), told=replace(TOLD, way="call"), now=NOW)

    take(here.secretary)
    entry = AuditEntry.objects.exclude(actor_id=SYSTEM.user_id).get()
    assert (entry.command, entry.steps) == ("hotline.take", "intake.receive")
