from django.db import models


class Backup(models.Model):
    """One attempt to make a pair of streams. `error` empty: it stands in the folder, whole."""

    privacy = {
        "id": "key",
        "started_at": "time",
        "ended_at": "time",
        "by_night": "code",
        "data_bytes": "internal",
        "keys_bytes": "internal",
        "rows": "internal",
        "removed": "internal",
        "error": "code",
        "fault": "code",
    }

    id = models.UUIDField(primary_key=True, editable=False)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    by_night = models.BooleanField()  # by itself, else by the command
    data_bytes = models.BigIntegerField(default=0)
    keys_bytes = models.BigIntegerField(default=0)
    rows = models.BigIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)  # old streams that went with it
    error = models.CharField(max_length=64, blank=True)
    fault = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-started_at"], name="backups_newest_first")]


class Drill(models.Model):
    """One attempt to restore somewhere else and open a case there. `error` empty: it was opened."""

    privacy = {
        "id": "key",
        "started_at": "time",
        "of_moment": "time",
        "seconds": "internal",
        "rows": "internal",
        "opened": "internal",
        "error": "code",
    }

    id = models.UUIDField(primary_key=True, editable=False)
    started_at = models.DateTimeField()
    of_moment = models.DateTimeField(null=True)  # of the backup
    seconds = models.PositiveIntegerField(default=0)
    rows = models.BigIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)  # cases; none where the installation has none yet
    error = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-started_at"], name="drills_newest_first")]
