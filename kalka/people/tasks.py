"""The jobs of what people are found by."""

from kalka.core.permissions import Permission
from kalka.jobs.kinds import job
from kalka.jobs.run import Run
from kalka.people import identifying, indexing


@job("people.index", needs=Permission.SYSTEM)
def index(run: Run) -> None:
    """Where it stopped is written with what was gathered: the cursor of the job is not needed."""
    indexing.make(run.actor, now=run.now, progress=lambda done, of: run.step(done, total=of))


@job("people.identify", needs=Permission.SYSTEM)
def identify(run: Run) -> None:
    identifying.make(
        run.actor, now=run.now, after=run.cursor, progress=lambda done, of, at: run.step(done, total=of, cursor=at)
    )
