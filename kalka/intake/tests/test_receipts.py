"""A number for whoever told: given once, kept by nobody, and telling two words."""

from datetime import date, timedelta

import pytest
from django.apps import apps

from kalka.accounts.models import SignInFailure
from kalka.accounts.rules import LIMITS
from kalka.core import commands
from kalka.core.actors import SYSTEM, Actor
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.directory.models import Holding
from kalka.intake import forgetting, practice, receipts, selectors, services, views
from kalka.intake.models import Receipt, Report
from kalka.intake.receipts import Heard
from kalka.intake.tests.factories import NOW, TODAY, received, standing, village
from kalka.intake.tests.test_views import ask, text
from kalka.vault import erasing

HERE = "10.0.0.1"


def heard(code: str, *, now=NOW, address: str = HERE) -> Heard:
    return receipts.ask(code, address=address, now=now)


def given(by: Actor, report: Report, *, now=NOW) -> str:
    return services.give_receipt(by, id=new_id(), report_id=report.pk, now=now)[1]


def drawn(many: int) -> set[str]:
    return {receipts.new_code() for _ in range(many)}


def test_requirement_32_twenty_digits_are_more_than_64_bits_and_none_comes_twice():
    codes = drawn(100_000)
    assert len(codes) == 100_000
    assert {len(code) for code in codes} == {20} and 10**receipts.DIGITS > 2**64
    assert all(code.isascii() and code.isdecimal() for code in codes)
    assert {code[0] for code in codes} == set("0123456789")


@pytest.mark.deep
def test_requirement_32_of_a_million_none_comes_twice():
    assert len(drawn(1_000_000)) == 1_000_000


@pytest.mark.both
@pytest.mark.django_db
def test_requirement_32_of_the_number_a_digest_and_a_slow_hash_are_left():
    here = village()
    report = received(here.secretary)
    row, code = services.give_receipt(here.secretary, id=new_id(), report_id=report.pk, now=NOW)
    assert (row.report_id, row.subject_id, row.replaces) == (report.pk, report.subject_id, None)
    assert (row.given_on, row.until) == (TODAY, TODAY + timedelta(days=180))
    assert len(row.lookup) == 32 and row.hashed.startswith("argon2$argon2id$")
    kept = [
        f"{model._meta.label} {values}"
        for model in apps.get_models()
        for values in model._default_manager.values_list()
        if code in str([bytes(one) if isinstance(one, memoryview) else one for one in values])
    ]
    assert kept == []
    entry = AuditEntry.objects.get(command="intake.give_receipt")
    assert (entry.kind, entry.subject_id, entry.object) == ("done", report.subject_id, "intake.Receipt")


@pytest.mark.both
@pytest.mark.django_db
def test_requirement_32_sent_twice_it_is_one_and_the_number_is_not_said_again():
    here = village()
    report, id = received(here.secretary), new_id()
    row, code = services.give_receipt(here.secretary, id=id, report_id=report.pk, now=NOW)
    again = services.give_receipt(here.secretary, id=id, report_id=report.pk, now=NOW)
    assert (again, Receipt.objects.count()) == ((row, ""), 1)
    assert [heard(code), heard(receipts.shown(code)), heard(code.replace("", "-"))] == [Heard.TAKEN] * 3


@pytest.mark.both
@pytest.mark.django_db
def test_a_new_one_ends_the_one_before_which_is_kept():
    here = village()
    report = received(here.secretary)
    first = given(here.secretary, report)
    second = given(here.worker, report, now=NOW + timedelta(days=1))  # who works on it may give one too
    assert [heard(first), heard(second)] == [Heard.UNKNOWN, Heard.TAKEN]
    assert Receipt.objects.get(replaces=None).replaced_by == Receipt.objects.exclude(replaces=None).get()
    assert selectors.receipt_given(here.worker, report.pk, now=NOW) == date(2026, 11, 24)


@pytest.mark.django_db
def test_who_does_not_see_the_report_or_may_not_receive_gives_none():
    here = village()
    report = received(here.secretary)
    bare = Actor(here.secretary.user_id, frozenset({Permission.REPORT_READ}), here.secretary.holders)
    for actor in (here.foreign, bare):
        with pytest.raises(AccessDenied):
            given(actor, report)
    with pytest.raises(AccessDenied):
        selectors.receipt_given(here.foreign, report.pk, now=NOW)
    assert not Receipt.objects.exists()


@pytest.mark.both
@pytest.mark.django_db
def test_somebody_answers_when_the_post_that_has_to_is_held_or_it_was_decided():
    here = village()
    report = received(here.secretary)
    code = given(here.secretary, report)
    assert standing(report).assignee_id == here.worker.post_id and heard(code) == Heard.TAKEN
    Holding.objects.filter(post=here.worker.post_id).update(until=TODAY)
    later = NOW + timedelta(days=1)
    assert heard(code, now=later) == Heard.WAITING
    services.triage_report(
        here.worker, id=new_id(), report_id=report.pk, outcome="no_case", reason="Кабар ырасталган жок", now=later
    )
    assert heard(code, now=later) == Heard.TAKEN


@pytest.mark.both
@pytest.mark.django_db
def test_requirement_32_what_is_over_or_erased_is_as_if_it_never_was():
    here = village()
    report = received(here.secretary)
    code = given(here.secretary, report)
    assert heard(code, now=NOW + timedelta(days=180)) == Heard.TAKEN
    assert heard(code, now=NOW + timedelta(days=181)) == Heard.UNKNOWN

    @commands.command("test.erase", needs=Permission.SYSTEM)
    def erase(actor, *, keys: bool, now=NOW):
        if keys:
            erasing.destroy([report.subject_id], ground="court", now=now)
        else:
            forgetting.forget([report.subject_id])

    with pytest.raises(AccessDenied):
        forgetting.forget([report.subject_id])
    commands_run = [lambda: erase(SYSTEM, keys=True), lambda: erase(SYSTEM, keys=False)]
    commands_run[0]()
    assert heard(code) == Heard.UNKNOWN  # also where a copy of the data was brought back
    commands_run[1]()
    assert (heard(code), Receipt.objects.values_list("lookup", "hashed").get()) == (Heard.UNKNOWN, (None, ""))


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["", "1", "9" * 20, "9" * 5_000, "٣" * 20, "a\0b", "сөз"])
def test_requirement_32_the_slow_hash_runs_whatever_is_typed_and_only_once(typed, monkeypatch):
    ran = []
    real = receipts.check_password
    monkeypatch.setattr("kalka.intake.receipts.check_password", lambda *said: ran.append(said) or real(*said))
    assert (heard(typed), len(ran)) == (Heard.UNKNOWN, 1)


@pytest.mark.django_db
def test_requirement_32_the_digest_found_is_compared_in_constant_time(monkeypatch):
    here = village()
    code = given(here.secretary, received(here.secretary))
    monkeypatch.setattr("kalka.intake.receipts.hmac.compare_digest", lambda *_: False)
    assert heard(code) == Heard.UNKNOWN


@pytest.mark.both
@pytest.mark.django_db
def test_requirement_32_each_limit_alone_and_each_opens_again():
    here = village()
    code = given(here.secretary, received(here.secretary))
    at = NOW.replace(minute=30, second=0)
    for _ in range(LIMITS["receipt"].tries):
        heard(code, now=at)  # right ones count as wrong ones do
    with pytest.raises(DomainError, match=r"accounts\.locked") as refusal:
        heard(code, now=at)
    assert refusal.value.facts == {"minutes": 15}
    assert heard(code, now=at, address="10.0.0.2") == Heard.TAKEN
    assert heard(code, now=at + timedelta(minutes=15)) == Heard.TAKEN
    at += timedelta(minutes=30)
    for number in range(LIMITS["receipts"].tries):
        heard("", now=at, address=f"10.0.1.{number}")
    with pytest.raises(DomainError, match=r"accounts\.locked") as refusal:
        heard(code, now=at, address="10.0.0.3")
    assert refusal.value.facts == {"minutes": 1}
    assert heard(code, now=at + timedelta(minutes=1), address="10.0.0.3") == Heard.TAKEN
    assert not any(HERE.encode() in bytes(key) for key in SignInFailure.objects.values_list("key", flat=True))


@pytest.mark.django_db
def test_requirement_32_the_page_shows_the_number_in_the_answer_alone():
    here = village()
    report, told = received(here.secretary), {"key": str(new_id())}
    asked = text(ask(views.receipt, here.secretary, report.pk))
    assert "Give a number" in asked and "One was given" not in asked and not Receipt.objects.exists()
    page = text(ask(views.receipt, here.secretary, report.pk, told=told))
    number = page.partition('<b class="code">')[2].partition("</b>")[0]
    assert [len(part) for part in number.split()] == [4] * 5 and heard(number) == Heard.TAKEN
    assert "/info/ask/" in page and number.replace(" ", "") not in page
    again = text(ask(views.receipt, here.secretary, report.pk, told=told))
    assert "It was given already" in again and number not in again
    assert "One was given on" in text(ask(views.receipt, here.secretary, report.pk))
    with pytest.raises(AccessDenied):
        ask(views.receipt, here.foreign, report.pk)


@pytest.mark.parametrize("text", ["standing: law\nreceipt_days: 1\n", "standing: internal\nreceipt_days: 0\n"])
def test_the_file_of_the_internal_rule_is_read_strictly(text):
    with pytest.raises(DomainError, match=r"datafile\.refused"):
        practice.parse(text)
