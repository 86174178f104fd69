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


class IndexGeneration(models.Model):
    """One making of the index, under a key of its own. What is in it is gone with it."""

    privacy = {
        "id": "key",
        "wrapped": "secret",
        "delta_until": "internal",
        "after": "key",
        "parts": "internal",
        "begun_at": "time",
        "ready_at": "time",
        "replaced_at": "time",
    }

    id = models.BigAutoField(primary_key=True)
    wrapped = models.BinaryField(max_length=96)
    delta_until = models.BigIntegerField()  # the rows of the delta up to here are in it
    after = models.CharField(max_length=36, blank=True)  # the id of whom was gathered last
    parts = models.PositiveIntegerField(default=0)  # of what was gathered
    begun_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)


class IndexPointer(models.Model):
    """The one row that says which generation is read."""

    privacy = {"id": "key", "generation": "key"}

    id = models.PositiveSmallIntegerField(primary_key=True)
    generation = models.ForeignKey(IndexGeneration, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(name="one_index_pointer", condition=models.Q(id=1))]


class IndexBlock(models.Model):
    """All of one length, at an address that is a keyed digest; written in the order of the addresses."""

    privacy = {"id": "key", "generation": "key", "address": "secret", "sealed": "sealed"}

    id = models.BigAutoField(primary_key=True)
    generation = models.ForeignKey(IndexGeneration, models.PROTECT, related_name="+")
    address = models.BinaryField(max_length=16, unique=True)
    sealed = models.BinaryField()


class IndexPart(models.Model):
    """What was gathered for a generation that is being made, so that it can be gone on with. Gone when it is ready."""

    privacy = {"id": "key", "generation": "key", "number": "internal", "sealed": "sealed"}

    id = models.BigAutoField(primary_key=True)
    generation = models.ForeignKey(IndexGeneration, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint("generation", "number", name="one_index_part_a_number")]


class IndexDelta(models.Model):
    """Somebody new or changed since the newest generation. One length; the number tells the order alone."""

    privacy = {"id": "internal", "sealed": "sealed"}

    id = models.BigAutoField(primary_key=True)
    sealed = models.BinaryField()
