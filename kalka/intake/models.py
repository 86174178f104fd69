from django.db import models
from django.db.models import F, Q

from kalka.intake import rules
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row


class Report(Row):
    """What somebody told. Never edited. Its subject becomes the subject of the case it leads to."""

    privacy = {
        **ROW_PRIVACY,
        "way": "code",
        "told_on": "day",
        "late": "code",
        "place": "code",
        "danger": "code",
        "firsthand": "code",
        "by_whom": "code",
        "children": "code",
        "told": "sealed",
        "needs": "sealed",
        "contact": "sealed",
        "reporter": "sealed",
    }

    way = models.CharField(max_length=12)
    told_on = models.DateField()
    late = models.BooleanField()  # written down more than 24 hours after it was told
    place = models.CharField(max_length=32, blank=True)  # the aimak; the village is sealed
    danger = models.CharField(max_length=12)
    firsthand = models.CharField(max_length=8)
    by_whom = models.CharField(max_length=12)
    children = models.CharField(max_length=8)
    told = SealedField(klass=Klass.NARRATIVE)  # {what, when, happened, where, place, children_count}
    needs = SealedField(klass=Klass.NARRATIVE)  # {language, interpreter, sign_language, escort, other}
    contact = SealedField(klass=Klass.CONTACT)  # {phone, safe}
    reporter = SealedField(klass=Klass.REPORTER)  # {name, phone, note}

    class Meta:
        constraints = [
            models.UniqueConstraint("subject_id", name="one_report_a_subject"),
            models.CheckConstraint(name="report_way_is_known", condition=Q(way__in=rules.WAYS)),
            models.CheckConstraint(name="report_danger_is_known", condition=Q(danger__in=rules.DANGERS)),
            models.CheckConstraint(name="report_teller_is_known", condition=Q(by_whom__in=rules.TELLERS)),
            models.CheckConstraint(name="report_children_is_known", condition=Q(children__in=rules.ANSWERS)),
            models.CheckConstraint(name="report_told_after_1930", condition=Q(told_on__gte=rules.EARLIEST)),
        ]
        indexes = [models.Index(fields=["author_id", "-recorded_at"], name="reports_by_author")]


class Correction(Row):
    """What turned out to be wrong or missing in a report. The report stays as it was."""

    privacy = {**ROW_PRIVACY, "report": "key", "text": "sealed"}

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    text = SealedField(klass=Klass.NARRATIVE)


class Triage(Row):
    """What became of a report. It may be passed on several times; a case or no case is said once."""

    privacy = {**ROW_PRIVACY, "report": "key", "outcome": "code", "to_post": "key", "reason": "sealed"}

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12)
    to_post = models.BigIntegerField(null=True)
    reason = SealedField(klass=Klass.NARRATIVE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=Q(outcome__in=sorted(rules.FINAL)), name="one_final_triage"
            ),
            models.CheckConstraint(name="triage_outcome_is_known", condition=Q(outcome__in=rules.OUTCOMES)),
            models.CheckConstraint(
                name="triage_names_whom_it_goes_to",
                condition=Q(outcome="passed_on", to_post__isnull=False) | Q(to_post__isnull=True),
            ),
        ]


class Receipt(Row):
    """By what whoever told asks later whether it is written down. Of its number a keyed digest and a slow hash are
    left, and after an erasure neither. The newest of a report counts."""

    privacy = {
        **ROW_PRIVACY,
        "report": "key",
        "replaces": "key",
        "lookup": "internal",
        "hashed": "secret",
        "given_on": "day",
        "until": "day",
    }

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    lookup = models.BinaryField(max_length=32, null=True, unique=True)
    hashed = models.CharField(max_length=128, blank=True)
    given_on = models.DateField()
    until = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report"], condition=Q(replaces=None), name="one_first_receipt"),
            models.CheckConstraint(name="receipt_ends_after_it_is_given", condition=Q(until__gte=F("given_on"))),
        ]


class ReporterOpened(Row):
    """Somebody gave a reason to learn who reported."""

    privacy = {**ROW_PRIVACY, "report": "key", "reason": "sealed"}

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    reason = SealedField(klass=Klass.REPORTER)


class ReporterRead(models.Model):
    """The one reading of what was opened."""

    privacy = {"opened": "key", "subject_id": "key", "read_at": "time"}

    opened = models.OneToOneField(ReporterOpened, on_delete=models.PROTECT, related_name="+", primary_key=True)
    subject_id = models.UUIDField(db_index=True)
    read_at = models.DateTimeField()
