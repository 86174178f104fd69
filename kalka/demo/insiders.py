"""What the staff do that the auditor looks at: somebody steps back from a case, somebody asks to see one in an
emergency, and somebody opens a file that is nobody's."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import NAMESPACE_OID, uuid5

from kalka.cases import selectors as cases
from kalka.cases import services as case_steps
from kalka.cases.keeping import NewBait
from kalka.core import clock
from kalka.demo.scene import Scene
from kalka.demo.staffing import Member
from kalka.oversight import services as oversight
from kalka.oversight import watching

STEPPED_BACK, WANTED = "uchkun-medium", "uchkun-order-breached"
REASON = "Ал азыр Баткенде, автобекетте турат, ордери барбы, балдары кайда — билишим керек."
TOLD = "Коңшулар чоң энеси менен жашаган кыз мектепке келбей калды дешти. Үйгө киргизишпейт."


def insiders(people: Mapping[str, Member], scenes: Mapping[str, Scene], *, now: datetime) -> None:
    """Through the ordinary commands. The alarm is raised as the worker raises it: by looking through the record."""
    teacher, inspector, auditor = (people[login].actor for login in ("mugalim", "inspektor", "auditor"))
    stepped = scenes[STEPPED_BACK].case_ref
    case_steps.declare_conflict(teacher, typed_ref=stepped, why="knows", now=now - timedelta(hours=5))
    case_steps.ask_glass(
        people["sotsial2"].actor,
        id=uuid5(NAMESPACE_OID, "kalka demo emergency"),
        typed_ref=scenes[WANTED].case_ref,
        reason=REASON,
        now=now - timedelta(minutes=25),
    )
    told = NewBait(
        post_id=people["sotsial3"].actor.post_id or 0,
        place=inspector.place,
        since=clock.day_of(now) - 20 * clock.DAY,
        name="Жанызакова Айпери",
        what=TOLD,
        birth_year=2011,
        seen_by=(inspector.post_id or 0,),
    )
    oversight.plant(auditor, id=uuid5(NAMESPACE_OID, "kalka demo bait"), told=told, now=now - timedelta(days=1))
    ref = next(ref for ref, _place, _on in cases.planted(auditor, now=now))
    cases.case_page(inspector, ref, now=now)
    watching.watch(now)
