"""What was opened by break-glass is looked at afterwards, by somebody who neither asked nor agreed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kalka.cases import selectors as cases
from kalka.cases.tests import factories as f
from kalka.core import audit
from kalka.core.errors import DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.duties.models import Duty
from kalka.oversight import selectors, services
from kalka.oversight.models import OpeningReview
from kalka.oversight.tests.test_watching import SOON, world

__all__ = ["world"]
pytestmark = [pytest.mark.django_db, pytest.mark.both]


class TestOpenings:
    def asked(self, world, case):
        asker = f.post("crisis_worker", place=f.RAION, organisation=world.centre)
        told = {"typed_ref": case.ref, "reason": "Ал азыр борбордо отурат, чечим керек.", "now": f.NOW}
        return f.services.ask_glass(asker, id=new_id(), **told)

    def opened(self, world):
        case = f.opened(world)
        asker = f.post("crisis_worker", place=f.RAION, organisation=world.centre)
        second = f.post("window_coordinator", place=f.RAION, leads=True)
        told = {"typed_ref": case.ref, "reason": "Ал азыр борбордо отурат, чечим керек.", "now": f.NOW}
        request = f.services.ask_glass(asker, id=new_id(), **told)
        f.services.decide_glass(second, id=new_id(), request_id=request.pk, agreed=True, now=f.NOW)
        cases.case_page(asker, case.ref, now=f.NOW)
        AuditEntry.objects.filter(actor_id=asker.user_id).update(at=f.NOW + timedelta(minutes=1))
        return asker, second, request

    def test_the_auditor_reads_who_why_and_what_was_opened_and_says_whether_it_was_right(self, world):
        asker, _second, request = self.opened(world)
        (one,) = selectors.openings(world.auditor, now=SOON)
        assert (one.line.shown_ref[:5], one.right) == (request.ref[:5], None)
        page = selectors.opening_page(world.auditor, request.pk, now=SOON)
        assert page.reason == "Ал азыр борбордо отурат, чечим керек."
        assert [act.command for act in page.acts] == ["cases.page"]
        given = {"request_id": request.pk, "right": True, "note": "Туура болгон", "now": SOON}
        services.review_opening(world.auditor, id=new_id(), **given)
        assert selectors.openings(world.auditor, now=SOON)[0].right is True
        assert not Duty.objects.filter(kind="oversight.review_opening", ended_at=None).exists()

    def test_what_a_colleague_in_the_same_post_read_and_pages_of_several_files_are_shown_as_well(self, world):
        asker, _second, request = self.opened(world)
        colleague, other = replace(asker, user_id=8_100), f.opened(world)
        audit.read(colleague, "cases.list", [request.about, other.subject_id])
        audit.read(world.inspector, "cases.page", [request.about])
        late = AuditEntry.objects.filter(command="cases.list")
        late.update(at=f.NOW + timedelta(minutes=2))
        AuditEntry.objects.filter(actor_id=world.inspector.user_id).update(at=f.NOW + timedelta(minutes=3))
        page = selectors.opening_page(world.auditor, request.pk, now=SOON)
        assert [act.command for act in page.acts] == ["cases.page", "cases.list"]

    def test_what_is_open_still_or_never_was_is_not_judged(self, world):
        """Whoever said that it was right before the end would have looked at half of it."""
        _asker, _second, request = self.opened(world)
        waits = self.asked(world, f.opened(world))
        for one, at in ((request, f.NOW + timedelta(minutes=2)), (waits, f.NOW), (waits, SOON)):
            assert not selectors.opening_page(world.auditor, one.pk, now=at).may_review
            with pytest.raises(DomainError, match="opening_not_over"):
                services.review_opening(world.auditor, id=new_id(), request_id=one.pk, right=True, note="Туура", now=at)
        assert not OpeningReview.objects.exists()
        assert selectors.opening_page(world.auditor, request.pk, now=SOON).may_review

    def test_where_the_nearest_auditor_is_shut_out_of_the_case_another_one_looks_at_it(self, world):
        other, case = f.post("auditor", place="41700000000000"), f.opened(world)
        f.wall(case.subject_id, world.auditor.user_id)
        second, request = f.post("window_coordinator", place=f.RAION, leads=True), self.asked(world, case)
        f.services.decide_glass(second, id=new_id(), request_id=request.pk, agreed=True, now=f.NOW)
        duty = Duty.objects.get(kind="oversight.review_opening", ended_at=None)
        assert duty.assignee_id == other.post_id
        assert [one.line.id for one in selectors.openings(other, now=SOON)] == [request.pk]
        assert selectors.openings(world.auditor, now=SOON) == ()

    def test_whoever_asked_or_agreed_does_not_judge_it(self, world):
        asker, second, request = self.opened(world)
        given = {"request_id": request.pk, "right": True, "note": "Туура", "now": SOON}
        for actor in (asker, second):
            judge = replace(actor, permissions=world.auditor.permissions)
            with pytest.raises(DomainError, match="own_opening"):
                services.review_opening(judge, id=new_id(), **given)

    def test_a_code_nobody_has_stands_there_as_well(self, world):
        asker = f.post("crisis_worker", place=f.RAION, organisation=world.centre)
        f.post("window_coordinator", place=f.RAION, leads=True)
        told = {"typed_ref": "ZZZZZZZZZZ", "reason": "Ал азыр борбордо отурат, чечим керек.", "now": f.NOW}
        f.services.ask_glass(asker, id=new_id(), **told)
        assert [one.line.ref for one in selectors.openings(world.auditor, now=SOON)] == ["ZZZZZZZZZZ"]
