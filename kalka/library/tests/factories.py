"""A committee whose secretary writes, a coordinator who reads, and somebody of another office."""

from types import SimpleNamespace

from kalka.cases.tests.factories import AIMAK, NOW, RAION, TODAY, VILLAGE, office, post
from kalka.core.actors import SYSTEM, Actor
from kalka.core.refs import new_id
from kalka.library import services
from kalka.library.models import Material, Story
from kalka.library.rules import NewStory, NewVersion
from kalka.places.services import install_builtin
from tests.standing import stands

__all__ = ["AIMAK", "FILM", "NOW", "RAION", "TODAY", "VILLAGE", "material", "story", "world"]
FILM = NewVersion("ky", TODAY, address="https://example.kg/film")
PLAIN = "Ата-энелер чогулушуна аталарды өзүнчө чакырдык: ачыгыраак сүйлөштү."


@stands
def world() -> SimpleNamespace:
    install_builtin(SYSTEM, now=NOW, demo=True)
    committee = office("committee")
    return SimpleNamespace(
        committee=committee,
        secretary=post("committee_secretary", organisation=committee),
        colleague=post("committee_secretary", organisation=committee),
        coordinator=post("regional_coordinator", place=RAION),
        far=post("regional_coordinator", place="417D0510100000"),
        worker=post("social_worker"),
        auditor=post("auditor"),
        member=post("committee_member", organisation=committee),
    )


def material(by: Actor, **said: object) -> Material:
    told = {"kind": "video", "audience": "members", "name": "Комитет кантип иштейт", "first": FILM} | said
    return services.publish(by, id=new_id(), now=NOW, **told)  # type: ignore[arg-type]  # what a test says of it


def story(by: Actor, text: str = PLAIN, *, names_seen: bool = False, title: str = "Аталар менен") -> Story:
    told = NewStory("practice", "ky", title, text)
    return services.tell_story(by, id=new_id(), told=told, names_seen=names_seen, now=NOW)
