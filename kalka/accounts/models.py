from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from kalka.accounts.rules import Lost, Purpose, Stage
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
        "confirmed_at": "time",
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
    confirmed_at = models.DateTimeField(null=True)  # when its person last said who they are
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "ended_at", "id"], name="session_newest")]
        constraints = [
            models.CheckConstraint(name="session_stage_is_known", condition=Q(stage__in=list(Stage))),
            models.CheckConstraint(
                name="a_token_and_nothing_else_has_scopes",
                condition=(Q(stage=Stage.API) & ~Q(scopes="")) | (~Q(stage=Stage.API) & Q(scopes="")),
            ),
        ]


class SignInFailure(models.Model):
    """How often what a limit counts has failed; whose it is only as a keyed hash. Of 0 failures: who came in from
    where, to be let through when the place is full."""

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


class Passkey(models.Model):
    """A key in a person's device. What it is called and its public half are sealed like the other sign-in secrets."""

    privacy = {
        "id": "key",
        "user": "key",
        "subject_id": "key",
        "mac": "secret",
        "kept": "sealed",
        "signed": "internal",
        "added_at": "time",
        "used_at": "time",
    }

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    subject_id = models.UUIDField()  # the person's own compartment
    mac = models.BinaryField(max_length=32, unique=True)  # of the device's number for it, to find it by
    kept = SealedField(klass=Klass.OWN)
    signed = models.BigIntegerField(default=0)  # how often the device says it was used
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Attempt(models.Model):
    """Something begun that is finished within minutes, and once: a passkey asked for, a way outside and back."""

    privacy = {"key": "secret", "purpose": "code", "session_id": "key", "detail": "secret", "begun_at": "time"}

    key = models.BinaryField(max_length=32, primary_key=True)  # SHA-256 of what only the other side holds
    purpose = models.CharField(max_length=8, choices=[(p, p) for p in Purpose])
    session_id = models.BigIntegerField(default=0)
    detail = models.BinaryField(default=b"")
    begun_at = models.DateTimeField(db_index=True)


class RecoveryCode(models.Model):
    """One of ten that replace the second step once; only its keyed hash."""

    privacy = {"id": "key", "user": "key", "mac": "secret", "made_at": "time", "used_at": "time"}

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    mac = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Recovery(models.Model):
    """Helping a person in again: asked for by one, confirmed by another from another post, each with a word of their
    own to hand over. Stopped by the person whenever they are signed in."""

    privacy = {
        "id": "key",
        "user": "key",
        "why": "code",
        "asked_by": "key",
        "asked_post_id": "key",
        "asked_at": "time",
        "first": "secret",
        "confirmed_by": "key",
        "confirmed_post_id": "key",
        "confirmed_at": "time",
        "second": "secret",
        "tries": "internal",
        "stopped_at": "time",
        "used_at": "time",
        "seen_at": "time",
    }

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=8, choices=[(w, w) for w in Lost])
    asked_by = models.BigIntegerField()
    asked_post_id = models.BigIntegerField(null=True)  # None: the console
    asked_at = models.DateTimeField()
    first = models.BinaryField(max_length=32)
    confirmed_by = models.BigIntegerField(null=True)
    confirmed_post_id = models.BigIntegerField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    second = models.BinaryField(max_length=32, default=b"")
    tries = models.PositiveSmallIntegerField(default=0)
    stopped_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)  # by the person whose account it is

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="two_persons_of_two_posts_recover",
                condition=Q(confirmed_at=None)
                | (
                    ~Q(confirmed_by=F("asked_by"))
                    & ~Q(confirmed_by=F("user"))
                    & ~Q(asked_by=F("user"))
                    & (~Q(confirmed_post_id=F("asked_post_id")) | Q(confirmed_post_id=None) | Q(asked_post_id=None))
                    & ~Q(confirmed_post_id=None, asked_post_id=None)
                ),
            )
        ]


class OutsideName(models.Model):
    """Whom an outside provider means: proposed by whoever keeps accounts, true once the person has agreed."""

    privacy = {
        "id": "key",
        "user": "key",
        "mac": "secret",
        "proposed_by": "key",
        "proposed_at": "time",
        "agreed_at": "time",
        "ended_at": "time",
    }

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    mac = models.BinaryField(max_length=32)  # of the issuer and the number or name it gives the person
    proposed_by = models.BigIntegerField()
    proposed_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mac"], condition=Q(ended_at=None), name="one_account_each_outside_name"),
        ]
