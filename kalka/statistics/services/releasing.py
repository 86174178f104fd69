"""Beginning, publishing and giving up a release. What lies between is the job's: copying, counting, protecting."""

import secrets
from datetime import datetime
from uuid import UUID

from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.jobs import services as jobs
from kalka.places import facts as places
from kalka.statistics.models import Fact, Published, Release, Sheet
from kalka.statistics.rules import LOST_AFTER, ReleaseState, release_code

JOB = "statistics.release"


@command("statistics.make_release", needs=Permission.STATISTICS_RELEASE)
def make_release(actor: Actor, *, id: UUID, now: datetime) -> Release:
    """Begin a release of everything up to the last whole month, and queue the work.

    Refuses `statistics.release_running` while another one is being made.
    """
    release = begin_release(actor, id=id, now=now)
    jobs.start(actor, JOB, {"release": release.pk}, now=now, id=release.pk)
    return release


@command("statistics.begin_release", needs=Permission.STATISTICS_RELEASE)
def begin_release(actor: Actor, *, id: UUID, now: datetime) -> Release:
    """As `make_release`, for whoever does the work at once."""
    if (again := Release.objects.filter(pk=id).first()) is not None:
        return again
    for lost in Release.objects.select_for_update().filter(state=ReleaseState.MAKING, beat_at__lt=now - LOST_AFTER):
        _given_up(lost)
    if Release.objects.filter(state=ReleaseState.MAKING).exists():
        raise DomainError("statistics.release_running")
    until = day_of(now).replace(day=1)
    release = Release(
        id=id,
        code=release_code(until, Release.objects.filter(until=until).count()),
        until=until,
        vintage=places.tree().vintage,
        salt=secrets.token_bytes(32),
        started_at=now,
        extracted_on=day_of(now),
        beat_at=now,
    )
    release.save(force_insert=True)
    return release


@command("statistics.release_month", needs=Permission.STATISTICS_RELEASE)
def release_month(actor: Actor, *, id: UUID, now: datetime) -> Release | None:
    """Make the release of the last whole month, unless there is one or one is being made."""
    until = day_of(now).replace(day=1)
    done = Release.objects.filter(until=until).exclude(state=ReleaseState.FAILED)
    if done.filter(state=ReleaseState.PUBLISHED).exists() or done.filter(beat_at__gte=now - LOST_AFTER).exists():
        return None
    return make_release(actor, id=id, now=now)


@command("statistics.publish", needs=Permission.STATISTICS_RELEASE)
def publish(actor: Actor, *, release_id: UUID, now: datetime) -> Release:
    """From this moment on every page reads it. Its salt and the lines of all others are gone.

    Refuses `statistics.release_given_up`.
    """
    release = Release.objects.select_for_update().get(pk=release_id)
    if release.state == ReleaseState.PUBLISHED:
        return release
    if release.state != ReleaseState.MAKING:
        raise DomainError("statistics.release_given_up")
    release.state, release.published_at, release.salt, release.beat_at = ReleaseState.PUBLISHED, now, b"", now
    release.save(update_fields=["state", "published_at", "salt", "beat_at"])
    Fact.objects.exclude(release=release).delete()
    return release


@command("statistics.give_up", needs=Permission.STATISTICS_RELEASE)
def give_up(actor: Actor, *, release_id: UUID, now: datetime) -> Release:
    """Stop making a release: nothing of it is ever shown."""
    release = Release.objects.select_for_update().get(pk=release_id)
    if release.state == ReleaseState.MAKING:
        release.beat_at = now
        _given_up(release)
    return release


def _given_up(release: Release) -> None:
    """Nothing of it was told, so no figure of it stays among those that were. Its lines go when the next one is out."""
    release.state, release.salt = ReleaseState.FAILED, b""
    release.save(update_fields=["state", "salt", "beat_at"])
    for made in (Sheet, Published):
        made.objects.filter(release=release).delete()
