"""A committee with a secretary, another office in the same raion, and a coordinator above both."""

import io
from types import SimpleNamespace

from PIL import Image, ImageDraw, ImageFilter

from kalka.cases.tests.factories import AIMAK, NOW, RAION, TODAY, VILLAGE, office, post
from kalka.core.actors import SYSTEM, Actor
from kalka.core.refs import new_id
from kalka.places.services import install_builtin
from kalka.prevention import services
from kalka.prevention.models import Event, Photo
from kalka.prevention.rules import NewEvent
from tests.standing import stands

__all__ = ["AIMAK", "NOW", "RAION", "TODAY", "VILLAGE", "event", "hall", "jpeg", "photo", "world"]


@stands
def world() -> SimpleNamespace:
    install_builtin(SYSTEM, now=NOW, demo=True)
    committee = office("committee")
    return SimpleNamespace(
        committee=committee,
        secretary=post("committee_secretary", organisation=committee),
        colleague=post("committee_secretary", organisation=committee),
        worker=post("social_worker"),
        coordinator=post("regional_coordinator", place=RAION),
        member=post("committee_member", organisation=committee),
    )


def event(by: Actor, **said: object) -> Event:
    told = {"kind": "meeting", "on": TODAY, "place": VILLAGE, "people": 40} | said
    return services.record_event(by, id=new_id(), told=NewEvent(**told), now=NOW)  # type: ignore[arg-type]  # what a test says of it


def face(size: int = 200) -> Image.Image:
    """Nobody's: drawn, and like enough to one that the machine takes it for one."""
    made = Image.new("RGB", (size, size), (110, 130, 150))
    draw, part = ImageDraw.Draw(made), size / 200

    def oval(box: tuple[int, ...], tone: tuple[int, int, int]) -> None:
        draw.ellipse([one * part for one in box], fill=tone)

    oval((35, 10, 165, 120), (40, 28, 22))
    oval((48, 30, 152, 185), (205, 165, 135))
    for left in (60, 108):
        oval((left, 72, left + 32, 92), (150, 110, 90))
        oval((left + 4, 76, left + 28, 90), (240, 240, 238))
        oval((left + 10, 75, left + 22, 91), (25, 18, 15))
        draw.line([one * part for one in (left, 67, left + 34, 65)], fill=(45, 30, 25), width=int(5 * part))
    draw.polygon([(100 * part, 88 * part), (90 * part, 124 * part), (110 * part, 124 * part)], fill=(225, 185, 155))
    oval((88, 118, 112, 128), (165, 115, 95))
    oval((76, 140, 124, 158), (140, 60, 60))
    return made.filter(ImageFilter.GaussianBlur(1.5 * part))


def hall(people: int = 2) -> Image.Image:
    made = Image.new("RGB", (620, 360), (120, 120, 110))
    for one in range(people):
        made.paste(face(), (50 + one * 280, 80))
    return made


def jpeg(image: Image.Image, **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90, **more)
    return out.getvalue()


def photo(by: Actor, held: Event, *, people: int = 0) -> Photo:
    return services.offer_photo(by, id=new_id(), event_id=held.pk, minors="no", content=jpeg(hall(people)), now=NOW)
