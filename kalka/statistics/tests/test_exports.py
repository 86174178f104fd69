"""Lines about single persons: nobody stands out in the file, and nobody gets it alone."""

import csv
import io
import json
from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from kalka.core import clock
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.demo.staffing import FOUNDER, staff
from kalka.directory import services as directory
from kalka.duties import selectors as duty_list
from kalka.statistics import selectors, services
from kalka.statistics.exports import Line, NewExport, safe
from kalka.statistics.models import Export, ExportDecision, Fact, Release
from kalka.statistics.tests import published
from tests.matrix.world import token

COLUMNS = ("sex", "age")


def line(who: int, sex: str = "f", age: str = "25-34", form: str = "physical", **other: str) -> Line:
    place = {"month": "2026-03", "raion": "417D0410000000", "oblast": "41704000000000"} | other
    return Line(str(who), known=(sex, age), told=(form,), forms=form, **place)


def crowd(count: int, **same: str) -> list[Line]:
    """As many persons, who did not all suffer the same."""
    return [line(who, form="physical" if who % 2 else "economic", **same) for who in range(count)]


# What is blurred


def test_five_who_look_the_same_are_left_sharp():
    found = safe(crowd(5), COLUMNS, by_form=True)
    assert found.left_out == 0
    assert {(one.period, one.place, one.known) for one, _told in found.lines} == {
        ("2026-03", "417D0410000000", ("f", "25-34"))
    }


def test_four_are_blurred_with_their_neighbours_or_left_out():
    assert safe(crowd(4), COLUMNS, by_form=True).left_out == 4
    near = [*crowd(4), *(line(who + 10, raion="41704245000000") for who in range(3))]
    found = safe(near, COLUMNS, by_form=True)
    assert (len(found.lines), found.left_out) == (7, 0)
    assert {one.place for one, _told in found.lines} == {"41704000000000"}


def test_five_lines_of_one_person_are_no_crowd():
    assert safe([line(1, form=form) for form in "abcde"], COLUMNS, by_form=True).left_out == 5


def test_where_all_suffered_the_same_knowing_who_would_tell_what():
    alike = [line(who) for who in range(9)]
    assert safe(alike, COLUMNS, by_form=True).left_out == 9
    assert safe(alike, COLUMNS, by_form=False).left_out == 0


def test_an_age_is_widened_before_it_is_dropped():
    mixed = [line(who, age=age, form=form) for who, (age, form) in enumerate([("18-24", "a"), ("25-34", "b")] * 3)]
    found = safe([*mixed, line(99, age="60+")], COLUMNS, by_form=True)
    assert {one.known for one, _told in found.lines} == {("f", "18-59")} and found.left_out == 1


lines = st.builds(
    lambda who, month, raion, sex, age, form: Line(
        str(who), f"2026-{month:02d}", f"r{raion}", f"o{raion % 2}", (sex, age), (form,), form
    ),
    st.integers(0, 40),
    st.integers(1, 3),
    st.integers(0, 3),
    st.sampled_from(["f", "m", "unknown"]),
    st.sampled_from(["7-13", "14-17", "25-34", "35-44", "60+"]),
    st.sampled_from(["physical", "economic", "sexual"]),
)


@given(st.lists(lines, max_size=120), st.booleans())
def test_whatever_comes_in_every_combination_that_goes_out_is_that_of_five_lines_and_diverse(given_lines, by_form):
    found = safe(given_lines, COLUMNS, by_form=by_form)
    told = defaultdict(set)
    for combination, values in found.lines:
        told[combination].add(values)
    assert all(n >= 5 for n in Counter(combination for combination, _told in found.lines).values())
    assert not by_form or all(len(different) >= 2 for different in told.values())
    assert len(found.lines) + found.left_out == len(given_lines)


@given(st.lists(lines, max_size=60))
def test_the_order_of_the_lines_says_nothing(given_lines):
    assert safe(given_lines, COLUMNS, by_form=True) == safe(given_lines[::-1], COLUMNS, by_form=True)


# Asked by one, decided by another


@pytest.fixture(scope="module")
def who(together):
    people = {login: member.actor for login, member in staff(clock.now()).items()}
    published.release(first=2026, indicators=("incidents",))
    return people


def told(**other) -> NewExport:
    return NewExport(**{"purpose": "Мыйзамдын натыйжасын изилдөө", "indicator": "incidents", "period": "2026"} | other)


def ask(actor, **other) -> Export:
    return services.ask_export(actor, id=new_id(), told=told(**other), now=clock.now())


def decide(actor, export, approved=True, reason="", now=None) -> ExportDecision:
    return services.decide_export(
        actor, id=new_id(), export_id=export.pk, approved=approved, reason=reason, now=now or clock.now()
    )


def facts(count: int, **codes: object) -> None:
    release = Release.objects.get()
    Fact.objects.bulk_create(
        Fact(
            release=release,
            kind="incident",
            on=date(2026, 3, 1 + number % 28),
            place="417D0410100000",
            raion="41704245000000",
            oblast="41704000000000",
            codes=json.dumps({"forms": ["physical"] if number % 2 else ["economic", "psychological"]} | codes),
            who=f"person-{number}",
        )
        for number in range(count)
    )


pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_asking_puts_a_duty_before_a_second_person_and_seals_the_purpose(who):
    export = ask(who["analitik"])
    assert [one.kind for one in duty_list.today(who["ministrlik"], now=clock.now()).week] == [
        "statistics.approve_export"
    ]
    assert b"\xd0\x9c\xd1\x8b\xd0\xb9" not in bytes(Export.objects.get(pk=export.pk).purpose.blob)
    page = selectors.export_page(who["ministrlik"], export.pk, now=clock.now())
    assert (page.purpose, page.may_decide, page.asker.login) == ("Мыйзамдын натыйжасын изилдөө", True, "analitik")
    assert AuditEntry.objects.get(command="statistics.ask_export").actor_id == who["analitik"].user_id


def test_asked_twice_it_is_one_request(who):
    same, now = new_id(), clock.now()
    first, second = (services.ask_export(who["analitik"], id=same, told=told(), now=now) for _ in range(2))
    assert first.pk == second.pk and Export.objects.count() == 1


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"purpose": "  "}, "statistics.purpose_missing"),
        ({"cap": 0}, "statistics.cap_outside"),
        ({"cap": 100_001}, "statistics.cap_outside"),
        ({"indicator": "dreams"}, "statistics.unknown_indicator"),
        ({"period": "2019"}, "statistics.unknown_period"),
        ({"period": "2026-11"}, "statistics.unknown_period"),
        ({"place": "41704245000000"}, "statistics.unknown_place"),
    ],
)
def test_what_cannot_be_asked_is_refused_and_nothing_is_written(who, other, code):
    with pytest.raises(DomainError) as refused:
        ask(who["analitik"], **other)
    assert (refused.value.code, Export.objects.count()) == (code, 0)


def test_without_a_second_person_nothing_is_asked(who):
    today, now = clock.day_of(clock.now()), clock.now()
    other = who["ministrlik"]
    directory.leave_post(
        FOUNDER, post_id=other.post_id, user_id=other.user_id, until=today - timedelta(days=1), now=now
    )
    with pytest.raises(DomainError, match="no_second_person"):
        ask(who["analitik"])
    assert Export.objects.count() == 0


def test_nobody_agrees_to_their_own_request(who):
    export = ask(who["analitik"])
    with pytest.raises(DomainError, match="own_export"):
        decide(who["analitik"], export)
    assert ExportDecision.objects.count() == 0


def test_whoever_may_not_approve_does_not_and_a_stranger_finds_nothing(who):
    export = ask(who["analitik"])
    with pytest.raises(AccessDenied):
        decide(who["sotsial"], export)
    with pytest.raises(AccessDenied):
        selectors.export_page(who["sotsial"], export.pk, now=clock.now())
    assert ExportDecision.objects.count() == 0


def test_a_no_wants_a_reason_and_ends_the_duty(who):
    export = ask(who["analitik"])
    with pytest.raises(DomainError, match="reason_missing"):
        decide(who["ministrlik"], export, approved=False)
    decide(who["ministrlik"], export, approved=False, reason="Максаты түшүнүксүз")
    assert duty_list.today(who["ministrlik"], now=clock.now()).whole == 0
    page = selectors.export_page(who["analitik"], export.pk, now=clock.now())
    assert (page.line.approved, page.reason, page.decider.login) == (False, "Максаты түшүнүксүз", "ministrlik")
    with pytest.raises(DomainError, match="not_approved"):
        selectors.download(who["analitik"], export.pk, now=clock.now())


def test_it_is_decided_once(who):
    export = ask(who["analitik"])
    decide(who["ministrlik"], export)
    with pytest.raises(DomainError, match="decided_already"):
        decide(who["ministrlik"], export, approved=False, reason="Жок")
    assert ExportDecision.objects.get().approved


# The file


def file(actor, export, now=None) -> list[dict[str, str]]:
    client = Client()
    client.cookies[settings.SESSION_COOKIE] = token(actor)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    answer = client.get(f"/figures/lines/{export.pk}/lines.csv")
    assert answer.streaming, answer.content.decode()
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def test_the_file_holds_no_day_no_aimak_no_sum_and_nobody(who):
    facts(12)
    facts(2, forms=["sexual"])
    export = ask(who["analitik"])
    decide(who["ministrlik"], export)
    rows = file(who["analitik"], export)
    assert {row["Period"] for row in rows} <= {"2026-03", "2026"}
    assert {row["Code of the territory"] for row in rows} == {"41704245000000"}
    text = str(rows)
    assert "person-" not in text and "417D0410100000" not in text and "2026-03-1" not in text
    assert not any("Lines" in heading for heading in rows[0])  # a sum would tell what is hidden
    assert AuditEntry.objects.filter(command="statistics.export_file").count() == 1


def test_too_few_give_an_empty_file_with_its_headings(who):
    facts(4)
    export = ask(who["analitik"])
    decide(who["ministrlik"], export)
    assert file(who["analitik"], export) == []


def test_each_taking_is_recorded_and_only_whoever_asked_takes(who):
    facts(12)
    export = ask(who["analitik"])
    decide(who["ministrlik"], export)
    for _ in range(2):
        file(who["analitik"], export)
    assert AuditEntry.objects.filter(kind="read", command="statistics.export_file").count() == 2
    with pytest.raises(DomainError, match="not_the_asker"):
        selectors.download(who["ministrlik"], export.pk, now=clock.now())


def test_after_seven_days_or_a_newer_release_it_is_over(who):
    facts(12)
    export, now = ask(who["analitik"]), clock.now()
    decide(who["ministrlik"], export)
    assert selectors.download(who["analitik"], export.pk, now=now + timedelta(days=6, hours=23)).found.lines
    with pytest.raises(DomainError, match="export_closed"):
        selectors.download(who["analitik"], export.pk, now=now + timedelta(days=7, minutes=1))
    published.release(date(2026, 12, 1), first=2026, indicators=("incidents",))
    with pytest.raises(DomainError, match="newer_release"):
        selectors.download(who["analitik"], export.pk, now=now)


def test_more_lines_than_were_asked_for_are_not_given(who):
    facts(12)
    export = ask(who["analitik"], cap=11)
    decide(who["ministrlik"], export)
    with pytest.raises(DomainError, match="more_than_cap"):
        selectors.download(who["analitik"], export.pk, now=clock.now())
    assert not AuditEntry.objects.filter(command="statistics.export_file").exists()
