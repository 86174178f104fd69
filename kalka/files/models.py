from django.db import models

from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row


class Attachment(Row):
    """A file as it came. Its name, exact size and SHA-256 are sealed together; only the kind is clear."""

    privacy = {**ROW_PRIVACY, "media": "code", "frames": "internal", "told": "sealed"}

    media = models.CharField(max_length=8)
    frames = models.PositiveSmallIntegerField()
    told = SealedField(klass=Klass.EVIDENCE)  # {name, size, sha256}

    class Meta:
        indexes = [models.Index(fields=["subject_id", "recorded_at"], name="attachments_of_a_subject")]


class Frame(models.Model):
    """64 KiB of an attachment, sealed. Never read without all the others."""

    privacy = {"id": "key", "attachment": "key", "index": "internal", "sealed": "sealed"}

    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    index = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint("attachment", "index", name="one_frame_a_place")]
