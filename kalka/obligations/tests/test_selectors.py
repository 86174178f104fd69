"""What each subject owes, and how far it is done."""

from datetime import date, timedelta

import pytest

from kalka.core.refs import new_id
from kalka.directory.models import Organisation
from kalka.duties import services
from kalka.duties.kinds import KINDS
from kalka.duties.performing import Done, performance
from kalka.duties.tests.factories import FAR, HERE, NOW, TODAY, acting, duty, organisation, post, team
from kalka.lawbook import tables
from kalka.obligations import selectors

HOUR = timedelta(hours=1)


@pytest.fixture
def office():
    return team()


def of(found: selectors.Matrix, subject: str, obligation: str) -> selectors.Owed:
    lines = {line.obligation.code: line for one in found.subjects if one.code == subject for line in one.owed}
    return lines[obligation]


def test_every_duty_the_law_names_is_a_kind_of_duty():
    day = date(2026, 11, 23)
    named = {kind for one in (*tables.obligations_on(day), *tables.interactions_on(day)) for kind in one.duties}
    assert named - set(KINDS) == set()


@pytest.mark.django_db
@pytest.mark.both
def test_the_figures_are_what_stands_what_is_late_what_rose_and_what_was_done(office):
    duty(office.inspector, "risk.assess", due_at=NOW - HOUR)
    duty(office.inspector, "risk.assess", due_at=NOW + HOUR)
    said = duty(office.colleague, "measure.check_weapon", due_at=NOW + HOUR)
    late = duty(office.colleague, "measure.check_weapon", due_at=NOW - HOUR)
    for one in (said, late):
        services.finish_duty(acting(office.colleague), id=new_id(), duty_id=one.pk, now=NOW)
    stranger = post(organisation(FAR))
    duty(stranger, "risk.assess", due_at=NOW - HOUR)
    found = performance(acting(office.inspector), since=NOW - HOUR, now=NOW)
    assert found == {
        "risk.assess": Done(standing=2, late=1),
        "measure.check_weapon": Done(in_time=1, too_late=1),
    }
    assert performance(acting(office.inspector), since=NOW + HOUR, now=NOW)["risk.assess"] == Done(standing=2, late=1)


@pytest.mark.django_db
@pytest.mark.both
def test_whoever_oversees_sees_the_figures_of_the_territory_and_nobody_sees_the_country(office):
    duty(post(organisation()), "risk.assess", due_at=None)
    duty(post(organisation(FAR)), "risk.assess", due_at=None)
    assert performance(acting(office.lead), since=NOW, now=NOW)["risk.assess"].standing == 1
    assert performance(acting(office.inspector), since=NOW, now=NOW) == {}


@pytest.mark.django_db
@pytest.mark.both
def test_a_subject_sees_its_own_obligations_first_with_the_law_of_the_day(office, django_assert_max_num_queries):
    duty(office.inspector, "order.consider", due_at=NOW - HOUR)
    with django_assert_max_num_queries(14):
        found = selectors.matrix(acting(office.inspector), TODAY, now=NOW)
    first = found.subjects[0]
    assert (first.code, first.own) == ("internal_affairs", True)
    issue = of(found, "internal_affairs", "issue_order")
    assert (issue.obligation.where.act, issue.term.value, issue.done) == ("law-161", 24, Done(standing=1, late=1))
    assert of(found, "internal_affairs", "assess_risk").term.is_set is False
    assert of(found, "court", "impose_bans").done == Done()
    assert of(found, "internal_affairs", "take_to_safety").done is None
    before = selectors.matrix(acting(office.inspector), date(2024, 8, 6), now=NOW)
    assert of(before, "internal_affairs", "issue_order").obligation.where.act == "law-63"
    assert (before.count.value, found.count.value) == (17, 19)
    assert "probation" not in {one.code for one in before.subjects}


@pytest.mark.django_db
@pytest.mark.both
def test_no_term_and_no_form_of_telling_is_ever_invented(office):
    found = selectors.matrix(acting(office.inspector), TODAY, now=NOW)
    assert found.tellings
    assert [one.interaction.code for one in found.tellings if one.term is not None and one.term.is_set] == []
    assert [one.interaction.code for one in found.tellings if one.interaction.form] == []


@pytest.mark.django_db
@pytest.mark.both
def test_where_two_subjects_have_one_duty_each_is_shown_its_own_part(office):
    leading = post(
        Organisation.objects.create(kind="probation", name=dict.fromkeys(("ky", "ru", "en"), "P"), place=HERE)
    )
    duty(leading, "programme.answer", due_at=NOW - HOUR)
    found = selectors.matrix(acting(office.lead), TODAY, now=NOW)
    assert of(found, "probation", "run_programme").done == Done(standing=1, late=1)
    assert of(found, "penal_execution", "run_programme_in_prison").done == Done()
    told = {one.interaction.code: one.done for one in found.tellings}
    assert told["police_to_programme"] == Done(standing=1, late=1)


def test_no_subject_that_works_here_owes_what_nobody_counts_but_these():
    """Each is a step nobody takes in this installation, or one the sources only name."""
    uncounted = {one.code for one in tables.obligations_on(date(2026, 11, 23)) if not one.duties}
    children = {"report_on_children", "note_on_children"}
    assert uncounted == {"take_to_safety", "coordinate", "adopt_plan", "oversee_plan", *children}
