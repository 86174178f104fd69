"""The demo world: the staff, then every story, one command after the other, each at the time it tells of."""

from collections.abc import Callable
from datetime import datetime

from kalka.accounts import selectors as accounts
from kalka.demo.acts import LATER
from kalka.demo.reading import Step, moment, stories
from kalka.demo.scene import Act, Scene
from kalka.demo.staffing import staff
from kalka.demo.steps import STEPS

DO = STEPS | LATER  # type: ignore[operator]  # both are dictionaries
Progress = Callable[[int, int], None]  # done, of how many
FIRST = "katchy"  # the sign-in whose account says that the world is there


def is_built() -> bool:
    return accounts.id_of(FIRST) is not None


def build(*, now: datetime, progress: Progress | None = None) -> dict[str, Scene]:
    """Everything the stories tell, up to `now`. A world that is there already is left as it is."""
    if is_built():
        return {}
    people, told = staff(now), stories()
    steps = sum(len(story.steps) for story in told)
    scenes, done = {}, 0
    for story in told:
        scenes[story.key] = scene = Scene(story, people, now)
        for number, step in enumerate(story.steps):
            _do(scene, step, number)
            done += 1
            if progress:
                progress(done, steps)
    return scenes


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
