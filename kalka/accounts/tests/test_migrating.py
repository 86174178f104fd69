"""Tokens issued before there were scopes."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from kalka.accounts import services
from kalka.accounts.models import Session, User
from kalka.accounts.rules import Stage
from kalka.accounts.services import open_session
from kalka.accounts.tests.test_tokens import ADMIN, NOW, PASSWORD

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]

FORMER = "cases:read duties:read law:read orders:read places:read reports:read reports:write"


def moved_to(name: str):
    executor = MigrationExecutor(connection)
    executor.migrate([("accounts", name)])
    return MigrationExecutor(connection).loader.project_state([("accounts", name)]).apps


def test_a_token_of_before_keeps_what_it_could_and_a_session_gets_no_scope():
    user = services.create_user(ADMIN, login="clinic", name="Клиника", password=PASSWORD, now=NOW)
    open_session(user, stage=Stage.FULL, now=NOW)
    try:
        before = moved_to("0001_initial").get_model("accounts", "Session")
        times = {"started_at": NOW, "seen_at": NOW, "ends_at": NOW + timedelta(days=9)}
        before.objects.create(token=b"t" * 32, user_id=user.pk, stage="api", post_id=1, **times)
    finally:
        call_command("migrate", verbosity=0, interactive=False)  # to the newest, and its tables are guarded again
    assert dict(Session.objects.values_list("stage", "scopes")) == {"full": "", "api": FORMER}
    assert User.objects.count() == 1
