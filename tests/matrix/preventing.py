"""What a committee held, with a photo, and what it put into the library."""

from datetime import datetime

from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.refs import new_id
from kalka.library import services as library
from kalka.library.rules import NewStory, NewVersion
from kalka.prevention import services as prevention
from kalka.prevention.rules import NewEvent
from kalka.prevention.tests.factories import hall, jpeg

PLAIN = b"plain words"


def prevented(by: Actor, at: datetime) -> dict[str, object]:
    today, named = clock.day_of(at), {"now": at}
    event = prevention.record_event(by, id=new_id(), told=NewEvent("meeting", today, by.place, people=40), **named)
    photo = prevention.offer_photo(
        by, id=new_id(), event_id=event.pk, minors="no", content=jpeg(hall(0).resize((96, 64))), **named
    )
    held = library.hold_conference(by, id=new_id(), name="Конференция", on=today, place=by.place, **named)
    first = NewVersion("ky", today, content=PLAIN)
    told = {"kind": "handbook", "audience": "members", "name": "Колдонмо", "first": first, "conference_id": held.pk}
    material = library.publish(by, id=new_id(), **told, **named)
    story = NewStory("lesson", "ky", "Сабак", "Аталарды өзүнчө чакырдык.")
    return {
        "event": event.pk,
        "prevention:photo photo": photo.pk,
        "prevention:picture photo": photo.pk,
        "material": material.pk,
        "version": material.versions.get().pk,
        "library:conference conference": held.pk,
        "story": library.tell_story(by, id=new_id(), told=story, names_seen=False, **named).pk,
    }
