from django.db import models

from kalka.core.refs import new_id
from kalka.strongroom.rules import Kind
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row


class RecoveryKey(models.Model):
    """Its private half is parted on paper among people who hold no post here."""

    privacy = {"id": "key", "public": "internal", "made_at": "time"}

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    public = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="one_recovery_key", condition=models.Q(id=1))]


class HolderKey(models.Model):
    """The pair of one person. The private half lies under that person's words, in the own compartment."""

    privacy = {
        "id": "key",
        "user_id": "key",
        "subject_id": "key",
        "public": "internal",
        "secret": "sealed",
        "made_at": "time",
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user_id = models.BigIntegerField(unique=True)
    subject_id = models.UUIDField()
    public = models.BinaryField(max_length=32)
    secret = SealedField(klass=Klass.OWN)
    made_at = models.DateTimeField()


class PostKey(models.Model):
    """The pair of a post. `recovery`: the private half in a box for the recovery key."""

    privacy = {"id": "key", "post": "key", "public": "internal", "recovery": "secret", "made_at": "time"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    post = models.OneToOneField("directory.Post", models.PROTECT, related_name="+")
    public = models.BinaryField(max_length=32)
    recovery = models.BinaryField(max_length=160)
    made_at = models.DateTimeField()


class HeldKey(models.Model):
    """The private half of a post's pair, in a box for one holder of the post."""

    privacy = {"id": "key", "post_key": "key", "holder": "key", "box": "secret", "given_by": "key", "given_at": "time"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    post_key = models.ForeignKey(PostKey, models.PROTECT, related_name="+")
    holder = models.ForeignKey(HolderKey, models.PROTECT, related_name="+")
    box = models.BinaryField(max_length=160)
    given_by = models.BigIntegerField()
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("post_key", "holder", name="one_held_key_each")]


class SealedValue(Row):
    """`sealed` opens with the key of the subject and holds what opens with a post's key alone."""

    privacy = {**ROW_PRIVACY, "kind": "code", "sealed": "sealed"}

    kind = models.CharField(max_length=12)
    sealed = SealedField(klass=Klass.CONTACT)

    class Meta:
        constraints = [
            models.CheckConstraint(name="sealed_value_kind_is_known", condition=models.Q(kind__in=list(Kind)))
        ]


class SealedBox(models.Model):
    """The key of a value, in a box for one post."""

    privacy = {"id": "key", "value": "key", "post_key": "key", "box": "secret"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    value = models.ForeignKey(SealedValue, models.PROTECT, related_name="+")
    post_key = models.ForeignKey(PostKey, models.PROTECT, related_name="+")
    box = models.BinaryField(max_length=160)

    class Meta:
        constraints = [models.UniqueConstraint("value", "post_key", name="one_box_a_post")]
