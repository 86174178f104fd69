from django.db import models
from django.db.models import Q

from kalka.core.refs import new_id
from kalka.files.rules import Media
from kalka.library.rules import LANGUAGES, Audience, Kind, Recipient, StoryKind, StoryState, Why
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.rows import ROW_PRIVACY, Row

# Materials are public: what stands in them is given to anybody.
WRITTEN = {"id": "key", "organisation": "key", "author_id": "key", "at": "time"}


class Written(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    author_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        abstract = True


class Conference(Written):
    """Held once, with the presentations that were shown at it."""

    privacy = {**WRITTEN, "name": "code", "on": "day", "place": "code"}

    name = models.CharField(max_length=160)
    on = models.DateField()
    place = models.CharField(max_length=20)


class Material(Written):
    """`by`: the organisation that made or presented it."""

    privacy = {**WRITTEN, "kind": "code", "audience": "code", "name": "code", "by": "code", "conference": "key"}

    kind = models.CharField(max_length=16)
    audience = models.CharField(max_length=16)
    name = models.CharField(max_length=160)
    by = models.CharField(max_length=160, blank=True)
    conference = models.ForeignKey(Conference, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="material_kind_is_known", condition=Q(kind__in=list(Kind))),
            models.CheckConstraint(name="audience_is_known", condition=Q(audience__in=list(Audience))),
        ]


class Version(Written):
    """In a language, as it was on a day: an address outside, or a file. What came before stays."""

    privacy = {
        **WRITTEN,
        "material": "key",
        "number": "internal",
        "language": "code",
        "on": "day",
        "address": "code",
        "media": "code",
    }

    material = models.ForeignKey(Material, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=2)
    on = models.DateField()
    address = models.CharField(max_length=500, blank=True)
    media = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("material", "language", "number", name="one_version_a_number"),
            models.CheckConstraint(name="version_language_is_known", condition=Q(language__in=list(LANGUAGES))),
            models.CheckConstraint(
                name="an_address_or_a_file",
                condition=Q(media="") & ~Q(address="") | Q(address="", media__in=list(Media)),
            ),
        ]


class VersionFile(models.Model):
    """Its content, made anew without metadata before it was kept."""

    privacy = {"id": "key", "version": "key", "content": "code"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.OneToOneField(Version, models.PROTECT, related_name="file")
    content = models.BinaryField()


class Handing(Written):
    """Somebody received copies of a version. An office or an organisation, never a person."""

    privacy = {
        **WRITTEN,
        "version": "key",
        "to": "code",
        "name": "code",
        "place": "code",
        "copies": "code",
        "on": "day",
    }

    version = models.ForeignKey(Version, models.PROTECT, related_name="handings")
    to = models.CharField(max_length=16)
    name = models.CharField(max_length=160)
    place = models.CharField(max_length=20)
    copies = models.PositiveIntegerField()
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="recipient_is_known", condition=Q(to__in=list(Recipient))),
            models.CheckConstraint(name="something_was_handed", condition=Q(copies__gte=1)),
        ]


class HandingTakenBack(Written):
    """By mistake, twice, or the copies came back: it does not count any more, and stays written."""

    privacy = {**WRITTEN, "handing": "key", "why": "code"}

    handing = models.OneToOneField(Handing, models.PROTECT, related_name="taken_back")
    why = models.CharField(max_length=8)

    class Meta:
        constraints = [
            models.CheckConstraint(name="handing_taken_back_for_a_reason", condition=Q(why__in=list(Why))),
        ]


class Story(Row):
    """As it was written: sealed. `names_seen`: the writer saw what looks like names, and says they are nobody's."""

    privacy = {
        **ROW_PRIVACY,
        "organisation": "key",
        "kind": "code",
        "language": "code",
        "state": "code",
        "names_seen": "code",
        "reviewer_id": "key",
        "reviewed_at": "time",
        "told": "sealed",
        "why": "sealed",
    }

    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=12, default=StoryState.WAITING)
    names_seen = models.BooleanField(default=False)
    reviewer_id = models.BigIntegerField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    told = SealedField(klass=Klass.NARRATIVE)  # {title, text}
    why = SealedField(klass=Klass.NARRATIVE)  # it was given back

    class Meta:
        constraints = [
            models.CheckConstraint(name="story_kind_is_known", condition=Q(kind__in=list(StoryKind))),
            models.CheckConstraint(name="story_language_is_known", condition=Q(language__in=list(LANGUAGES))),
            models.CheckConstraint(
                name="a_story_is_read_by_another",
                condition=Q(state=StoryState.WAITING, reviewer_id=None)
                | Q(state__in=[StoryState.SHOWN, StoryState.RETURNED], reviewer_id__isnull=False)
                & ~Q(reviewer_id=models.F("author_id")),
            ),
        ]


class StoryShown(models.Model):
    """What everybody at work may read: a copy, made when a second person had read it."""

    privacy = {
        "id": "key",
        "story": "key",
        "organisation": "key",
        "kind": "code",
        "language": "code",
        "title": "code",
        "text": "code",
        "since": "time",
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    story = models.OneToOneField(Story, models.PROTECT, related_name="shown")
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=160)
    text = models.TextField()
    since = models.DateTimeField()
