"""The demo world: the staff, then every story, one command after the other, each at the time it tells of.

`whole` adds what the figures need: all raions with their staff, the fourteen committees, their families at risk, and
some three thousand cases since 2021. Tests do without, but for one.
"""

from collections.abc import Callable, Iterable, Sized
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from kalka.accounts import selectors as accounts
from kalka.core.actors import SYSTEM, Actor
from kalka.core.clock import day_of
from kalka.core.refs import new_id
from kalka.demo.acts import LATER
from kalka.demo.crew import crew, members
from kalka.demo.families import families
from kalka.demo.founding import found_committees
from kalka.demo.gathered import gathered, secretaries
from kalka.demo.guiding import directory_of_help
from kalka.demo.helped import HELP
from kalka.demo.insiders import insiders
from kalka.demo.programmed import programmed
from kalka.demo.protected import protected
from kalka.demo.reading import Step, moment, stories
from kalka.demo.scene import Act, Scene
from kalka.demo.simulate import running
from kalka.demo.simulate.casting import casts
from kalka.demo.staffing import Member, staff
from kalka.demo.steps import STEPS
from kalka.demo.trained import trained
from kalka.places import selectors as places
from kalka.referrals import services as referrals
from kalka.statistics import services as statistics
from kalka.statistics.exports import NewExport
from kalka.statistics.tasks import release_now

DO = STEPS | LATER | HELP  # type: ignore[operator]  # all of them are dictionaries
Progress = Callable[[int, int], None]  # done, of how many
T = TypeVar("T")
ANALYST = "analitik"
MINISTRY = "ministrlik"
PURPOSE = "Жабыркагандардын курагы боюнча жылдык талдоо"  # what the analyst wants lines of single persons for
FIRST = "katchy"  # the sign-in whose account says that the world is there
WHOLE = 1000  # parts of one bar
SIMULATED = 3_230  # some of them stay reports; where the stories are told there are none


def is_built() -> bool:
    return accounts.id_of(FIRST) is not None


def build(*, now: datetime, progress: Progress | None = None, whole: bool = False) -> dict[str, Scene]:
    """Everything up to `now`. A world that is there already is left as it is."""
    if is_built():
        return {}
    course = Course(progress)
    people, told = staff(now), stories()
    directory_of_help(people, now=now)
    found_committees(now)
    shared: dict[str, UUID] = {}
    scenes = {story.key: Scene(story, people, now, shared=shared) for story in told}
    for story in course.each(told, share=240 if whole else WHOLE):
        _tell(scenes[story.key])
    referrals.follow_consents(SYSTEM, now=now)
    referrals.chase(SYSTEM, now=now)
    insiders(people, scenes, now=now)
    if whole:
        programmed(people, scenes)
        protected(people, scenes)
        _fill(people, course, now=now)
    course.part(0)(1, 1)
    return scenes


def _fill(people: dict[str, Member], course: "Course", *, now: datetime) -> None:
    _all(course.each(crew(now), share=30, about=205))
    _all(course.each(members(now), share=40, about=270))
    found_committees(now)
    told = {places.aimak_of(story.place) for story in stories()}
    where = tuple(cast for cast in casts(day_of(now)) if cast.place not in told)
    running.run(SIMULATED, posts=where, progress=course.part(390))
    kept = secretaries(now)
    _all(course.each(families(kept, people[MINISTRY].actor, now), share=50, about=80))
    _all(course.each(gathered(kept, people[MINISTRY].actor, now), share=20, about=35))
    _all(course.each(trained(now), share=10, about=20))
    release_now(SYSTEM, now=now, progress=course.part(220))
    _ask_for_lines(people[ANALYST].actor, now)


def _all(work: Iterable[object]) -> None:
    for _one in work:
        pass


def _ask_for_lines(analyst: Actor, now: datetime) -> None:
    """Something that waits for the second person."""
    told = NewExport(PURPOSE, "persons_protected", str(day_of(now).year - 1), cap=2_000)
    statistics.ask_export(analyst, id=new_id(), told=told, now=now)


class Course:
    """One bar for unlike parts of the work: each has a share of it."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._before = 0

    def each(self, work: Iterable[T], *, share: int, about: int = 0) -> Iterable[T]:
        """What comes, one by one. `about`: how many, where that is not known."""
        of = len(work) if isinstance(work, Sized) else about
        reach = self.part(share)
        for number, one in enumerate(work, 1):
            yield one
            reach(number, of)
        reach(of, of)

    def part(self, share: int) -> Progress:
        """Takes `share` of the whole, told in its own figures."""
        begun, self._before = self._before, self._before + share

        def reach(done: int, of: int) -> None:
            if self._progress:
                self._progress(begun + share * min(done, of) // max(of, 1) if share else WHOLE, WHOLE)

        return reach


def _tell(scene: Scene) -> None:
    for number, step in enumerate(scene.story.steps):
        _do(scene, step, number)


def _do(scene: Scene, step: Step, number: int) -> None:
    """Never before the step before it: built at night, «three hours ago» may be yesterday."""
    scene.at = max(moment(step.at, scene.now), scene.at)
    act = Act(
        step=step,
        scene=scene,
        actor=scene.actor(step.by),
        at=scene.at,
        id=scene.story.id(step.label or f"{number} {step.do}"),
    )
    DO[step.do](act)
    step.told.close()
