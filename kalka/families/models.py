from django.db import models
from django.db.models import Q

from kalka.core.refs import LENGTH
from kalka.families.rules import End, How, Kind, Met, Named, Says, Setting, Way
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row


class FamilyAtRisk(Row):
    """One line of a committee's register, and one case. It holds codes and days; who they are is in the case."""

    privacy = {
        **ROW_PRIVACY,
        "case": "key",
        "case_ref": "key",
        "organisation": "key",
        "place": "code",
        "noted_on": "day",
        "how": "code",
        "signs": "code",
        "setting": "code",
        "children": "code",
        "named": "code",
        "ground": "code",
        "next_on": "day",
        "told": "sealed",
    }

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="+")
    case_ref = models.CharField(max_length=LENGTH)
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    place = models.CharField(max_length=32)
    noted_on = models.DateField()
    how = models.CharField(max_length=12)
    signs = models.CharField(max_length=240)  # codes with commas
    setting = models.CharField(max_length=8)
    children = models.PositiveSmallIntegerField(null=True)
    named = models.CharField(max_length=8)
    ground = models.CharField(max_length=16, blank=True)
    next_on = models.DateField(null=True)  # the first day that was agreed on
    told = SealedField(klass=Klass.NARRATIVE)

    class Meta:
        constraints = [
            models.CheckConstraint(name="family_how_is_known", condition=Q(how__in=list(How))),
            models.CheckConstraint(name="family_setting_is_known", condition=Q(setting__in=list(Setting))),
            models.CheckConstraint(name="family_name_has_a_reason", condition=Q(named__in=list(Named))),
            models.CheckConstraint(
                name="family_ground_is_named",
                condition=Q(named=Named.GROUND) & ~Q(ground="") | ~Q(named=Named.GROUND) & Q(ground=""),
            ),
        ]


class FamilyName(Row):
    """A name was written later, on her consent or a ground of the law; or taken back, and is shown no more. The last
    number holds."""

    privacy = {
        **ROW_PRIVACY,
        "family": "key",
        "number": "internal",
        "named": "code",
        "ground": "code",
        "on": "day",
    }

    family = models.ForeignKey(FamilyAtRisk, models.PROTECT, related_name="names")
    number = models.PositiveSmallIntegerField()
    named = models.CharField(max_length=8)
    ground = models.CharField(max_length=16, blank=True)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint("family", "number", name="one_name_at_a_time"),
            models.CheckConstraint(name="later_name_has_a_reason", condition=Q(named__in=list(Named))),
            models.CheckConstraint(
                name="later_ground_is_named",
                condition=Q(named=Named.GROUND) & ~Q(ground="") | ~Q(named=Named.GROUND) & Q(ground=""),
            ),
        ]


class Seat(Row):
    """A place in the pair. `taken_at`: whoever was asked said yes; `left_at`: not any more."""

    privacy = {
        **ROW_PRIVACY,
        "family": "key",
        "case_ref": "key",
        "holder": "key",
        "taken_at": "time",
        "left_at": "time",
    }

    family = models.ForeignKey(FamilyAtRisk, models.PROTECT, related_name="seats")
    case_ref = models.CharField(max_length=LENGTH)
    holder = models.ForeignKey("directory.Post", models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("family", "holder", condition=Q(left_at=None), name="one_seat_each"),
        ]


class FamilyContact(Row):
    """Somebody of the pair spoke with the family, or tried to."""

    privacy = {
        **ROW_PRIVACY,
        "family": "key",
        "way": "code",
        "met": "code",
        "on": "day",
        "promised": "day",
        "next_on": "day",
        "told": "sealed",
    }

    family = models.ForeignKey(FamilyAtRisk, models.PROTECT, related_name="contacts")
    way = models.CharField(max_length=8)
    met = models.CharField(max_length=8)
    on = models.DateField()
    promised = models.DateField(null=True)  # the day that was agreed on before
    next_on = models.DateField(null=True)
    told = SealedField(klass=Klass.NARRATIVE)

    class Meta:
        constraints = [
            models.CheckConstraint(name="family_contact_way_is_known", condition=Q(way__in=list(Way))),
            models.CheckConstraint(name="family_contact_met_is_known", condition=Q(met__in=list(Met))),
            models.CheckConstraint(name="declined_has_no_next", condition=~Q(met=Met.DECLINED) | Q(next_on=None)),
        ]


class Work(Row):
    """One kind of work on a day, with the record it led to: a need that others meet, a document."""

    privacy = {
        **ROW_PRIVACY,
        "family": "key",
        "kind": "code",
        "on": "day",
        "asked": "code",
        "need": "key",
        "step": "key",
    }

    family = models.ForeignKey(FamilyAtRisk, models.PROTECT, related_name="works")
    kind = models.CharField(max_length=12)
    on = models.DateField()
    asked = models.BooleanField()  # others do it; the committee asked them
    need = models.ForeignKey("referrals.Need", models.PROTECT, null=True, related_name="+", db_index=False)
    step = models.ForeignKey("support.DocumentStep", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="family_work_is_known", condition=Q(kind__in=list(Kind))),
            models.CheckConstraint(name="what_is_asked_has_a_need", condition=Q(asked=False) | Q(need__isnull=False)),
            models.CheckConstraint(
                name="a_document_has_its_step", condition=~Q(kind=Kind.DOCUMENTS) | Q(step__isnull=False)
            ),
        ]


class HerWord(Row):
    """What she said to help that a sitting decided on, when one of the two asked her."""

    privacy = {**ROW_PRIVACY, "family": "key", "need": "key", "says": "code"}

    family = models.ForeignKey(FamilyAtRisk, models.PROTECT, related_name="+")
    need = models.ForeignKey("referrals.Need", models.PROTECT, related_name="+", db_index=False)
    says = models.CharField(max_length=8)

    class Meta:
        constraints = [models.CheckConstraint(name="her_word_is_known", condition=Q(says__in=list(Says)))]


class Crossing(Row):
    """Violence was told: it went on as a report. The committee keeps its own tasks."""

    privacy = {**ROW_PRIVACY, "family": "key", "report": "key", "on": "day"}

    family = models.ForeignKey(FamilyAtRisk, models.PROTECT, related_name="crossings")
    report = models.OneToOneField("intake.Report", models.PROTECT, related_name="+")
    on = models.DateField()


class FamilyEnd(Row):
    """The work of the committee with a family ended."""

    privacy = {**ROW_PRIVACY, "family": "key", "how": "code", "on": "day", "told": "sealed"}

    family = models.OneToOneField(FamilyAtRisk, models.PROTECT, related_name="end")
    how = models.CharField(max_length=12)
    on = models.DateField()
    told = SealedField(klass=Klass.NARRATIVE)

    class Meta:
        constraints = [models.CheckConstraint(name="family_end_is_known", condition=Q(how__in=list(End)))]
