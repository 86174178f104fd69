from django.db import models
from django.db.models import F, Q

from kalka.committees.rules import NUMBER, Answer, Approver, Channel, Hours, Office, Target, Work
from kalka.core.refs import new_id
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row

WRITTEN = {"author_id": "key", "at": "time"}


class Project(models.Model):
    """Under which committees were founded. Public."""

    privacy = {
        "id": "key",
        "name": "code",
        "donor": "code",
        "supporters": "code",
        "since": "day",
        "until": "day",
        **WRITTEN,
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.JSONField()  # {ky, ru, en}
    donor = models.JSONField()
    supporters = models.JSONField(default=dict)  # by region, {ky, ru, en}: who stands by the committees there
    since = models.DateField()
    until = models.DateField(null=True)
    author_id = models.BigIntegerField()
    at = models.DateTimeField()


class Committee(models.Model):
    """Known to everybody. `compartment`: the subject under whose keys lies what only the committee itself reads."""

    privacy = {"id": "key", "organisation": "key", "place": "code", "compartment": "key", **WRITTEN}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.OneToOneField("directory.Organisation", models.PROTECT, related_name="+")
    place = models.CharField(max_length=20, db_index=True)
    compartment = models.UUIDField(unique=True, default=new_id)
    author_id = models.BigIntegerField()
    at = models.DateTimeField()


class Charter(models.Model):
    """What it is founded on, as it was said. The one with the highest number counts; those before stay."""

    privacy = {
        "id": "key",
        "committee": "key",
        "number": "internal",
        "project": "key",
        "proposed_on": "day",
        "proposal": "code",
        "no_earlier": "code",
        "no_other": "code",
        "since": "day",
        "until": "day",
        **WRITTEN,
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="charters")
    number = models.PositiveSmallIntegerField()
    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="+")
    proposed_on = models.DateField(null=True)
    proposal = models.CharField(max_length=NUMBER, blank=True)
    no_earlier = models.CharField(max_length=8)
    no_other = models.CharField(max_length=8)
    since = models.DateField()
    until = models.DateField(null=True)
    author_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("committee", "number", name="one_charter_a_number"),
            models.CheckConstraint(name="charter_ends_after_start", condition=Q(until=None) | Q(until__gte=F("since"))),
            models.CheckConstraint(
                name="charter_answers_are_known",
                condition=Q(no_earlier__in=list(Answer), no_other__in=list(Answer)),
            ),
        ]


class Approval(models.Model):
    """Of the committee itself, or of its plan of a year. Both the head and the kenesh approve, once each."""

    privacy = {"id": "key", "committee": "key", "year": "code", "by": "code", "on": "day", "act": "code", **WRITTEN}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="approvals")
    year = models.PositiveSmallIntegerField(default=0)  # 0: the committee itself
    by = models.CharField(max_length=8)
    on = models.DateField()
    act = models.CharField(max_length=NUMBER, blank=True)
    author_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("committee", "year", "by", name="approved_once_by_each"),
            models.CheckConstraint(name="approver_is_known", condition=Q(by__in=list(Approver))),
        ]


class Seat(models.Model):
    """An office of a member, from a day, perhaps to one. A plain member needs none."""

    privacy = {
        "id": "key",
        "committee": "key",
        "holding": "key",
        "office": "code",
        "since": "day",
        "until": "day",
        "before": "key",
        "handed": "code",
        **WRITTEN,
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="seats")
    holding = models.ForeignKey("directory.Holding", models.PROTECT, related_name="+")
    office = models.CharField(max_length=10)
    since = models.DateField()
    until = models.DateField(null=True)  # the last day
    before = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")  # from whom it was handed over
    handed = models.JSONField(default=list)  # codes: what went with it
    author_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="seat_office_is_known", condition=Q(office__in=list(Office))),
            models.UniqueConstraint(
                "committee",
                "office",
                name="one_chair_and_one_secretary",
                condition=Q(until=None, office__in=[Office.CHAIR, Office.SECRETARY]),
            ),
            models.UniqueConstraint("holding", name="one_open_seat_each", condition=Q(until=None)),
        ]


class Undertaking(models.Model):
    """A member signed to keep silent. The paper stays with the committee."""

    privacy = {"id": "key", "committee": "key", "holding": "key", "signed_on": "day", **WRITTEN}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    holding = models.OneToOneField("directory.Holding", models.PROTECT, related_name="+")
    signed_on = models.DateField()
    author_id = models.BigIntegerField()
    at = models.DateTimeField()


class MemberCard(Row):
    """How a member works and may be reached, as last said."""

    privacy = {
        **ROW_PRIVACY,
        "holding": "key",
        "number": "internal",
        "on_paper": "code",
        "channel": "code",
        "hours": "code",
        "discreet": "code",
        "phone": "sealed",
    }

    holding = models.ForeignKey("directory.Holding", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    on_paper = models.BooleanField()
    channel = models.CharField(max_length=10)
    hours = models.CharField(max_length=8)
    discreet = models.BooleanField()
    phone = SealedField(klass=Klass.CONTACT)

    class Meta:
        constraints = [
            models.UniqueConstraint("holding", "number", name="one_card_a_number"),
            models.CheckConstraint(name="card_channel_is_known", condition=Q(channel__in=list(Channel))),
            models.CheckConstraint(name="card_hours_are_known", condition=Q(hours__in=list(Hours))),
        ]


class LocalContact(Row):
    """Who answers for a subject of the law here, as last said; blank: nobody any more."""

    privacy = {**ROW_PRIVACY, "subject": "code", "number": "internal", "told": "sealed"}

    subject = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField()
    told = SealedField(klass=Klass.CONTACT)  # {name, phone}

    class Meta:
        constraints = [models.UniqueConstraint("subject_id", "subject", "number", name="one_contact_a_number")]


class PlanTarget(models.Model):
    """So much of the committee's own work in a year, as last said."""

    privacy = {
        "id": "key",
        "committee": "key",
        "year": "code",
        "number": "internal",
        "target": "code",
        "count": "code",
        **WRITTEN,
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    target = models.CharField(max_length=12)
    count = models.PositiveIntegerField()
    author_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("committee", "year", "target", "number", name="one_target_a_number"),
            models.CheckConstraint(name="target_is_own_work", condition=Q(target__in=list(Target))),
        ]


class Worked(models.Model):
    """The last day on which work of a kind was done, told by the module that keeps it."""

    privacy = {"id": "key", "committee": "key", "kind": "code", "on": "day"}

    id = models.BigAutoField(primary_key=True)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="worked")
    kind = models.CharField(max_length=8)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint("committee", "kind", name="worked_once_a_kind"),
            models.CheckConstraint(name="work_is_known", condition=Q(kind__in=list(Work))),
        ]


class Behalf(Row):
    """A task that was entered for a member who works on paper: by whom, for whom, and when it was done there."""

    privacy = {**ROW_PRIVACY, "holding": "key", "duty": "key", "done_on": "day"}

    holding = models.ForeignKey("directory.Holding", models.PROTECT, related_name="+")
    duty = models.OneToOneField("duties.Duty", models.PROTECT, related_name="+")
    done_on = models.DateField()
