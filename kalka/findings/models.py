from django.db import models
from django.db.models import Q

from kalka.core.refs import new_id
from kalka.findings.rules import ANSWERS, Kind
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row


class Filed(models.Model):
    """That there is a finding, of which kind and since when: for whoever works on the case it names, before they read
    it. `mark` is a keyed mark of the case's code as it was typed: equal for the same code, and leading nowhere."""

    privacy = {
        "id": "key",
        "file": "key",
        "kind": "code",
        "mark": "key",
        "since": "time",
        "post_id": "key",
        "read_at": "time",
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    file = models.UUIDField(unique=True)
    kind = models.CharField(max_length=8)
    mark = models.BinaryField(max_length=16, default=b"")
    since = models.DateTimeField()
    post_id = models.BigIntegerField(null=True)
    read_at = models.DateTimeField(null=True)  # when somebody first acknowledged it

    class Meta:
        indexes = [models.Index(fields=["mark"], name="filed_by_mark")]
        constraints = [models.CheckConstraint(name="filed_kind_is_known", condition=Q(kind__in=list(Kind)))]


class ClinicFinding(Row):
    """What was found at an examination. Never edited. Photos are sealed files of the same subject."""

    privacy = {
        **ROW_PRIVACY,
        "filed": "key",
        "place": "code",
        "sexual": "code",
        "on": "day",
        "hours": "code",
        "assaulted_at": "sealed",
        "marks": "sealed",
        "told": "sealed",
        "name": "sealed",
    }

    filed = models.OneToOneField(Filed, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=32)
    sexual = models.CharField(max_length=8)
    on = models.DateField()
    hours = models.CharField(max_length=8)  # a band: the exact time is sealed
    assaulted_at = SealedField(klass=Klass.NARRATIVE)
    marks = SealedField(klass=Klass.NARRATIVE)
    told = SealedField(klass=Klass.NARRATIVE)
    name = SealedField(klass=Klass.IDENTITY)

    class Meta:
        constraints = [models.CheckConstraint(name="finding_sexual_is_known", condition=Q(sexual__in=ANSWERS))]


class SchoolReport(Row):
    """What a school noticed in a child, or was told. Never edited."""

    privacy = {
        **ROW_PRIVACY,
        "filed": "key",
        "place": "code",
        "on": "day",
        "sex": "code",
        "age_band": "code",
        "by_parent": "code",
        "signs": "sealed",
        "told": "sealed",
        "name": "sealed",
        "parent": "sealed",
    }

    filed = models.OneToOneField(Filed, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=32)
    on = models.DateField()
    sex = models.CharField(max_length=8)
    age_band = models.CharField(max_length=8)
    by_parent = models.CharField(max_length=8)
    signs = SealedField(klass=Klass.NARRATIVE)
    told = SealedField(klass=Klass.NARRATIVE)
    name = SealedField(klass=Klass.IDENTITY)
    parent = SealedField(klass=Klass.IDENTITY)

    class Meta:
        constraints = [models.CheckConstraint(name="school_by_parent_is_known", condition=Q(by_parent__in=ANSWERS))]


class Acknowledged(Row):
    """Somebody who answers for it, or works on the case, has it now. Whoever wrote it sees that, and no more."""

    privacy = {**ROW_PRIVACY, "filed": "key"}

    filed = models.ForeignKey(Filed, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("filed", "post_id", name="one_acknowledgement_a_post")]


class HandedOver(Row):
    """To 111. The number of the child-protection plan may come later, in another row; it is kept from the school."""

    privacy = {**ROW_PRIVACY, "report": "key", "on": "day", "number": "sealed"}

    report = models.ForeignKey(SchoolReport, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    number = SealedField(klass=Klass.NOTE)


class Withdrawn(Row):
    """Taken back at somebody's wish. It stays as it was written, and says so."""

    privacy = {**ROW_PRIVACY, "report": "key", "person": "key", "reason": "sealed"}

    report = models.OneToOneField(SchoolReport, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    reason = SealedField(klass=Klass.NOTE)


class Shown(Row):
    """It was shown to somebody of the child's own side."""

    privacy = {**ROW_PRIVACY, "report": "key", "person": "key"}

    report = models.ForeignKey(SchoolReport, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
