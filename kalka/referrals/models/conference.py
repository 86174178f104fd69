from django.db import models

from kalka.core.refs import LENGTH
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row


class Conference(Row):
    """Those who help come together over one case."""

    privacy = {**ROW_PRIVACY, "case": "key", "case_ref": "key", "at": "time", "where": "sealed"}

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    case_ref = models.CharField(max_length=LENGTH)
    at = models.DateTimeField()
    where = SealedField(klass=Klass.NARRATIVE)


class Seat(Row):
    """A post that was asked to come."""

    privacy = {**ROW_PRIVACY, "conference": "key", "seated": "key"}

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="+")
    seated = models.ForeignKey("directory.Post", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint("conference", "seated", name="one_seat_a_post")]


class Minutes(Row):
    """What was said. One each; what was decided stands in rows of its own. `came`: the posts, as numbers."""

    privacy = {**ROW_PRIVACY, "conference": "key", "came": "key", "said": "sealed", "her_word": "sealed"}

    conference = models.OneToOneField(Conference, models.PROTECT, related_name="+")
    came = models.JSONField()
    said = SealedField(klass=Klass.NARRATIVE)
    her_word = SealedField(klass=Klass.NARRATIVE)


class Decision(Row):
    """What one post will do by a day. The duty says the day; what it is about is sealed."""

    privacy = {**ROW_PRIVACY, "conference": "key", "owner": "key", "by": "day", "what": "sealed"}

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="+")
    owner = models.ForeignKey("directory.Post", models.PROTECT, related_name="+", db_index=False)
    by = models.DateField()
    what = SealedField(klass=Klass.NARRATIVE)


class Carried(Row):
    """A decision was carried out."""

    privacy = {**ROW_PRIVACY, "decision": "key", "told": "sealed"}

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="+")
    told = SealedField(klass=Klass.NARRATIVE)
