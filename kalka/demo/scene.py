"""Where a story stands while it is told: its file, and what its steps have made so far under which name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

from kalka.core.actors import Actor
from kalka.core.datafile import Fields
from kalka.demo.reading import Step, Story, day
from kalka.demo.staffing import Member
from kalka.people.rules import Contact, Name, NewPerson, Safe, Window

WEEK = (0, 1, 2, 3, 4, 5, 6)


@dataclass(slots=True)
class Scene:
    story: Story
    staff: Mapping[str, Member]
    now: datetime  # the present of the world
    at: datetime = datetime.min.replace(tzinfo=UTC)  # of the last step
    report_id: UUID | None = None
    case_id: UUID | None = None
    case_ref: str = ""
    subject_id: UUID | None = None
    made: dict[str, UUID] = field(default_factory=dict)  # label → what a step made
    persons: dict[str, UUID] = field(default_factory=dict)  # label → who it is, for those who take part
    shared: dict[str, UUID] = field(default_factory=dict)  # what every story knows: the shelter and its beds

    @property
    def subject(self) -> UUID:
        """Of the case. Refuses a story that has not opened one."""
        if self.subject_id is None:
            raise LookupError(f"{self.story.key}: no case yet")
        return self.subject_id

    def case(self) -> UUID:
        if self.case_id is None:
            raise LookupError(f"{self.story.key}: no case yet")
        return self.case_id

    def actor(self, login: str) -> Actor:
        return self.staff[login].actor

    def holder(self, post_id: int) -> Actor:
        """Who sits in the post."""
        return next(member.actor for member in self.staff.values() if member.actor.post_id == post_id)

    def day(self, text: str) -> date:
        return day(text, self.now)


@dataclass(frozen=True, slots=True)
class Act:
    """One step, ready to be done: by whom, when, under which id."""

    step: Step
    scene: Scene
    actor: Actor
    at: datetime
    id: UUID

    @property
    def told(self) -> Fields:
        return self.step.told

    def word(self, key: str, otherwise: str = "") -> str:
        return self.told.maybe(key, str) or otherwise

    def words(self, key: str) -> tuple[str, ...]:
        return self.told.strings(key) if key in self.told else ()

    def made(self, key: str) -> UUID:
        """What an earlier step made under the name this key holds."""
        return self.scene.made[self.told.take(key, str)]

    def keep(self, id: UUID) -> None:
        if self.step.label:
            self.scene.made[self.step.label] = id


def person(body: object, where: str) -> NewPerson:
    """Somebody as a story tells of them: «Асанова Бурул Маратовна», born, telephone, when it is safe to call."""
    said = Fields(body, where)
    found = NewPerson(
        sex=said.maybe("sex", str) or "unknown",
        names=_names(said.maybe("name", str) or ""),
        birth_year=said.maybe("born", int),
        age=said.maybe("age", int),
        band=said.maybe("band", str) or "",
        note=said.maybe("note", str) or "",
        washington=_washington(said),
        contact=_contact(said),
    )
    said.close()
    return found


def _names(text: str) -> tuple[Name, ...]:
    family, given, patronymic = [*text.split(" ", 2), "", "", ""][:3]
    return (Name(family, given, patronymic),) if text else ()


def _washington(said: Fields) -> dict[str, str]:
    if "difficulty" not in said:
        return {}
    answers = Fields(said.raw("difficulty"), said.where)
    return {domain: answers.take(domain, str) for domain in answers.names()}


def _contact(said: Fields) -> Contact:
    return Contact(
        phone=said.maybe("phone", str) or "",
        address=said.maybe("address", str) or "",
        school=said.maybe("school", str) or "",
        workplace=said.maybe("work", str) or "",
        language=said.maybe("language", str) or "",
        safe=_safe(said),
    )


def _safe(said: Fields) -> Safe:
    """`hours`: «10:00-13:00», on every day. Without them nothing is sent."""
    hours = said.maybe("hours", str)
    start, _dash, end = (hours or "").partition("-")
    return Safe(
        when=(Window(WEEK, start, end),) if hours else (),
        by_whom=said.maybe("by_whom", str) or "anyone",
        say=said.maybe("say", str) or "",
        never=said.strings("never") if "never" in said else (),
    )
