from django.db import models
from django.db.models import Q

from kalka.statistics.rules import K, ReleaseState, State


class Release(models.Model):
    """One extraction. `salt` makes the pseudonyms of its lines; it is gone once the release is published or failed."""

    privacy = {
        "id": "key",
        "code": "code",
        "until": "code",
        "state": "code",
        "vintage": "code",
        "salt": "secret",
        "started_at": "time",
        "extracted_on": "code",
        "published_at": "time",
        "beat_at": "time",
        "done": "internal",
        "total": "internal",
    }

    id = models.UUIDField(primary_key=True, editable=False)
    code = models.CharField(max_length=12, unique=True)
    until = models.DateField()  # the first day that is not in it
    state = models.CharField(max_length=9, default=ReleaseState.MAKING)
    vintage = models.CharField(max_length=10, blank=True)
    salt = models.BinaryField(max_length=32)
    started_at = models.DateTimeField()  # nothing written down later is in it
    extracted_on = models.DateField()
    published_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField()  # the last sign that somebody works on it
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("state", condition=Q(state=ReleaseState.MAKING), name="one_release_at_a_time"),
            models.CheckConstraint(name="release_state_is_known", condition=Q(state__in=list(ReleaseState))),
            models.CheckConstraint(
                name="published_release_has_a_day",
                condition=Q(state=ReleaseState.PUBLISHED, published_at__isnull=False)
                | ~Q(state=ReleaseState.PUBLISHED) & Q(published_at=None),
            ),
        ]


class Fact(models.Model):
    """One line without identity. `who` stands for a person or a file within this release alone.

    Lines of a release go when a newer one is published.
    """

    privacy = {
        "id": "key",
        "release": "key",
        "kind": "code",
        "on": "day",
        "place": "code",
        "raion": "code",
        "oblast": "code",
        "agency": "code",
        "codes": "code",
        "who": "key",
    }

    id = models.BigAutoField(primary_key=True)
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=16)
    on = models.DateField()
    place = models.CharField(max_length=20, blank=True)  # the aimak
    raion = models.CharField(max_length=21, blank=True)
    oblast = models.CharField(max_length=21, blank=True)
    agency = models.CharField(max_length=20, blank=True)
    codes = models.CharField(max_length=600)  # JSON: {field: code, number, truth or [codes]}
    who = models.CharField(max_length=24)

    class Meta:
        indexes = [models.Index(fields=["release", "kind", "on"], name="fact_by_day")]


class Sheet(models.Model):
    """The figures of one indicator and year in a release: made in it, or as an earlier one made them.

    `digest` is keyed: it tells whether anything changed, and nothing else. `hidden` are the figures that were not
    shown, sealed under a key of the ledger's own: later releases must not give them away.
    """

    privacy = {
        "id": "key",
        "release": "key",
        "indicator": "code",
        "year": "code",
        "source": "key",
        "digest": "internal",
        "hidden": "sealed",
    }

    id = models.BigAutoField(primary_key=True)
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", db_index=False)
    indicator = models.CharField(max_length=32)
    year = models.PositiveSmallIntegerField()
    source = models.ForeignKey(Release, models.PROTECT, related_name="+", db_index=False)
    digest = models.BinaryField(max_length=16)
    hidden = models.BinaryField(default=b"")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "indicator", "year"], name="one_sheet_a_year"),
        ]


class Published(models.Model):
    """One figure of a release, and for ever what the world was told. What is hidden has no number, here as well."""

    privacy = {
        "id": "key",
        "release": "key",
        "indicator": "code",
        "year": "code",
        "period": "code",
        "place": "code",
        "above": "code",
        "by": "code",
        "code": "code",
        "state": "code",
        "n": "code",
    }

    id = models.BigAutoField(primary_key=True)
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", db_index=False)
    indicator = models.CharField(max_length=32)
    year = models.PositiveSmallIntegerField()
    period = models.CharField(max_length=7)
    place = models.CharField(max_length=21, blank=True)  # "": the country
    above = models.CharField(max_length=21, blank=True)  # of a raion its oblast
    by = models.CharField(max_length=12, blank=True)  # "": all together
    code = models.CharField(max_length=24, blank=True)
    state = models.CharField(max_length=6)
    n = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period", "by", "place", "code", "release"], name="one_figure_once"
            ),
            models.CheckConstraint(name="figure_state_is_known", condition=Q(state__in=list(State))),
            models.CheckConstraint(
                name="only_shown_figures_have_a_number",
                condition=Q(state=State.SHOWN, n__isnull=False) | ~Q(state=State.SHOWN) & Q(n=None),
            ),
            models.CheckConstraint(name="no_small_figure_is_published", condition=Q(n=None) | Q(n=0) | Q(n__gte=K)),
        ]
        indexes = [models.Index(fields=["indicator", "year", "release"], name="figure_by_year")]
