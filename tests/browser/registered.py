"""The register of the committee of Uchkun for the browser: families in every state, one asked, one with everything."""

from datetime import timedelta
from typing import Any

from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.refs import new_id
from kalka.families import services
from kalka.families.rules import NewContact, NewEnd, NewFamily, NewWork
from kalka.intake.rules import NewReport
from kalka.support.rules import NewAid

DAY = timedelta(days=1)
WORRY = "Күйөөсү жумушсуз калгандан бери көп ичет. Уулу сабакка барбай жүрөт. Кайненеси бөлөк жашайт."


def register(town: Any) -> dict[str, Any]:
    by, second = town.katchy, town.mucho
    whole = _noted(by, town, 20, ("alcohol", "school", "workless"), second=second.post_id, told=WORRY, children=3)
    services.take_seat(second, id=new_id(), case_ref=whole, now=town.now - 19 * DAY)
    _worked(by, second, whole, town)
    _noted(by, town, 15, ("poverty", "migration"), next_on=day_of(town.now - 3 * DAY))
    over = _noted(by, town, 12, ("divorce",))
    end = NewEnd("passed", day_of(town.now), "Эки айдан бери тынч. Келин өз үйүнө көчүп кетти.")
    services.record_outcome(by, id=new_id(), case_ref=over, told=end, now=town.now)
    _noted(second, town, 3, ("control",))
    asked = _noted(by, town, 2, ("early_marriage",), second=second.post_id)
    return {"ref": whole, "asked": asked}


def _noted(by: Actor, town: Any, ago: int, signs: tuple[str, ...], **more: Any) -> str:
    told = NewFamily(how="round", signs=signs, sex="f", band="25-34", **more)
    return services.note_family(by, id=new_id(), told=told, now=town.now - ago * DAY).case_ref


def _worked(by: Actor, second: Actor, ref: str, town: Any) -> None:
    on, named = day_of(town.now), {"case_ref": ref, "now": town.now - DAY}
    spoke = NewContact(
        "visit", "spoke", on - 2 * DAY, on + 5 * DAY, "Экөө менен өзүнчө сүйлөштүк. Уулу мектепке кайтты."
    )
    tried = NewContact("call", "nobody", on - 9 * DAY)
    for told in (tried, spoke):
        services.record_contact(second, id=new_id(), told=told, **named)
    for work in (
        NewWork("talk", on - 2 * DAY),
        NewWork("documents", on - DAY, document="passport", state="applied"),
        NewWork("psychologist", on - DAY, agreed=True),
    ):
        services.record_work(by, id=new_id(), told=work, **named)
    services.give_help(by, id=new_id(), told=NewAid("community", "money", 6_500, on - DAY), **named)
    told_of = NewReport(danger="no", told_on=on - DAY, what="Мурунку жумада урду деп айтты.")
    services.tell_violence(second, id=new_id(), told=told_of, **named)
