from django.db import models

from kalka.core.refs import new_id
from kalka.people.models.persons import Person
from kalka.vault.blind import SIZE


class Identifier(models.Model):
    """A keyed digest of a number or of a name with its day of birth: what the last version of a person says."""

    privacy = {"id": "key", "subject_id": "key", "person": "key", "kind": "code", "mac": "secret"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subject_id = models.UUIDField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=8)
    mac = models.BinaryField(max_length=SIZE)

    class Meta:
        constraints = [models.UniqueConstraint("mac", "person", name="one_identifier_each")]
