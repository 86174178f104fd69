from uuid import UUID

from django.db import models
from django.db.models import Q

from kalka.core.refs import new_id
from kalka.people.rules.purpose import Refusal, Why
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row


class SearchDay(models.Model):
    """How often somebody searched on a day; the row two searches at once wait for."""

    privacy = {"id": "key", "user_id": "key", "on": "time", "made": "internal", "emergencies": "internal"}

    id = models.BigAutoField(primary_key=True)
    user_id = models.BigIntegerField()
    on = models.DateField()
    made = models.PositiveIntegerField(default=0)
    emergencies = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint("user_id", "on", name="one_count_a_day")]


class SearchMade(models.Model):
    """That somebody searched, and what for; never what was looked for. `file`: the one it was made for, or its own."""

    privacy = {
        "id": "key",
        "user_id": "key",
        "post_id": "key",
        "at": "time",
        "why": "code",
        "file": "key",
        "duty": "key",
        "refusal": "code",
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user_id = models.BigIntegerField()
    post_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    why = models.CharField(max_length=12)
    file = models.UUIDField()
    duty = models.UUIDField(null=True)
    refusal = models.CharField(max_length=12, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user_id", "at"], name="search_of_a_person")]
        constraints = [
            models.CheckConstraint(name="search_has_a_purpose", condition=Q(why__in=list(Why))),
            models.CheckConstraint(name="search_refusal_is_known", condition=Q(refusal__in=["", *Refusal])),
            models.CheckConstraint(name="a_duty_is_the_purpose", condition=Q(duty=None) | Q(why=Why.DUTY)),
        ]

    @property
    def subject_id(self) -> UUID:
        """For the record: which file the search was made for."""
        return self.file


class SearchReason(Row):
    """Why somebody searched, in words: at once, or after an emergency. The file is the search's own."""

    privacy = {**ROW_PRIVACY, "search": "key", "reason": "sealed"}

    search = models.OneToOneField(SearchMade, models.PROTECT, related_name="given")
    reason = SealedField(klass=Klass.NARRATIVE)


class SearchAsk(Row):
    """Somebody whose searches of the day are spent asks for more."""

    privacy = {**ROW_PRIVACY, "on": "time"}

    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint("author_id", "on", name="one_ask_a_day")]


class SearchAnswer(Row):
    """What whoever leads said to it. `user_id`: who asked."""

    privacy = {**ROW_PRIVACY, "ask": "key", "user_id": "key", "on": "time", "raised": "code"}

    ask = models.OneToOneField(SearchAsk, models.PROTECT, related_name="answer")
    user_id = models.BigIntegerField()
    on = models.DateField()
    raised = models.BooleanField()
