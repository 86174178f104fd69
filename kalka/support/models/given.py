from django.db import models
from django.db.models import Q

from kalka.support.rules import HELP, Aid, Budget, Document, DocumentState
from kalka.vault.rows import ROW_PRIVACY, Row


class ServiceGiven(Row):
    """Help of one kind on a day, in minutes; never what was spoken of."""

    privacy = {**ROW_PRIVACY, "kind": "code", "minutes": "code", "on": "day"}

    kind = models.CharField(max_length=24)
    minutes = models.PositiveSmallIntegerField()
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="service_kind_is_known", condition=Q(kind__in=list(HELP))),
            models.CheckConstraint(name="service_took_some_time", condition=Q(minutes__range=(1, 600))),
        ]


class ServiceVoid(Row):
    """It was noted by mistake. The row stays, and counts for nothing."""

    privacy = {**ROW_PRIVACY, "service": "key"}

    service = models.OneToOneField(ServiceGiven, models.PROTECT, related_name="void")


class AidGiven(Row):
    """Money or things, out of one budget line. `organisation`: whose help it is, where somebody else wrote it down;
    `decision`: of the sitting that decided it."""

    privacy = {
        **ROW_PRIVACY,
        "budget": "code",
        "what": "code",
        "som": "code",
        "on": "day",
        "organisation": "key",
        "decision": "key",
    }

    budget = models.CharField(max_length=12)
    what = models.CharField(max_length=12)
    som = models.PositiveIntegerField()
    on = models.DateField()
    organisation = models.ForeignKey(
        "directory.Organisation", models.PROTECT, null=True, related_name="+", db_index=False
    )
    decision = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="aid_budget_is_known", condition=Q(budget__in=list(Budget))),
            models.CheckConstraint(name="aid_is_known", condition=Q(what__in=list(Aid))),
            models.CheckConstraint(name="money_has_an_amount", condition=~Q(what=Aid.MONEY) | Q(som__gte=1)),
        ]


class AidReceipt(Row):
    """A paper for what was given; the file itself is sealed with the evidence of the case."""

    privacy = {**ROW_PRIVACY, "aid": "key", "attachment": "key"}

    aid = models.ForeignKey(AidGiven, models.PROTECT, related_name="receipts")
    attachment = models.ForeignKey("files.Attachment", models.PROTECT, related_name="+", db_index=False)


class DocumentStep(Row):
    """Where the restoring of a document stands from a day on. Never its number. `organisation`: whose help it was."""

    privacy = {**ROW_PRIVACY, "kind": "code", "state": "code", "on": "day", "organisation": "key"}

    kind = models.CharField(max_length=24)
    state = models.CharField(max_length=8)
    on = models.DateField()
    organisation = models.ForeignKey(
        "directory.Organisation", models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="document_is_known", condition=Q(kind__in=list(Document))),
            models.CheckConstraint(name="document_state_is_known", condition=Q(state__in=list(DocumentState))),
        ]
