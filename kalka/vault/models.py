from django.db import models


class KeyEncryptionKey(models.Model):
    """One per class and version, wrapped under a key derived from the root key."""

    privacy = {"id": "key", "klass": "code", "version": "internal", "wrapped": "secret"}

    klass = models.CharField(max_length=12)
    version = models.PositiveSmallIntegerField()
    wrapped = models.BinaryField(max_length=96)

    class Meta:
        constraints = [models.UniqueConstraint("klass", "version", name="one_key_a_version")]


class SubjectKey(models.Model):
    """The data key of one subject and class. Row-visible like all else: who may not see the subject gets none."""

    privacy = {"id": "key", "subject_id": "key", "klass": "code", "wrapped": "secret"}

    subject_id = models.UUIDField()
    klass = models.CharField(max_length=12)
    wrapped = models.BinaryField(max_length=96)

    class Meta:
        constraints = [models.UniqueConstraint("subject_id", "klass", name="one_key_a_class")]
