"""Prevention and the library for the browser: events with their figures, a photo that waits, materials and stories."""

from datetime import timedelta
from typing import Any

from kalka.core.clock import day_of
from kalka.core.refs import new_id
from kalka.library import services as library
from kalka.library.rules import NewHanding, NewStory, NewVersion
from kalka.prevention import services
from kalka.prevention.rules import NewEvent, Partner
from kalka.prevention.tests.factories import hall, jpeg

FILM = "https://www.youtube.com/watch?v=ENi06lRA69s"
STORY = """Ата-энелер чогулушуна аталарды өзүнчө чакырдык. Энелер жок жерде ачык сүйлөштү.
Экинчи жолу Болотбек мугалим өзү баштап берди."""


def prevented(town: Any) -> dict[str, str]:
    by, now, today = town.katchy, town.now, day_of(town.now)
    lawyer = NewEvent(
        "lawyers",
        today,
        by.place,
        people=23,
        reach={("f", "35-59"): 11, ("f", "18-34"): 7, ("m", "60+"): 5},
        topics={"violence": 3, "family": 9, "documents": 11},
        partners=(Partner("Учкун айыл өкмөтү"), Partner("UN Women", "international")),
        told="Көбү алимент жана кагаздар жөнүндө сурашты. Дагы бир жолу келүүсүн суранышты.",
    )
    event = services.record_event(by, id=new_id(), told=lawyer, now=now)
    summed = NewEvent("meeting", today - timedelta(days=20), by.place, 20, "over", 1000, "over")
    grades = NewEvent("class", today - timedelta(days=3), by.place, people=58, grades=(8, 9, 10, 11))
    for told in (summed, grades, NewEvent("press", today - timedelta(days=9), by.place, 3)):
        services.record_event(by, id=new_id(), told=told, now=now)
    photo = services.offer_photo(by, id=new_id(), event_id=event.pk, minors="no", content=jpeg(hall(2)), now=now)
    services.keep_roll(by, id=new_id(), event_id=event.pk, names="Асанова Назгүл\nЖолдошов Бакыт", now=now)
    return {"event": str(event.pk), "photo": str(photo.pk), **kept(town)}


def kept(town: Any) -> dict[str, str]:
    by, above, now, today = town.katchy, town.ministrlik, town.now, day_of(town.now)
    name = "Жергиликтүү комитеттердин жыйынтыктоочу конференциясы"
    held = library.hold_conference(above, id=new_id(), name=name, on=today, place=by.place, now=now)

    def put(kind: str, name: str, **more: Any) -> Any:
        told = {"kind": kind, "audience": "members", "name": name, "first": NewVersion("ky", today, FILM)} | more
        return library.publish(above, id=new_id(), now=now, **told)

    material = put("handbook", "Жергиликтүү комитеттер үчүн колдонмо", by="Социалдык технологиялар агенттиги")
    put("presentation", "Комитеттерди колдоодон алынган сабактар", conference_id=held.pk)
    put("interview", "Учкун комитетинин мүчөсүнүн сөзү", audience="everybody")
    handed = NewHanding("self_government", "Учкун айыл өкмөтү", by.place, 14, today)
    library.hand_over(by, id=new_id(), version_id=material.versions.get().pk, told=handed, now=now)
    shown = library.tell_story(
        by, id=new_id(), told=NewStory("lesson", "ky", "Аталар менен өзүнчө", STORY), names_seen=True, now=now
    )
    library.review_story(above, story_id=shown.pk, show=True, why="", now=now)
    story = library.tell_story(
        by, id=new_id(), told=NewStory("practice", "ky", "Экинчи чогулуш", STORY), names_seen=True, now=now
    )
    return {"material": str(material.pk), "held": str(held.pk), "story": str(story.pk)}
