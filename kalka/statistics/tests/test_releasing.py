from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection

from kalka.core.actors import NOBODY, SYSTEM
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.jobs import runner
from kalka.jobs.models import Job
from kalka.statistics import services, tasks
from kalka.statistics.counting import bonds
from kalka.statistics.indicators import get
from kalka.statistics.ledger import key_of
from kalka.statistics.models import Fact, Published, Release, Sheet
from kalka.statistics.rules import LOST_AFTER, ReleaseState, State
from kalka.statistics.tests import factories as make
from kalka.statistics.tests.attacker import disclosed

pytestmark = [pytest.mark.django_db, pytest.mark.both]
NEXT_MONTH = make.NOW + timedelta(days=20)


@pytest.fixture
def country():
    return make.country()


def figure(code: str, indicator: str, period: str, place: str = "", by: str = "", value: str = ""):
    sheet = Sheet.objects.get(release__code=code, indicator=indicator, year=int(period[:4]))
    row = Published.objects.get(
        release=sheet.source, indicator=indicator, period=period, place=place, by=by, code=value
    )
    return row.state, row.n


def test_what_was_written_down_is_counted_by_day_place_and_person(country):
    make.cases(17, date(2025, 3, 4))
    make.cases(12, date(2025, 8, 1), make.FAR_AIMAK, forms="physical,economic")
    code = make.released()
    assert code == "2026-10"
    assert figure(code, "cases", "2025") == ("shown", 29)
    assert figure(code, "cases", "2025-03") == ("shown", 17)
    assert figure(code, "cases", "2025-04") == ("shown", 0)
    assert figure(code, "cases", "2025", make.NARYN) == ("shown", 17)
    assert figure(code, "cases", "2025", make.RAION) == ("shown", 17)
    assert figure(code, "persons_protected", "2025", "", "sex", "f") == ("shown", 29)
    assert figure(code, "incidents", "2025", "", "form", "economic") == ("shown", 12)


def test_a_figure_of_four_is_hidden_and_so_is_what_would_tell_it(country):
    make.cases(4, date(2025, 3, 4))
    make.cases(40, date(2025, 3, 4), make.FAR_AIMAK)
    make.cases(50, date(2025, 3, 4), make.AIMAKS[2])
    code = make.released()
    states = {place: figure(code, "cases", "2025", place)[0] for place in ("", make.NARYN, make.BATKEN, make.OSH)}
    assert states == {"": "shown", make.NARYN: "hidden", make.BATKEN: "hidden", make.OSH: "shown"}
    assert set(Published.objects.exclude(state=State.SHOWN).values_list("n", flat=True)) == {None}


def test_five_incidents_of_one_person_are_hidden_like_one(country):
    writer = make.Writer()
    she = writer.case(date(2025, 3, 4))
    for _ in range(5):
        writer.case(date(2025, 3, 4), who=she)
    writer.write()
    code = make.released()
    assert figure(code, "persons_protected", "2025") == ("hidden", None)
    assert figure(code, "cases", "2025") == ("shown", 6)  # six files; of whom they are is not asked


def test_no_data_is_not_nought(country):
    """The fourth aimak has no post that could have recorded, and nobody could before the posts stood."""
    make.cases(6, date(2025, 3, 4))
    make.cases(1, date(2018, 3, 4))
    code = make.released()
    assert figure(code, "cases", "2025", "41711000000000") == ("none", None)
    assert figure(code, "cases", "2025", make.OSH) == ("shown", 0)
    assert figure(code, "cases", "2019") == ("none", None)


def test_the_month_that_is_not_over_is_not_in_it(country):
    make.cases(6, date(2026, 10, 31))
    make.cases(9, date(2026, 11, 1))
    code = make.released()
    assert figure(code, "cases", "2026") == ("shown", 6)
    assert not Published.objects.filter(period="2026-11").exists()
    assert Fact.objects.filter(on__gte=date(2026, 11, 1)).count() == 0


def test_the_lines_say_nothing_of_whom_and_the_salt_is_gone(country):
    writer = make.Writer()
    she = writer.case(date(2025, 3, 4))
    writer.write()
    make.released()
    release = Release.objects.get()
    assert (release.state, bytes(release.salt)) == (ReleaseState.PUBLISHED, b"")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM statistics_fact")
        text = str(cursor.fetchall())
    assert she.hex not in text and str(she) not in text
    assert set(Fact.objects.values_list("kind", flat=True)) == {"report", "case", "part", "incident", "fact"}


def test_the_same_person_has_another_name_in_the_next_release(country):
    make.cases(1, date(2025, 3, 4))
    make.released()
    first = set(Fact.objects.values_list("who", flat=True))
    make.released(NEXT_MONTH)
    assert Fact.objects.values_list("release").distinct().count() == 1  # those of the first are gone
    assert first.isdisjoint(Fact.objects.values_list("who", flat=True))


def test_what_has_not_changed_keeps_the_figures_that_were_published(country):
    make.cases(6, date(2025, 3, 4))
    make.released()
    rows = Published.objects.filter(year=2025).count()
    code = make.released(NEXT_MONTH)
    assert Published.objects.filter(year=2025).count() == rows
    sources = Sheet.objects.filter(release__code=code).values_list("year", "source__code").distinct()
    assert set(sources) == {(2025, "2026-10"), (2026, "2026-11")}
    assert figure(code, "cases", "2025") == ("shown", 6)


def test_a_figure_that_grew_by_few_since_it_was_published_is_hidden(country):
    """One more case in a village: the difference of two releases must not tell it."""
    for place in make.AIMAKS[:3]:
        make.cases(30, date(2026, 5, 4), place)
    first = make.released()
    make.cases(1, date(2026, 5, 9), told=date(2026, 11, 25))
    make.cases(9, date(2026, 5, 9), make.FAR_AIMAK, told=date(2026, 11, 25))
    second = make.released(NEXT_MONTH)
    assert figure(first, "cases", "2026-05", make.NARYN) == ("shown", 30)
    assert figure(second, "cases", "2026-05", make.NARYN) == ("hidden", None)
    assert figure(second, "cases", "2026-05", make.BATKEN) == ("hidden", None)
    assert figure(second, "cases", "2026-05") == ("shown", 100)


def attacked(releases: list[str], indicator: str, year: int) -> tuple[int, dict[object, tuple[float, float]]]:
    """What somebody learns who has every release and knows that figures only grew."""
    shown, hidden, ties, floors = {}, [], [], {}
    for number, code in enumerate(releases):
        rows = Published.objects.filter(release__code=code, indicator=indicator, year=year)
        keys, above = [], {}
        for row in rows:
            key = key_of(row.period, row.place, row.by, row.code)
            keys.append(key)
            above |= {row.place: row.above} if row.above else {}
            earlier = (number - 1, key)
            if row.state == State.HIDDEN:
                hidden.append((number, key))
                floors[number, key] = shown.get(earlier, 0)
            else:
                shown[number, key] = row.n or 0
            if earlier in shown or earlier in hidden:
                ties.append(({earlier: 1, (number, key): -1}, "<"))
        for bond in bonds(get(indicator), keys, above):
            parts = [(number, part) for part in bond.parts]
            total = (number, bond.total)
            if bond.kind == "some":
                ties.append(({total: -1} | dict.fromkeys(parts, 1), "<"))
            else:
                ties.append(({total: 1} | dict.fromkeys(parts, -1), "=" if bond.kind == "sum" else "<"))
            if bond.kind == "cover":
                ties += [({part: 1, total: -1}, "<") for part in parts]
    return len(hidden), disclosed(shown, hidden, ties, floors)


def test_two_releases_together_give_nobody_away(country):
    writer = make.Writer(11)
    writer.many(150, date(2026, 1, 1), 300)
    writer.write()
    first = make.released()
    writer = make.Writer(12)
    writer.many(30, date(2026, 11, 1), 29)
    writer.write()
    second = make.released(NEXT_MONTH)
    for indicator in ("cases", "persons_protected", "incidents"):
        hidden, found = attacked([first, second], indicator, 2026)
        assert hidden > 10
        # What hid another figure then may be known by now, as long as it is no small one.
        assert {cell: ends for cell, ends in found.items() if cell[0] == 1 or ends[0] < 5} == {}


def test_one_release_gives_nobody_away_in_any_table(country):
    writer = make.Writer(5)
    writer.many(60, date(2025, 1, 1), 365)
    writer.write()
    code = make.released()
    for indicator in ("cases", "cases_closed", "persons_alleged"):
        assert attacked([code], indicator, 2025)[1] == {}


def test_shown_parts_come_to_the_whole(country):
    writer = make.Writer(6)
    writer.many(300, date(2025, 1, 1), 365)
    writer.write()
    code = make.released()
    rows = Published.objects.filter(release__code=code, indicator="cases", year=2025)
    n = {key_of(row.period, row.place, row.by, row.code): row.n or 0 for row in rows if row.state != State.HIDDEN}
    whole = [
        b
        for b in bonds(get("cases"), n, {r.place: r.above for r in rows if r.above})
        if {b.total, *b.parts} <= n.keys()
    ]
    sums = [(n[bond.total], sum(n[part] for part in bond.parts)) for bond in whole if bond.total.place == ""]
    assert sums and all(total >= parts for total, parts in sums)


# Beginning, stopping, going on


def test_a_release_is_made_by_a_job_from_where_it_stopped(country):
    make.cases(6, date(2025, 3, 4))
    release = services.make_release(SYSTEM, id=new_id(), now=make.NOW)
    steps = Counter()

    def stop_after_three() -> bool:
        steps["taken"] += 1
        return steps["taken"] in (3, 40)

    for _ in range(3):
        runner.perform(release.pk, stopping=stop_after_three)
    job = Job.objects.get()
    assert (job.state, job.result_ref, job.attempts > 1) == ("done", str(release.pk), True)
    assert Fact.objects.filter(kind="case").count() == 6
    assert figure("2026-10", "cases", "2025") == ("shown", 6)
    release.refresh_from_db()
    assert release.state == ReleaseState.PUBLISHED


def test_a_job_that_is_cancelled_publishes_nothing_and_makes_room_for_another(country):
    make.cases(6, date(2025, 3, 4))
    release = services.make_release(SYSTEM, id=new_id(), now=make.NOW)
    Job.objects.update(cancel_asked_at=make.NOW)
    runner.perform(release.pk)
    release.refresh_from_db()
    assert (Job.objects.get().state, release.state, bytes(release.salt)) == ("cancelled", ReleaseState.FAILED, b"")
    assert not Sheet.objects.exists()
    assert make.released() == "2026-10.2"


def test_only_one_release_is_made_at_a_time_until_it_gives_no_more_sign(country):
    first = services.make_release(SYSTEM, id=new_id(), now=make.NOW)
    assert services.make_release(SYSTEM, id=first.pk, now=make.NOW) == first
    with pytest.raises(DomainError) as refusal:
        services.make_release(SYSTEM, id=new_id(), now=make.NOW)
    assert refusal.value.code == "statistics.release_running"
    assert (Release.objects.count(), Job.objects.count()) == (1, 1)
    later = services.make_release(SYSTEM, id=new_id(), now=make.NOW + LOST_AFTER + timedelta(minutes=1))
    assert (later.code, Release.objects.get(pk=first.pk).state) == ("2026-10.2", ReleaseState.FAILED)
    with pytest.raises(DomainError) as given_up:
        services.publish(SYSTEM, release_id=first.pk, now=make.NOW)
    assert given_up.value.code == "statistics.release_given_up"


def test_what_was_given_up_while_it_was_made_writes_nothing_more_and_leaves_no_figure(country):
    """A machine that slept for two hours wakes up in the middle of its release, and another after its last sheet."""
    make.cases(6, date(2025, 3, 4))
    begun = [make.NOW + number * (LOST_AFTER + timedelta(minutes=1)) for number in range(3)]
    first, second = services.begin_release(SYSTEM, id=new_id(), now=begun[0]), new_id()

    def step(done: int, cursor: str) -> None:
        tasks._beat(first.pk, done, begun[0])
        if cursor == "count:0":
            services.begin_release(SYSTEM, id=second, now=begun[1])

    with pytest.raises(DomainError, match="release_given_up"):
        tasks._make(first.pk, "", step)
    tasks._make(second, "", lambda done, cursor: tasks._beat(second, done, begun[1]))
    assert Sheet.objects.exists() and Published.objects.exists()
    services.begin_release(SYSTEM, id=new_id(), now=begun[2])
    assert not Sheet.objects.exists() and not Published.objects.exists()


def test_whoever_may_not_make_figures_makes_none(country):
    for do in (services.make_release, services.begin_release, services.release_month):
        with pytest.raises(AccessDenied):
            do(NOBODY, id=new_id(), now=make.NOW)
    assert not Release.objects.exists() and not Job.objects.exists()


def test_the_figures_of_a_month_are_made_once(country):
    first = services.release_month(SYSTEM, id=new_id(), now=make.NOW)
    assert services.release_month(SYSTEM, id=new_id(), now=make.NOW + timedelta(minutes=20)) is None
    runner.perform(first.pk)
    assert services.release_month(SYSTEM, id=new_id(), now=make.NOW + timedelta(days=2)) is None
    assert services.release_month(SYSTEM, id=new_id(), now=NEXT_MONTH).code == "2026-11"
    assert AuditEntry.objects.filter(command="statistics.release_month").exists()


def test_what_fails_is_given_up(country, monkeypatch):
    monkeypatch.setattr(tasks, "_count", lambda *given: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        make.released()
    assert Release.objects.get().state == ReleaseState.FAILED
    assert not Published.objects.exists()
