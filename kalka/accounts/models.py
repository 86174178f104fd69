from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from kalka.accounts.rules import Stage
from kalka.core.refs import new_id
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField


class User(models.Model):
    """Somebody who signs in. What they may do comes from the posts they hold, never from here."""

    privacy = {
        "id": "key",
        "login": "internal",
        "password": "secret",
        "subject_id": "key",
        "name": "sealed",
        "totp": "sealed",
        "totp_step": "internal",
        "language": "code",
        "active": "code",
        "created_at": "time",
    }

    id = models.BigAutoField(primary_key=True)
    login = models.CharField(max_length=64)
    password = models.CharField(max_length=160)
    subject_id = models.UUIDField(unique=True, default=new_id)
    name = SealedField(klass=Klass.OWN)
    totp = SealedField(klass=Klass.OWN)
    totp_step = models.BigIntegerField(default=0)  # the last code used: none works twice
    language = models.CharField(max_length=2, default="ky")
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("login"), name="one_login_each")]


class Session(models.Model):
    privacy = {
        "id": "key",
        "token": "secret",
        "user": "key",
        "stage": "code",
        "post_id": "key",
        "scopes": "code",
        "started_at": "time",
        "seen_at": "time",
        "ends_at": "time",
        "ended_at": "time",
    }

    id = models.BigAutoField(primary_key=True)
    token = models.BinaryField(max_length=32, unique=True)  # SHA-256 of what the cookie or the program holds
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=5, choices=[(s, s) for s in Stage])
    post_id = models.BigIntegerField(null=True)
    scopes = models.CharField(max_length=240, default="")  # of a token, by a space
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "ended_at"], name="session_by_user")]
        constraints = [
            models.CheckConstraint(name="session_stage_is_known", condition=Q(stage__in=list(Stage))),
            models.CheckConstraint(
                name="a_token_and_nothing_else_has_scopes",
                condition=(Q(stage=Stage.API) & ~Q(scopes="")) | (~Q(stage=Stage.API) & Q(scopes="")),
            ),
        ]


class SignInFailure(models.Model):
    """How often one name failed from one address; both only as a keyed hash."""

    privacy = {"key": "internal", "count": "internal", "last": "time"}

    key = models.BinaryField(max_length=32, primary_key=True)
    count = models.PositiveSmallIntegerField(default=0)
    last = models.DateTimeField()


class Draft(models.Model):
    """What a person has half written, sealed under that person's own key. Gone on sending, or after 72 hours."""

    privacy = {"id": "key", "subject_id": "key", "kind": "code", "values": "sealed", "saved_at": "time"}

    id = models.UUIDField(primary_key=True)
    subject_id = models.UUIDField(db_index=True)  # the writer's own compartment
    kind = models.CharField(max_length=32)
    values = SealedField(klass=Klass.OWN)
    saved_at = models.DateTimeField()


class KeptForm(models.Model):
    """A form that arrived after its session had ended: sealed under a key only the browser's cookie holds."""

    privacy = {
        "id": "key",
        "user": "key",
        "address": "internal",
        "body": "secret",
        "kept_at": "time",
    }

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=200)
    body = models.BinaryField()
    kept_at = models.DateTimeField()


class StaffMark(models.Model):
    """A number, or a name with a day of birth, of a member of staff, as a keyed digest: compared with the persons in
    files, in both directions. Never removed."""

    privacy = {"id": "key", "user": "key", "kind": "code", "mac": "secret", "since": "time"}

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    mac = models.BinaryField(max_length=16, db_index=True)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("user", "mac", name="one_mark_once")]
