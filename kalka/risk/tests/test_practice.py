"""A practice holds where an institution took it over by an act of its own, says so, and asks for supervised closing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils.translation import override

from kalka.cases.tests import factories as cases
from kalka.core import datafile
from kalka.core.blockers import Blocker
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.directory.models import Organisation, Post
from kalka.duties.lines import line
from kalka.risk import practice, selectors, services
from kalka.risk.models import Assessment, Practice
from kalka.risk.practice import months_after
from kalka.risk.rules import place
from kalka.risk.tests.factories import HOUR, NOW, all_no, assessed, standing, world

pytestmark = [pytest.mark.django_db, pytest.mark.both]
DAY = timedelta(days=1)
ACT = "Ички иштер бөлүмүнүн 2026-жылдын 1-ноябрындагы № 7 буйругу"
SPJ = {f"SPJ{n:02}": "no" for n in range(1, 19)}


@pytest.fixture
def at():
    return world()


def set_to(actor, *, running=True, cite=ACT, now=NOW, id=None):
    allowed = replace(actor, permissions=actor.permissions | {Permission.PRACTICE_SET})
    return services.set_practice(allowed, id=id or new_id(), pack="VIOGEN", running=running, cite=cite, now=now)


def by_judgement(at, level, now=NOW, **said):
    return assessed(at.inspector, at.case, level, judged=level, instrument="SPJ", answers=SPJ, now=now, **said)


def test_the_pack_says_what_was_published():
    pack = practice.pack("VIOGEN")
    assert pack.hours == {1: 1440, 2: 720, 3: 168, 4: 72}
    assert (pack.months, pack.favourable) == (6, 2)
    assert pack.within(place("2/4"), place("2/4")) == 720
    assert pack.within(place("1/4"), place("3/4")) == 168, "the shortest of what is still possible"
    assert pack.within(place("1/2"), place("2/2")) == 72


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2027, 8, 29), 6, date(2028, 2, 29)),
    ],
)
def test_months_are_those_of_the_calendar(day, months, later):
    assert months_after(day, months) == later


@pytest.mark.parametrize("hours", ['{"1/4": 9, "2/4": 8, "3/4": 7}', '{"1/4": 7, "2/4": 8, "3/4": 6, "4/4": 5}'])
def test_a_pack_that_says_too_little_or_is_slower_where_it_is_worse_is_refused(hours):
    text = f"{{id: X, standing: practice, title: {{ky: а, ru: б, en: c}}, source: s, period_hours: {hours},"
    with pytest.raises(DomainError) as refusal:
        practice.parse("X", datafile.parse(text + " closing: {months: 6, favourable: 2}}", "X"))
    assert refusal.value.code == "datafile.refused"


def test_without_an_act_a_level_set_by_judgement_has_no_term(at):
    assert selectors.practice_at(at.inspector, at.inspector.post_id) is None
    made = by_judgement(at, "high")
    assert (made.expires_at, made.computed, made.asked, made.unanswered) == (None, "", 18, 0)
    assert "risk.reassess" not in standing(at.case)


@pytest.mark.parametrize(("level", "hours"), [("low", 1440), ("medium", 720), ("high", 168), ("extreme", 72)])
def test_by_its_act_the_periods_hold_and_today_says_practice_not_law(at, level, hours):
    set_to(at.lead)
    made = by_judgement(at, level)
    assert made.expires_at == NOW + hours * HOUR
    duty = standing(at.case)["risk.reassess"]
    assert duty.due_at == made.expires_at
    assert duty.basis == {"rule": "practice", "pack": "VIOGEN", "cite": ACT}
    with override("en"):
        assert line(duty, NOW).basis.cite == f"Practice, not law: {ACT}"


def test_the_term_of_the_form_stands_where_it_is_sooner(at):
    set_to(at.lead)
    made = assessed(at.inspector, at.case, "medium", answers={"KG01": "no"})
    assert made.expires_at == NOW + 24 * HOUR
    assert standing(at.case)["risk.reassess"].basis == {"rule": "internal"}
    made = assessed(at.inspector, at.case, "medium", answers=all_no(KG15="yes", KG03="unknown"))
    assert made.expires_at == NOW + 72 * HOUR, "extreme is still possible"
    assert standing(at.case)["risk.reassess"].basis["rule"] == "practice"


def test_it_holds_for_those_below_and_ends_when_it_is_let_go(at):
    mine = Post.objects.get(pk=at.inspector.post_id).organisation
    above = Organisation.objects.get(pk=mine.pk)
    above.pk = None
    above.save()
    mine.parent = above
    mine.save()
    set_to(replace(at.lead, organisation_id=above.pk))
    assert selectors.practice_at(at.inspector, at.inspector.post_id).cite == ACT
    set_to(at.lead, running=False, cite="", now=NOW + HOUR)
    assert selectors.practice_at(at.inspector, at.inspector.post_id) is None


def test_a_practice_without_an_act_is_refused_and_one_is_written_once(at):
    with pytest.raises(DomainError) as refusal:
        set_to(at.lead, cite="  ")
    assert (refusal.value.code, refusal.value.facts["field"]) == ("risk.practice_needs_an_act", "cite")
    with pytest.raises(DomainError):
        services.set_practice(at.inspector, id=new_id(), pack="VIOGEN", running=True, cite=ACT, now=NOW)
    assert not Practice.objects.exists()
    id = new_id()
    for _ in range(2):
        set_to(at.lead, id=id)
    assert Practice.objects.count() == 1
    with pytest.raises(AccessDenied):
        set_to(at.lead, id=id, cite="башка")


def test_closing_is_supervised_and_needs_two_low_assessments_in_person(at):
    set_to(at.lead)
    subject = at.case.subject_id
    by_judgement(at, "medium")
    until = months_after(cases.TODAY, 6)

    def watched(now):
        return [one for one in selectors.open_work(at.inspector, subject, now=now) if one.code == "risk.supervised"]

    assert watched(NOW) == [Blocker("risk.supervised", {"until": until, "found": 0, "of": 2})]
    late = NOW + 190 * DAY
    for count, alone, source in ((0, "without", "officer"), (1, "yes", "victim"), (2, "yes", "victim")):
        made = by_judgement(at, "low", alone=alone, source=source, now=late)
        if made.proposed:
            services.countersign(at.lead, id=new_id(), assessment_id=made.pk, agreed=True, reason="Тынч", now=late)
        found = watched(late)
        assert found == ([] if count == 2 else [Blocker("risk.supervised", {"until": until, "found": count, "of": 2})])
        late += DAY
    assert Assessment.objects.count() == 4


def test_without_a_practice_nothing_is_supervised(at):
    by_judgement(at, "medium")
    assert selectors.supervised(at.inspector, at.case.subject_id, now=NOW) is None
