from datetime import timedelta
from random import Random

import pytest

from kalka.access import selectors as access
from kalka.core.actors import NOBODY, SYSTEM
from kalka.core.blockers import Blocker
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission as P
from kalka.core.refs import new_id, show_ref
from kalka.duties import rules, selectors, services
from kalka.duties.lines import Counts, Overdue, Today
from kalka.duties.models import Duty
from kalka.duties.rules import Group
from kalka.duties.tests.factories import (
    FAR,
    HERE,
    LAW,
    NOW,
    RAION,
    REF,
    THERE,
    acting,
    duty,
    give_file,
    in_a_command,
    organisation,
    post,
    subject,
    team,
    wall,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]
HOUR = timedelta(hours=1)


@pytest.fixture
def office():
    return team()


def ids(lines):
    return [line.id for line in lines]


def test_today_shows_late_first_and_what_has_no_term_in_its_own_part(office):
    of = {
        name: duty(office.inspector, due_at=due)
        for name, due in {
            "later": NOW + timedelta(days=30),
            "unset": None,
            "week": NOW + timedelta(days=2),
            "late": NOW - HOUR,
            "today": NOW + HOUR,
            "very late": NOW - 50 * HOUR,
        }.items()
    }
    today = selectors.today(acting(office.inspector), now=NOW)
    assert ids(today.late) == [of["very late"].pk, of["late"].pk]
    assert ids(today.today) == [of["today"].pk]
    assert ids(today.unset) == [of["unset"].pk]
    assert ids(today.week) == [of["week"].pk]
    assert ids(today.later) == [of["later"].pk]
    assert (today.whole, today.more) == (6, 0)
    assert selectors.counts(acting(office.inspector), now=NOW) == Counts(late=2, today=1, whole=6)


def test_whoever_may_be_in_danger_now_stands_above_however_much_is_late(office):
    """A call of a minute ago is not looked for under fifty terms of last month."""
    for number in range(selectors.MOST + 3):
        duty(office.inspector, about=f"{REF}/{number}", due_at=NOW - 50 * HOUR)
    called = duty(office.inspector, "call.answer", about=f"{REF}/{new_id()}", due_at=NOW + HOUR / 4)
    signal = duty(office.inspector, "monitoring.answer", about=f"{REF}/{new_id()}", due_at=NOW - HOUR / 4)
    today = selectors.today(acting(office.inspector), now=NOW)
    assert ids(today.first) == ids(today.lines)[:2] == [signal.pk, called.pk]
    assert (len(today.late), len(today.lines), today.more) == (48, 50, 5)
    assert selectors.counts(acting(office.inspector), now=NOW) == Counts(54, 1, 55)
    rest = selectors.today(acting(office.inspector), now=NOW, page=2)
    assert (len(rest.late), rest.first, rest.more, rest.whole) == (5, (), 0, 55)
    assert not set(ids(rest.lines)) & set(ids(today.lines))
    assert selectors.today(acting(office.inspector), now=NOW, page=3) == today, "past the end is the beginning"


def test_one_duty_that_cannot_wait_stands_there_too_in_whose_hands_ever_it_goes_on(office):
    calm = duty(office.inspector, "intake.triage", about=str(new_id()), due_at=NOW - HOUR)
    told = {"kind": "people.possible_duplicate", "about": str(new_id()), "subject_id": subject()}
    slow = duty(office.inspector, due_at=NOW + HOUR, **told)
    urgent = duty(office.inspector, due_at=NOW + 2 * HOUR, at_once=True, **told)
    assert (urgent.continues, urgent.due_at, urgent.at_once) == (slow, NOW + HOUR, True), "its sooner term stays"
    assert duty(office.inspector, due_at=NOW + 2 * HOUR, **told) == urgent, "nothing makes it wait again"
    today = selectors.today(acting(office.inspector), now=NOW)
    assert (ids(today.first), ids(today.late)) == ([urgent.pk], [calm.pk])
    give = {"duty_id": urgent.pk, "to_post": office.colleague.pk, "reason": "Ал үйдө эмес экен"}
    on = services.hand_over(acting(office.inspector), id=new_id(), now=NOW, **give)
    assert ids(selectors.today(acting(office.colleague), now=NOW).first) == [on.pk]


def test_a_line_says_what_until_when_on_what_article_and_in_which_case(office):
    made = duty(office.inspector, due_at=NOW - 15 * HOUR, level="4/4")
    (line,) = selectors.today(acting(office.inspector), now=NOW).late
    assert (line.id, line.subject_id, line.kind, line.level) == (made.pk, made.subject_id, "risk.assess", "4/4")
    assert (line.case_ref, line.ref) == (REF, show_ref(REF))
    assert (line.due_at, line.late) == (NOW - 15 * HOUR, 15 * HOUR)
    assert line.basis.provision == LAW["risk.assess_every_report"]
    assert (line.escalated, line.assignee_id) == (False, office.inspector.pk)


def test_a_duty_that_was_given_no_level_shows_that_of_its_file_on_the_same_page_and_of_no_other(office):
    hers = subject()
    for given in ({"level": "4/4"}, {"kind": "visit.make"}):
        duty(office.inspector, subject_id=hers, due_at=NOW - HOUR, **given)
    duty(office.inspector, due_at=NOW - HOUR)
    late = selectors.today(acting(office.inspector), now=NOW).late
    assert sorted((line.subject_id == hers, line.level) for line in late) == [(False, ""), (True, "4/4"), (True, "4/4")]


def test_an_internal_rule_says_that_it_is_no_law(office):
    duty(office.inspector, basis=None, due_at=NOW - HOUR)
    (line,) = selectors.today(acting(office.inspector), now=NOW).late
    assert line.basis.internal
    assert line.basis.provision is None


def test_a_post_sees_its_duty_without_the_file_and_another_post_does_not(office):
    made = duty(office.inspector)
    assert selectors.get_duty(acting(office.inspector), made.pk, now=NOW) == made
    assert not access.sees(acting(office.inspector), made.subject_id, now=NOW)
    with pytest.raises(AccessDenied):
        selectors.get_duty(acting(office.colleague), made.pk, now=NOW)
    assert selectors.today(acting(office.colleague), now=NOW) == Today()


def test_whoever_sees_the_file_sees_its_duties(office):
    made = duty(office.inspector)
    give_file(made.subject_id, office.colleague)
    reader = acting(office.colleague)
    assert selectors.get_duty(reader, made.pk, now=NOW) == made
    assert ids(selectors.of_subject(reader, made.subject_id, now=NOW)) == [made.pk]
    assert selectors.today(reader, now=NOW) == Today(), "seeing is not having"


def test_a_walled_user_sees_no_duty_of_the_subject_not_even_the_own_one(office):
    made, other = duty(office.inspector), duty(office.inspector)
    actor = acting(office.inspector)
    give_file(made.subject_id, office.inspector)
    wall(made.subject_id, actor.user_id)
    assert ids(selectors.today(actor, now=NOW + HOUR).late) == [other.pk]
    assert selectors.counts(actor, now=NOW + HOUR) == Counts(1, 0, 1)
    assert selectors.of_subject(actor, made.subject_id, now=NOW) == ()
    assert selectors.next_for(actor, made.subject_id, now=NOW) is None
    assert selectors.open_work(actor, made.subject_id, now=NOW) == ()
    with pytest.raises(AccessDenied):
        selectors.get_duty(actor, made.pk, now=NOW)


def test_nobody_and_the_system_have_no_today():
    for actor in (NOBODY, SYSTEM):
        assert selectors.today(actor, now=NOW) == Today()
        assert selectors.counts(actor, now=NOW) == Counts(0, 0, 0)


@pytest.mark.parametrize("seed", range(6))
def test_the_statement_of_today_finds_what_the_predicate_finds(office, seed):
    chance = Random(seed)
    posts = [office.inspector, office.colleague, office.lead]
    users = [acting(one).user_id for one in posts]
    subjects = [subject() for _ in range(8)]
    for number in range(60):
        due = chance.choice([None, NOW + timedelta(minutes=chance.randint(-20_000, 20_000)), NOW])
        made = duty(
            chance.choice(posts), subject_id=chance.choice(subjects), due_at=due, about=f"{REF}/{number}", basis=None
        )
        if chance.random() < 0.3:
            in_a_command(
                lambda made=made: services.end_for(
                    made.kind, subject_id=made.subject_id, about=made.about, now=NOW, actor=SYSTEM
                )
            )
    for _ in range(5):
        wall(chance.choice(subjects), chance.choice(users))
    for one in posts:
        actor = acting(one)
        today = selectors.today(actor, now=NOW)
        shown = {part: getattr(today, part.name.lower()) for part in Group}
        expected = access.unwalled(actor, Duty.objects.standing().filter(assignee_id=one.pk))
        assert {line.id for lines in shown.values() for line in lines} == set(expected.values_list("pk", flat=True))
        for part, lines in shown.items():
            assert {rules.group(line.due_at, NOW) for line in lines} <= {part}
            assert [line.due_at for line in lines if line.due_at] == sorted(
                line.due_at for line in lines if line.due_at
            )
        assert today.whole == expected.count() == selectors.counts(actor, now=NOW).whole


def test_today_is_one_query_however_many_duties_there_are(office, django_assert_num_queries):
    for number in range(12):
        duty(office.inspector, about=f"{REF}/{number}")
    with django_assert_num_queries(1):
        assert selectors.today(acting(office.inspector), now=NOW).whole == 12
    with django_assert_num_queries(1):
        assert selectors.counts(acting(office.inspector), now=NOW).whole == 12


def test_a_very_long_list_says_how_much_it_leaves_off(office, monkeypatch):
    monkeypatch.setattr(selectors, "MOST", 3)
    for number in range(5):
        duty(office.inspector, about=f"{REF}/{number}", due_at=NOW + timedelta(hours=number))
    today = selectors.today(acting(office.inspector), now=NOW)
    assert (len(today.today), today.whole, today.more) == (3, 5, 2)


def test_the_next_duty_of_a_file_is_the_soonest_and_without_a_term_the_last(office):
    file = subject()
    give_file(file, office.inspector)
    unset = duty(office.inspector, "notice.social_service", subject_id=file, due_at=None)
    actor = acting(office.inspector)
    assert selectors.next_for(actor, file, now=NOW).id == unset.pk
    soon = duty(office.colleague, "visit.make", subject_id=file, due_at=NOW + HOUR)
    assert selectors.next_for(actor, file, now=NOW).id == soon.pk
    assert ids(selectors.of_subject(actor, file, now=NOW)) == [soon.pk, unset.pk]


def test_a_case_stays_open_for_what_must_be_done_once_and_for_what_is_late(office):
    file = subject()
    give_file(file, office.inspector)
    duty(office.inspector, "visit.make", subject_id=file, due_at=NOW + HOUR)
    duty(office.inspector, "closure.review", subject_id=file, due_at=NOW - HOUR)
    once = duty(office.inspector, "notice.social_service", subject_id=file, due_at=None)
    late = duty(office.inspector, "risk.reassess", subject_id=file, due_at=NOW - HOUR)
    actor = acting(office.inspector)
    assert selectors.open_work(actor, file, now=NOW) == (
        Blocker("duties.late", _facts(actor, late)),
        Blocker("duties.open", _facts(actor, once)),
    )


def _facts(actor, made):
    (line,) = [line for line in selectors.of_subject(actor, made.subject_id, now=NOW) if line.id == made.pk]
    return {"kind": line.kind, "title": line.title, "url": line.url, "due": line.due_at}


def test_an_overseer_sees_how_much_is_late_where_and_nothing_else():
    oblast = organisation(RAION, name="Oblast")
    here, there, far = organisation(HERE, oblast, "Ak-Jar"), organisation(THERE, oblast, "Kok-Jar"), organisation(FAR)
    busy, idle, elsewhere = post(here), post(there), post(far)
    for number in range(3):
        duty(busy, about=f"{REF}/{number}", due_at=NOW - timedelta(hours=number + 1))
    duty(busy, due_at=NOW + HOUR)
    duty(busy, "notice.social_service", due_at=None)
    duty(idle, due_at=NOW - 9 * HOUR)
    duty(elsewhere, due_at=NOW - HOUR)
    coordinator = acting(post(oblast), P.DUTY_OVERSEE)
    assert selectors.overdue_by_organisation(coordinator, now=NOW) == (
        Overdue("Ak-Jar", 3, 0, NOW - 3 * HOUR),
        Overdue("Kok-Jar", 1, 0, NOW - 9 * HOUR),
    )
    with pytest.raises(AccessDenied):
        selectors.overdue_by_organisation(acting(busy), now=NOW)


def test_the_wall_hides_from_the_overseers_counts_too(office):
    made = duty(office.inspector, due_at=NOW - HOUR)
    overseer = acting(office.lead)
    assert [one.late for one in selectors.overdue_by_organisation(overseer, now=NOW)] == [1]
    wall(made.subject_id, overseer.user_id)
    assert selectors.overdue_by_organisation(overseer, now=NOW) == ()


def test_only_the_installation_itself_reads_across_all_files(office):
    made = duty(office.inspector, "visit.make", due_at=NOW - HOUR)
    assert selectors.post_with(SYSTEM, made.subject_id, "visit.make") == office.inspector.id
    with pytest.raises(AccessDenied):
        selectors.post_with(acting(office.lead), made.subject_id, "visit.make")
