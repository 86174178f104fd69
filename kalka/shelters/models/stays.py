"""What happens there: holds, stays and what belongs to them, and who was turned away."""

from django.db import models
from django.db.models import F, Q

from kalka.core.refs import LENGTH
from kalka.shelters import rules
from kalka.shelters.models.places import HouseRules, Shelter, Taking
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row


class Wished(Row):
    """Who needs a place, in codes."""

    who = models.CharField(max_length=8)
    children = models.PositiveSmallIntegerField()
    sons_over_12 = models.BooleanField()
    disability = models.BooleanField()
    pets = models.BooleanField()

    class Meta:
        abstract = True


WISHED = {"who": "code", "children": "code", "sons_over_12": "code", "disability": "code", "pets": "code"}


class Hold(Wished):
    """A place kept for somebody on the way. `ref` is what is said on the telephone."""

    privacy = {**ROW_PRIVACY, **WISHED, "ref": "code", "taking": "key", "note": "sealed", "phone": "sealed"}

    ref = models.CharField(max_length=LENGTH, unique=True)
    taking = models.OneToOneField(Taking, on_delete=models.PROTECT, related_name="+")
    note = SealedField(klass=Klass.NARRATIVE)  # for the shelter: when, with whom, what to know
    phone = SealedField(klass=Klass.CONTACT)  # of whoever brings her: the shelter calls back

    class Meta:
        constraints = [models.CheckConstraint(name="hold_who_is_known", condition=Q(who__in=rules.WHO))]


class Stay(Row):
    """Somebody lives here for a while, perhaps nameless. Its subject is that of the hold it came from, or its own."""

    privacy = {
        **ROW_PRIVACY,
        "shelter": "key",
        "hold": "key",
        "ref": "code",
        "arrived_on": "day",
        "due_on": "day",
        "sex": "code",
        "age_band": "code",
        "name": "sealed",
        "told": "sealed",
    }

    shelter = models.ForeignKey(Shelter, on_delete=models.PROTECT, related_name="+")
    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, null=True, related_name="+")
    ref = models.CharField(max_length=LENGTH, unique=True)
    arrived_on = models.DateField()
    due_on = models.DateField()  # as agreed on arrival; later days are extensions
    sex = models.CharField(max_length=8)
    age_band = models.CharField(max_length=8)
    name = SealedField(klass=Klass.IDENTITY)
    told = SealedField(klass=Klass.NARRATIVE)

    class Meta:
        constraints = [
            models.UniqueConstraint("subject_id", name="one_stay_a_subject"),
            models.CheckConstraint(name="stay_ends_after_arrival", condition=Q(due_on__gt=F("arrived_on"))),
        ]


class StayChild(Row):
    """A child who came along, in the bed of the parent or in one of its own."""

    privacy = {**ROW_PRIVACY, "stay": "key", "sex": "code", "age_band": "code", "taking": "key", "name": "sealed"}

    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="+")
    sex = models.CharField(max_length=8)
    age_band = models.CharField(max_length=8)
    taking = models.OneToOneField(Taking, on_delete=models.PROTECT, null=True, related_name="+")
    name = SealedField(klass=Klass.IDENTITY)


class Extension(Row):
    """The stay goes on until another day, because of something."""

    privacy = {**ROW_PRIVACY, "stay": "key", "due_on": "day", "why": "code", "told": "sealed"}

    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    why = models.CharField(max_length=12)
    told = SealedField(klass=Klass.NARRATIVE)

    class Meta:
        constraints = [models.CheckConstraint(name="extension_why_is_known", condition=Q(why__in=list(rules.Longer)))]


class RulesTold(Row):
    """The rules of the house were explained, in a language she understands, and agreed to."""

    privacy = {**ROW_PRIVACY, "stay": "key", "rules": "key"}

    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="+")
    rules = models.ForeignKey(HouseRules, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("stay", "rules", name="rules_are_told_once")]


class Belonging(Row):
    """Something taken into keeping."""

    privacy = {**ROW_PRIVACY, "stay": "key", "what": "sealed"}

    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="+")
    what = SealedField(klass=Klass.NARRATIVE)


class GivenBack(Row):
    privacy = {**ROW_PRIVACY, "belonging": "key"}

    belonging = models.OneToOneField(Belonging, on_delete=models.PROTECT, related_name="+")


class Departure(Row):
    """The end of a stay, and what follows."""

    privacy = {**ROW_PRIVACY, "stay": "key", "on": "day", "where": "code", "plan": "sealed", "contact": "sealed"}

    stay = models.OneToOneField(Stay, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    where = models.CharField(max_length=16)
    plan = SealedField(klass=Klass.NARRATIVE)
    contact = SealedField(klass=Klass.CONTACT)

    class Meta:
        constraints = [
            models.CheckConstraint(name="departure_where_is_known", condition=Q(where__in=list(rules.Where)))
        ]


class TurnAway(Wished):
    """Somebody asked and did not get shelter. Nobody's identity; `shelter` empty: no place was found anywhere."""

    privacy = {**ROW_PRIVACY, **WISHED, "shelter": "key", "region": "code", "on": "day", "reason": "code"}

    shelter = models.ForeignKey(Shelter, on_delete=models.PROTECT, null=True, related_name="+")
    region = models.CharField(max_length=20)
    on = models.DateField()
    reason = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.CheckConstraint(name="turn_away_reason_is_known", condition=Q(reason__in=list(rules.Reason))),
            models.CheckConstraint(name="turn_away_who_is_known", condition=Q(who__in=rules.WHO)),
        ]
