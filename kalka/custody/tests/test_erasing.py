"""A closed file is destroyed by two persons: nobody opens it any more, and everything else goes on."""

from datetime import date
from types import SimpleNamespace

import pytest

from kalka.access.models import Grant
from kalka.cases import selectors as cases
from kalka.cases.tests import factories as f
from kalka.closure import services as closure
from kalka.closure.tests import factories
from kalka.closure.tests.factories import AFTER, WORD
from kalka.core import chain, verifying
from kalka.core.actors import SYSTEM, Actor
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.custody import rules, selectors, services
from kalka.custody.models import Erasure, ErasureDecision
from kalka.duties.models import Duty
from kalka.vault import erasing
from kalka.vault.models import SubjectKey

pytestmark = [pytest.mark.django_db, pytest.mark.both]

AIDA = Actor(901, frozenset({Permission.ERASE}), post_id=91)
BAKYT = Actor(902, frozenset({Permission.ERASE}), post_id=92)
PAPER = {"ground": "court", "paper": "АД-12/26", "paper_on": date(2026, 11, 20)}


@pytest.fixture
def at() -> SimpleNamespace:
    at = factories.done(factories.world())
    closure.close_case(at.worker, id=new_id(), case_ref=at.case.ref, reason="safe", word=WORD, now=AFTER)
    return at


def asked(at: SimpleNamespace, by: Actor = AIDA, **other) -> Erasure:
    return services.ask_erasure(by, id=new_id(), case_ref=at.case.ref, now=AFTER, **{**PAPER, **other})


def agreed(erasure: Erasure, by: Actor = BAKYT, *, agreed: bool = True) -> ErasureDecision:
    return services.decide_erasure(by, id=new_id(), erasure_id=erasure.pk, agreed=agreed, now=AFTER)


def keys_of(at: SimpleNamespace) -> int:
    return SubjectKey.objects.filter(subject_id=at.case.subject_id).exclude(klass=erasing.STONE).count()


def test_asking_destroys_nothing(at):
    row = asked(at)
    assert keys_of(at) > 3 and cases.case_page(at.worker, at.case.ref, now=AFTER)
    assert [(one.id, one.ref, one.ground) for one in selectors.waiting(BAKYT, now=AFTER)] == [
        (row.pk, at.case.ref, "court")
    ]


def test_agreed_to_the_file_and_its_report_are_gone_for_everybody(at):
    report = at.case.report.subject_id
    decision = agreed(asked(at))
    left = SubjectKey.objects.filter(subject_id__in=[at.case.subject_id, report])
    assert decision.keys > 5 and set(left.values_list("klass", flat=True)) == {erasing.STONE}
    for subject in (at.case.subject_id, report):
        assert not Grant.objects.filter(subject_id=subject).exclude(until__lte=AFTER).exists()
        assert not Duty.objects.standing().filter(subject_id=subject).exists()
    with pytest.raises(AccessDenied):
        cases.case_page(at.worker, at.case.ref, now=AFTER)
    lines = cases.list_cases(at.worker, now=AFTER, state=cases.State.ALL).lines
    assert at.case.ref not in {line.ref for line in lines}
    assert [(line.ref, line.ground, line.at) for line in selectors.erased(AIDA, now=AFTER)] == [
        (at.case.ref, "court", AFTER.replace(microsecond=0))
    ]
    assert selectors.waiting(AIDA, now=AFTER) == []


def test_requirement_9_what_was_written_to_see_it_by_break_glass_goes_with_it(at):
    """Why somebody had to see it is told in words, under keys of its own."""
    asker = f.post("crisis_worker", place=f.RAION)
    f.post("window_coordinator", place=f.RAION, leads=True)
    told = {"typed_ref": at.case.ref, "reason": "Айгүл Токтогулова азыр борбордо отурат.", "now": AFTER}
    paper = f.services.ask_glass(asker, id=new_id(), **told)
    agreed(asked(at))
    left = SubjectKey.objects.filter(subject_id=paper.subject_id)
    assert set(left.values_list("klass", flat=True)) == {erasing.STONE}
    assert [line.ref for line in selectors.erased(AIDA, now=AFTER)] == [at.case.ref]
    assert not Duty.objects.standing().filter(subject_id=paper.subject_id).exists()
    assert cases.my_requests(asker, now=AFTER) == ()


def test_the_record_stays_whole_and_names_both(at):
    agreed(asked(at))
    while chain.seal():
        pass
    assert verifying.verify().fault is None
    said = AuditEntry.objects.filter(command__startswith="custody.", kind="done").order_by("at", "id")
    assert [(one.command, one.actor_id) for one in said] == [
        ("custody.ask_erasure", 901),
        ("custody.decide_erasure", 902),
    ]


@pytest.mark.parametrize(
    "who",
    [
        AIDA,
        Actor(901, frozenset({Permission.ERASE}), post_id=95),
        Actor(903, frozenset({Permission.ERASE}), post_id=91),
    ],
)
def test_nobody_agrees_with_themselves_nor_within_one_post(at, who):
    row, before = asked(at), keys_of(at)
    with pytest.raises(DomainError, match="custody.second_person"):
        agreed(row, who)
    assert (keys_of(at), ErasureDecision.objects.count()) == (before, 0)


def test_refused_it_may_be_asked_anew_and_is_never_decided_twice(at):
    row, before = asked(at), keys_of(at)
    assert agreed(row, agreed=False).keys == 0 and keys_of(at) == before
    with pytest.raises(DomainError, match="custody.decided_already"):
        agreed(row)
    assert asked(at, BAKYT).pk != row.pk and keys_of(at) == before


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"ground": "term"}, "custody.not_a_ground"),
        ({"ground": ""}, "custody.not_a_ground"),
        ({"paper": "Айгүл"}, "custody.paper_number"),
        ({"paper": ""}, "custody.paper_number"),
        ({"paper": "1" * 33}, "custody.paper_number"),
        ({"paper_on": date(2026, 11, 25)}, "custody.paper_to_come"),
    ],
)
def test_what_is_no_ground_or_no_paper_is_refused(at, other, code):
    with pytest.raises(DomainError, match=code):
        asked(at, **other)
    assert Erasure.objects.count() == 0


def test_an_open_case_is_not_destroyed():
    at = factories.done(factories.world())
    with pytest.raises(DomainError, match="custody.case_open"):
        asked(at)
    assert keys_of(at) > 3


def test_a_case_that_was_opened_again_meanwhile_is_not_destroyed(at):
    row = asked(at)
    closure.reopen_case(at.worker, id=new_id(), case_ref=at.case.ref, why="new_facts", word=WORD, now=AFTER)
    with pytest.raises(DomainError, match="custody.case_open"):
        agreed(row)
    assert keys_of(at) > 3


def test_asked_twice_is_asked_once(at):
    asked(at)
    with pytest.raises(DomainError, match="custody.asked_already"):
        asked(at, BAKYT)
    assert Erasure.objects.count() == 1


def test_whoever_may_not_learns_nothing(at):
    row = asked(at)
    for do in (
        lambda: asked(at, at.worker),
        lambda: agreed(row, at.worker),
        lambda: selectors.waiting(at.worker, now=AFTER),
        lambda: selectors.erased(at.worker, now=AFTER),
        lambda: cases.to_be_erased(at.worker, ref=at.case.ref, now=AFTER),
        lambda: services.ask_erasure(AIDA, id=new_id(), case_ref="ZZZZZZZZZZ", now=AFTER, **PAPER),
        lambda: services.decide_erasure(BAKYT, id=new_id(), erasure_id=new_id(), agreed=True, now=AFTER),
        lambda: services.settle(AIDA, now=AFTER),
    ):
        with pytest.raises(AccessDenied):
            do()


def test_age_is_no_ground_while_the_law_says_no_term():
    from kalka.lawbook.book import Law

    assert "term" not in list(rules.Ground) and not Law(date(2026, 11, 23))["retention.case_years"].is_set


def test_brought_back_with_an_older_copy_of_the_data_it_is_nobody_s_again(at):
    """The data know nothing of the erasure, the newer keys have the stone."""
    agreed(asked(at))
    Grant.objects.filter(subject_id=at.case.subject_id).update(until=None)
    assert services.settle(SYSTEM, now=AFTER)
    with pytest.raises(AccessDenied):
        cases.case_page(at.worker, at.case.ref, now=AFTER)
    assert not Grant.objects.filter(subject_id=at.case.subject_id).exclude(until__lte=AFTER).exists()


def test_also_where_a_grant_still_runs_nothing_opens_and_nothing_breaks(at):
    agreed(asked(at))
    Grant.objects.filter(subject_id=at.case.subject_id).update(until=None)
    with pytest.raises(AccessDenied):
        cases.case_page(at.worker, at.case.ref, now=AFTER)
    assert cases.list_cases(at.worker, now=AFTER, state=cases.State.ALL).lines
