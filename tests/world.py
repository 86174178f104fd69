"""The people of the demo and one family, with short words for what they do: so that a journey reads like one."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from kalka.cases import services as cases
from kalka.cases.models import Case
from kalka.cases.rules import NewWord, Part, Saying
from kalka.closure import services as closure
from kalka.core.actors import Actor
from kalka.demo.staffing import staff
from kalka.duties import selectors as duties
from kalka.duties import services as duty_services
from kalka.duties.kinds import BY_HAND
from kalka.followup import services as followup
from kalka.followup.rules import NewSaid, NewVisit
from kalka.instruments import editions
from kalka.intake import services as intake
from kalka.intake.models import Report
from kalka.intake.rules import NewReport
from kalka.orders import services as orders
from kalka.orders.models import ProtectionOrder
from kalka.orders.rules import NewOrder, NewService, Numbered
from kalka.people.rules import Name, NewPerson
from kalka.risk import selectors as risk
from kalka.risk import services as risk_services
from kalka.risk.models import Assessment
from kalka.risk.rules import NewAssessment
from kalka.support import services as support
from kalka.support.rules import NewWord as SafetyWord

MONDAY = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)  # ten in the morning in Bishkek
UCHKUN = "417D0410101000"
WORDS = "Күйөөсү аялын баласынын көзүнчө муунтту."


def day(number: float) -> datetime:
    return MONDAY + timedelta(days=number)


class World:
    """Everybody by login. Each word below is one command of whoever is named first."""

    def __init__(self) -> None:
        self.people = staff(day(-1))

    def __getitem__(self, login: str) -> Actor:
        return self.people[login].actor

    def report(self, by: str, *, on: float) -> Report:
        told = NewReport(
            danger="unsure",
            told_on=day(on).date(),
            by_whom="neighbour",
            place=UCHKUN,
            what=WORDS,
            children="yes",
            children_count=1,
            reporter_name="Жибек Токоева",
        )
        return intake.receive_report(self[by], id=uuid4(), told=told, now=day(on))

    def case(self, by: str, report: Report, *, on: float) -> Case:
        bermet = NewPerson(sex="f", names=(Name("Асанова", "Бермет"),), birth_year=1994)
        return cases.open_case(self[by], id=uuid4(), report_id=report.pk, protected=bermet, now=day(on))

    def husband(self, by: str, case: Case, *, on: float) -> UUID:
        told = NewPerson(sex="m", names=(Name("Асанов", "Нурлан"),), birth_year=1990)
        row = cases.add_participant(
            self[by],
            id=uuid4(),
            case_ref=case.ref,
            person=told,
            part=Part.ALLEGED,
            relation="spouse",
            now=day(on),
        )
        return row.person_id

    def assess(self, by: str, case: Case, judged: str, *yes: str, on: float) -> Assessment:
        answers = dict.fromkeys(editions.latest("KG-DEMO").items, "no") | dict.fromkeys(yes, "yes")
        told = NewAssessment(judged=judged, reason="Экөө менен өз-өзүнчө сүйлөштүм.", answers=answers)
        first = risk_services.record_judgement(self[by], id=uuid4(), case_ref=case.ref, told=told, now=day(on))
        return risk_services.confirm(self[by], id=uuid4(), judgement_id=first.pk, level=judged, now=day(on))

    def agree(self, by: str, case: Case, *, on: float) -> None:
        waiting = risk.waiting(self[by], case.subject_id, now=day(on))
        assert waiting is not None
        risk_services.countersign(
            self[by],
            id=uuid4(),
            assessment_id=waiting.assessment_id,
            agreed=True,
            reason="Бир айдан бери тынч.",
            now=day(on),
        )

    def order(self, by: str, case: Case, respondent: UUID, *, on: float) -> ProtectionOrder:
        number = Numbered(self[by].organisation_id or 0, "ВОО-417")
        told = NewOrder(issued_at=day(on), numbered=number, conditions=("no_contact",), respondent=respondent)
        return orders.register_order(self[by], id=uuid4(), case_ref=case.ref, told=told, now=day(on))

    def serve(self, by: str, order: ProtectionOrder, *, on: float) -> None:
        told = NewService(at=day(on), how="handed")
        orders.serve_order(self[by], id=uuid4(), case_ref=order.case_ref, order_id=order.pk, told=told, now=day(on))

    def visit(self, by: str, case: Case, *, kept: str = "", on: float) -> None:
        """And she says, to somebody outside the police, that it was made."""
        told = NewVisit(visited_at=day(on), found="both", kept=kept)
        made = followup.log_visit(self[by], id=uuid4(), case_ref=case.ref, told=told, now=day(on))
        said = NewSaid("came", "safe_contact")
        named = {"case_ref": case.ref, "visit_id": made.pk, "now": day(on)}
        followup.record_said(self["sotsial"], id=uuid4(), told=said, **named)

    def reconcile(self, by: str, case: Case, *, on: float) -> None:
        told = NewWord(Saying.RECONCILIATION, day(on).date(), "Элдештик деп айтты.")
        cases.record_word(self[by], id=uuid4(), case_ref=case.ref, told=told, now=day(on))

    def settle(self, case: Case, *, on: float) -> None:
        """Whatever is ended by saying that it was done is done, by whoever has it."""
        for member in self.people.values():
            for line in every_duty(member.actor, on=on):
                if line.case_ref == case.ref and line.kind in BY_HAND:
                    duty_services.finish_duty(member.actor, id=uuid4(), duty_id=line.id, now=day(on))

    def close(self, by: str, case: Case, *, on: float) -> None:
        word = "Бардыгы аткарылды, үйдө тынч."
        safe = SafetyWord("safe", alone=True)
        support.record_word(self[by], id=uuid4(), case_ref=case.ref, told=safe, now=day(on))
        closure.close_case(self[by], id=uuid4(), case_ref=case.ref, reason="safe", word=word, now=day(on))

    def duties(self, login: str, *, on: float) -> set[str]:
        return {line.kind for line in every_duty(self[login], on=on)}


def every_duty(actor: Actor, *, on: float) -> tuple[duties.DutyLine, ...]:
    return duties.today(actor, now=day(on)).lines
