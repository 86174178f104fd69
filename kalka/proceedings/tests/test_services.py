from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from kalka.access.models import Grant
from kalka.cases.services import mark_closed
from kalka.cases.tests import factories as cases
from kalka.core.actors import SYSTEM, post_holder
from kalka.core.errors import AccessDenied, Stale
from kalka.core.refs import new_id
from kalka.lawbook.book import Provision
from kalka.lawbook.tests.amending import law_says
from kalka.notices.models import Notice
from kalka.orders.tests import factories as orders
from kalka.proceedings import selectors
from kalka.proceedings.holding import LONGEST_DETENTION
from kalka.proceedings.models import (
    Custody,
    Proceeding,
    ProceedingEnd,
    ProceedingNumber,
    ReleasePlan,
    WeaponCheck,
)
from kalka.proceedings.tests.factories import (
    DAY,
    HOUR,
    NOW,
    TODAY,
    duties,
    ended,
    evaded,
    freed,
    held,
    history,
    opened,
    planned,
    refusal,
    refused_bans,
    stepped,
    weapon,
    world,
)
from kalka.risk.models import Trigger

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def at():
    return world()


def triggers() -> list[tuple[str, datetime]]:
    return list(Trigger.objects.order_by("recorded_at", "kind").values_list("kind", "due_at"))


def told() -> set[tuple[int, str]]:
    return set(Notice.objects.exclude(kind="duty_assigned").values_list("to_post_id", "kind"))


# Proceedings


def test_proceedings_keep_the_provision_of_their_day(at):
    row = opened(at, on=date(2025, 1, 10), register="journal", number="1-234", told="Эшикти сындырды")
    assert (row.course, row.act, row.article, row.basis["since"]) == (
        "administrative",
        "code-of-offences",
        "70",
        "2021-12-01",
    )
    assert Provision.from_json(row.basis).value == "70"
    stored = ProceedingNumber.objects.get()
    assert "1-234" not in repr(stored.number) and b"1-234" not in bytes(stored.number_key)
    duty = duties(at)["proceeding.outcome"]
    assert (duty.assignee_id, duty.due_at, duty.about) == (at.inspector.post_id, None, f"{at.case.ref}/{row.pk}")
    assert history(at) == [("proceeding_opened", date(2025, 1, 10))]


def test_evasion_and_refusal_are_kept_apart_with_what_they_rest_on(at):
    one, other = evaded(at), refused_bans(at)
    assert (one.basis["key"], one.sessions_set, one.sessions_missed) == ("programme.evasion_arrest_days", 8, 5)
    assert (other.basis["key"], other.bans) == ("monitoring.evasion_arrest_days", "leave_home,no_contact")
    assert refusal(lambda: evaded(at, warned_on=None)).code == "proceedings.not_warned"
    assert refusal(lambda: refused_bans(at, bans=("no_such",))).code == "proceedings.not_an_answer"
    assert refusal(lambda: evaded(at, on=date(2025, 10, 14))).code == "proceedings.no_such_ground_then"


def test_an_order_of_another_case_is_none(at):
    order = orders.registered(at)
    assert refused_bans(at, order=order.pk).order_id == order.pk
    assert isinstance(refusal(lambda: refused_bans(at, order=new_id())), AccessDenied)


def test_nothing_is_written_against_whoever_is_protected_or_in_a_closed_case(at):
    assert refusal(lambda: opened(at, person=at.she)).code == "proceedings.not_said_to_have_done_it"
    assert refusal(lambda: opened(at, ground="no")).code == "proceedings.not_an_answer"
    mark_closed(at.worker, id=new_id(), case_ref=at.case.ref, now=NOW)
    assert refusal(lambda: opened(at)).code == "proceedings.case_closed"


def test_sent_twice_is_written_once(at):
    id = new_id()
    row = opened(at, id=id, register="unified", number="05-1")
    assert opened(at, id=id, register="unified", number="05-1") == row
    assert stepped(at, row, id=id) == stepped(at, row, id=id)
    assert ended(at, row, id=id) == ended(at, row, id=id)
    assert weapon(at, "none", id=id) == weapon(at, "none", id=id)
    assert (Proceeding.objects.count(), ProceedingNumber.objects.count(), WeaponCheck.objects.count()) == (1, 1, 1)


def test_a_register_gives_one_number_and_the_same_not_twice(at):
    row = opened(at, register="journal", number="1-234")
    stepped(at, row, register="unified", number="1-234")
    assert refusal(lambda: stepped(at, row, register="unified", number="9")).code == "proceedings.has_a_number"
    again = refusal(lambda: opened(at, register="journal", number="№ 1-234"))
    assert (again.code, again.facts["field"]) == ("proceedings.has_a_number", "number")


def test_how_far_it_is_by_its_own_course(at):
    row = opened(at, on=TODAY - DAY)
    stepped(at, row, stage="report", on=TODAY - DAY)
    stepped(at, row, stage="court")
    line = selectors.proceeding_line(at.inspector, at.case.ref, row.pk, now=NOW)
    assert (line.stage, line.end) == ("court", None)
    assert refusal(lambda: stepped(at, row, stage="suspended")).code == "proceedings.not_an_answer"
    assert refusal(lambda: stepped(at, row, on=TODAY - 2 * DAY)).code == "proceedings.before_it_began"


@pytest.mark.parametrize(
    ("said", "measured", "limits"),
    [
        ({"amount": 14}, "unset", 2),  # the least after No. 214 was not seen
        ({"amount": 15}, "outside", 2),
        ({"sentence": "community_work", "amount": 40}, "within", 1),
        ({"sentence": "community_work", "amount": 60}, "outside", 1),
        ({"sentence": "other", "amount": None}, "unset", 0),
    ],
)
def test_a_court_is_not_corrected_its_word_is_measured(at, said, measured, limits):
    end = ended(at, opened(at), **said)
    assert (end.measured, len(end.limits), end.number) == (measured, limits, 1)
    assert ("found_guilty", TODAY) in history(at)
    assert "proceeding.outcome" not in duties(at)


def test_an_arrest_that_has_begun_is_custody_with_a_known_end(at):
    begun = NOW - 2 * HOUR
    end = ended(at, evaded(at), amount=14, arrested_at=begun)
    (line,) = selectors.held(at.inspector, at.case.subject_id, now=NOW)
    assert (end.measured, line.kind, line.keeper, line.begun_at) == ("within", "arrest", "police", begun)
    assert line.until == begun + timedelta(hours=24 * 14) == datetime(2026, 12, 7, 0, 40, tzinfo=UTC)
    assert triggers() == [("found_guilty", NOW + 24 * HOUR), ("planned_release", line.until - 24 * HOUR)]
    assert duties(at)["custody.release"].due_at == line.until


def test_a_later_decision_holds_and_whoever_did_not_see_the_first_is_told(at):
    row = opened(at)
    ended(at, row, seen="0")
    late = refusal(lambda: ended(at, row, seen="0", how="acquitted", sentence="", amount=None))
    assert isinstance(late, Stale) and late.code == "proceedings.ended_meanwhile"
    ended(at, row, seen="1", how="acquitted", sentence="", amount=None)
    line = selectors.proceeding_line(at.inspector, at.case.ref, row.pk, now=NOW)
    assert (line.end.how, line.ends) == ("acquitted", 2)


def test_a_refusal_says_why_and_the_prosecutor_is_told(at):
    end = ended(at, opened(at), how="refused", reason="withdrawn", sentence="", amount=None)
    assert (end.how, end.reason, end.measured) == ("refused", "withdrawn", "")
    assert (at.prosecutor.post_id, "proceeding_refused") in told()
    assert ("proceeding_refused", TODAY) in history(at)


def test_the_database_keeps_an_end_whole(at):
    end = ended(at, opened(at))
    for wrong in ({"sentence": ""}, {"how": "refused"}, {"reason": "age"}, {"how": "acquitted"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ProceedingEnd.objects.filter(pk=end.pk).update(**wrong)


# Custody and release


def test_somebody_is_held_once_and_his_release_is_awaited(at):
    row = held(at)
    assert (row.basis["key"], row.basis["value"]) == (LONGEST_DETENTION, None)
    duty = duties(at)["custody.release"]
    assert (duty.assignee_id, duty.due_at, duty.about) == (at.inspector.post_id, None, str(row.pk))
    assert (history(at), triggers(), ReleasePlan.objects.count()) == ([("detained", TODAY)], [], 0)
    assert refusal(lambda: held(at)).code == "proceedings.is_held"


def test_where_the_law_says_how_long_the_end_is_known(at, monkeypatch, tmp_path):
    law_says(monkeypatch, tmp_path, LONGEST_DETENTION, 48, since="2026-01-01")
    row = held(at)
    assert duties(at)["custody.release"].due_at == row.begun_at + timedelta(hours=48)
    planned(at, row, row.begun_at + timedelta(hours=72))
    (line,) = selectors.held(at.inspector, at.case.subject_id, now=NOW)
    assert line.is_longer, "marked, not refused: somebody has to ask why"


def test_a_planned_release_asks_for_a_new_assessment_before_it(at):
    row = held(at, until=NOW + 5 * DAY)
    assert triggers() == [("planned_release", NOW + 4 * DAY)]
    assert duties(at)["risk.assess"].due_at <= NOW + 4 * DAY
    planned(at, row, NOW + 2 * DAY, seen="1")
    assert duties(at)["custody.release"].due_at == NOW + 2 * DAY, "a sooner one takes its place"
    late = refusal(lambda: planned(at, row, NOW + 9 * DAY, seen="1"))
    assert late.code == "proceedings.planned_meanwhile"
    assert refusal(lambda: planned(at, row, row.begun_at)).code == "proceedings.until_unfit"


def test_a_release_as_planned_is_no_surprise(at):
    row = held(at, until=NOW + DAY)
    gone = freed(at, row, now=NOW + DAY)
    assert (gone.unforeseen, [kind for kind, _due in triggers()]) == (False, ["planned_release", "released"])
    assert "custody.release" not in duties(at)
    assert history(at)[-1] == ("released", TODAY + DAY)
    assert refusal(lambda: freed(at, row, now=NOW + DAY)).code == "proceedings.is_free"
    assert refusal(lambda: planned(at, row, NOW + 2 * DAY, now=NOW + DAY)).code == "proceedings.is_free"


@pytest.mark.parametrize(("until", "how"), [(None, "decided"), (NOW + DAY, "decided"), (NOW, "fled")])
def test_a_release_nobody_expected_alerts_all_who_protect_her(at, until, how):
    row = held(at, until=until)
    cases.join(at.inspector, at.case, at.officer)
    assert freed(at, row, how=how, by=at.officer).unforeseen
    assert ("unplanned_release", NOW + 4 * HOUR) in triggers()
    posts = {post for post, kind in told() if kind == "released_unforeseen"}
    assert posts == {at.inspector.post_id, at.worker.post_id}


def test_the_penitentiary_says_when_it_is_and_sees_nothing_else(at):
    row = held(at, kind="sentence", keeper="penitentiary")
    assert duties(at)["custody.release"].assignee_id == at.warden.post_id
    page = selectors.held_page(at.warden, row.pk, now=NOW)
    assert (page.whole, page.name) == (False, "Токтосунов Эркин")
    with pytest.raises(AccessDenied):
        selectors.case_page(at.warden, at.case.ref, now=NOW)
    planned(at, row, NOW + 30 * DAY, by=at.warden)
    assert freed(at, row, by=at.warden, how="decided").unforeseen
    running = Grant.objects.filter(holder=post_holder(at.warden.post_id), until=None)
    assert not running.exists()
    with pytest.raises(AccessDenied):
        selectors.held_page(at.warden, row.pk, now=NOW + HOUR)


def test_whoever_tells_her_learns_in_time_of_each_release_that_is_planned(at):
    row = held(at, until=NOW + 5 * DAY)
    planned(at, row, NOW + 2 * DAY)

    def coming(actor, before):
        return [(one.custody_id, one.until) for one in selectors.coming_releases(actor, before=before, now=NOW)]

    soon = [(row.pk, NOW + 2 * DAY)]
    assert coming(SYSTEM, NOW + 3 * DAY) == coming(at.worker, NOW + 3 * DAY) == soon
    assert coming(SYSTEM, NOW + 2 * DAY) == coming(at.stranger, NOW + 3 * DAY) == []
    freed(at, row, how="decided")
    assert coming(SYSTEM, NOW + 3 * DAY) == []


def test_what_may_not_be_seen_is_not_there(at):
    row, kept = opened(at), held(at)
    for do in (
        lambda: opened(at, by=at.stranger),
        lambda: freed(at, kept, by=at.stranger),
        lambda: freed(at, kept, by=at.warden),
        lambda: selectors.proceeding_page(at.stranger, at.case.ref, row.pk, now=NOW),
        lambda: selectors.held_page(at.stranger, kept.pk, now=NOW),
    ):
        with pytest.raises(AccessDenied):
            do()
    assert (Proceeding.objects.count(), Custody.objects.filter(release=None).count()) == (1, 1)


# Weapons


@pytest.mark.parametrize(
    ("what", "event", "trigger"),
    [
        ("taken", "weapon_taken", None),
        ("handed_in", "weapon_taken", None),
        ("found", "weapon_found", "weapon_licence"),
        ("returned", "weapon_returned", "weapon_licence"),
        ("none", None, None),
    ],
)
def test_what_came_of_asking_for_weapons(at, what, event, trigger):
    weapon(at, what, told="Мылтык, протокол 7")
    assert [kind for kind, _on in history(at)] == ([event] if event else [])
    assert [kind for kind, _due in triggers()] == ([trigger] if trigger else [])
