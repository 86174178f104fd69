"""A case with its team, and help in it."""

from datetime import date, timedelta
from types import SimpleNamespace
from uuid import UUID

from kalka.cases.tests.factories import NOW, TODAY, join, opened, raion
from kalka.core.actors import Actor
from kalka.core.refs import new_id
from kalka.duties.models import Duty
from kalka.support import services
from kalka.support.models import Action, Contact, Goal, SafetyWord, Without
from kalka.support.rules import NewAction, NewContact, NewWithout, NewWord
from tests.standing import stands

__all__ = ["DAY", "HOUR", "NOW", "TODAY", "WORDS", "goal", "standing", "tried", "word", "world"]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WORDS = "Балдарым менен өзүнчө жашагым келет"
PLAN = {"home": "Ашканага кирбейм", "leaving": "Түнкү автобус", "codeword": "кызыл кийиз"}
ENOUGH = "Үч жолу чалдык, үйүнө да бардык, эч ким жооп берген жок"


@stands
def world() -> SimpleNamespace:
    """The social worker and the crisis centre work on the case, as does the inspector who opened it."""
    made = raion()
    made.case = opened(made)
    join(made.inspector, made.case, made.worker)
    join(made.inspector, made.case, made.crisis)
    return made


def goal(at: SimpleNamespace, *, by: Actor | None = None, **said: object) -> Goal:
    given = {"id": new_id(), "case_ref": at.case.ref, "area": "home", "words": WORDS, "now": NOW, **said}
    return services.add_goal(by or at.worker, **given)


def action(at: SimpleNamespace, of: Goal, *, owner: Actor | None = None, by: date | None = None, **said) -> Action:
    told = NewAction(owner=(owner or at.worker).post_id, by=by or TODAY + 5 * DAY, what="Квартира издейбиз")
    given = {"id": new_id(), "case_ref": at.case.ref, "goal_id": of.pk, "told": told, "now": NOW, **said}
    return services.add_action(at.worker, **given)


def tried(at: SimpleNamespace, on: date, reached: str = "no_answer", *, id: UUID | None = None, **said) -> Contact:
    now = said.pop("now", NOW)
    told = NewContact(on=on, channel="call", reached=reached, **said)
    return services.log_contact(at.worker, id=id or new_id(), case_ref=at.case.ref, told=told, now=now)


def word(at: SimpleNamespace, feels: str = "safe", *, alone: bool = True, now=NOW, by=None, told="") -> SafetyWord:
    said = NewWord(feels=feels, alone=alone, told=told)
    return services.record_word(by or at.worker, id=new_id(), case_ref=at.case.ref, told=said, now=now)


def without(at: SimpleNamespace, reason: str = "unreachable", *, now=NOW, id: UUID | None = None) -> Without:
    told = NewWithout(reason, ENOUGH)
    return services.explain_without(at.worker, id=id or new_id(), case_ref=at.case.ref, told=told, now=now)


def standing(at: SimpleNamespace) -> dict[str, Duty]:
    return {duty.kind: duty for duty in Duty.objects.standing().filter(subject_id=at.case.subject_id)}
