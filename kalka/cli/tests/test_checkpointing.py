"""`kalka checkpoint` and `kalka verify --checkpoint`: what one gives away, the other is held against."""

import json
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pyrage
import pytest
from click.testing import CliRunner
from django.db import connection
from django.utils import translation

from kalka.cli import checking, checkpointing, verifying
from kalka.core import chain, checkpoints, clock, waiting
from kalka.core.models import AuditCheckpoint, AuditEntry, AuditHead, AuditSeal, AuditSecret
from kalka.core.tests import records
from tests.architecture.tree import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def run(command, *words):
    with translation.override("en"):
        return CliRunner().invoke(command, [str(word) for word in words])


def test_what_was_given_away_is_held_against_the_record(tmp_path):
    records.write(5)
    held = tmp_path / "five.txt"
    assert run(checkpointing.checkpoint, "--to", held).exit_code == 0
    records.write(4)
    said = run(verifying.verify, "--checkpoint", held)
    assert said.exit_code == 0 and "It goes on from the checkpoint of 5 entries." in said.stdout
    AuditEntry.objects.filter(id=AuditSeal.objects.get(position=2).entry).update(actor_id=1)
    records.hashed_anew(with_keys=True, mac=records.mac_of_today)
    AuditCheckpoint.objects.all().delete()
    assert run(verifying.verify).exit_code == 0
    said = run(verifying.verify, "--checkpoint", held)
    assert said.exit_code == 1 and "From position 1 up to 5 the record is not the one" in said.stderr
    told = json.loads(run(verifying.verify, "--checkpoint", held, "--json").stdout)
    assert told["fault"] == {"what": "rewritten", "position": 1, "entry": None, "upto": 5}


def test_a_file_is_never_written_over_and_what_is_no_checkpoint_is_said(tmp_path):
    records.write(1)
    there = tmp_path / "there.txt"
    there.write_text("kept")
    assert run(checkpointing.checkpoint, "--to", there).exit_code == 1 and there.read_text() == "kept"
    said = run(verifying.verify, "--checkpoint", there)
    assert said.exit_code == 1 and "This is no checkpoint" in said.stderr


def test_it_is_a_note_as_other_logs_write_it():
    records.write(3)
    text = run(checkpointing.checkpoint).stdout
    origin = re.escape(checkpoints.origin())
    assert re.fullmatch(
        rf"{origin}\n3\n[A-Za-z0-9+/]{{43}}=\ntime \d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\dZ\nkeys 0 [A-Za-z0-9+/]{{43}}=\n"
        rf"\n— {origin} [A-Za-z0-9+/]{{91,92}}=?\n",
        text,
    )
    assert run(checkpointing.checkpoint, "--key").stdout.startswith(f"{checkpoints.origin()}+")


def test_requirement_51_another_institution_checks_it_without_this_system(tmp_path):
    records.write(5)
    files = [tmp_path / name for name in ("five.txt", "nine.txt", "key.txt")]
    run(checkpointing.checkpoint, "--to", files[0])
    records.write(4)
    run(checkpointing.checkpoint, "--to", files[1], "--after", files[0])
    files[2].write_text(checkpoints.public_key())

    def check(*given: Path) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, ROOT / "tools" / "checkpoint.py", *given], capture_output=True, text=True, check=False
        )
        return done.returncode, (done.stdout + done.stderr).strip()

    assert check(files[2], files[0], files[1]) == (0, "good: 9 entries, which go on from 5")
    path = files[1].read_text()
    first = path.splitlines()[1]
    files[1].write_text(path.replace(first, "A" * 43 + "="))
    assert check(files[2], files[0], files[1]) == (1, "not good: the longer record does not begin with the shorter one")
    files[1].write_text(path.replace("\n9\n", "\n8\n"))
    assert check(files[2], files[0], files[1]) == (1, "not good: signed by somebody else")


def test_the_auditor_proves_every_entry_with_a_key_of_their_own(tmp_path, settings):
    identity = pyrage.x25519.Identity.generate()
    settings.AUDIT_RECIPIENTS = [str(identity.to_public())]
    records.write(4)
    secret, other = tmp_path / "auditor.txt", tmp_path / "other.txt"
    secret.write_text(f"{identity}\n")
    other.write_text(f"{pyrage.x25519.Identity.generate()}\n")
    assert "The MAC of 4 entries out of 4 was checked." in run(verifying.verify, "--identity", secret).stdout
    refused = run(verifying.verify, "--identity", other)
    assert refused.exit_code == 1 and "not one that the keys of the record were sealed to" in refused.stderr


def test_after_a_change_of_auditor_each_proves_with_a_key_of_their_own(tmp_path, settings):
    first, second = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    settings.AUDIT_RECIPIENTS = [str(first.to_public())]
    records.write(2)
    settings.AUDIT_RECIPIENTS = [str(second.to_public())]
    chain.turn_daily(clock.now() + timedelta(days=1, minutes=1))
    records.write(3)
    AuditSecret.objects.all().delete()
    for identity, proven in ((first, 5), (second, 3)):
        (tmp_path / "secret.txt").write_text(f"{identity}\n")
        told = run(verifying.verify, "--identity", tmp_path / "secret.txt")
        assert f"The MAC of {proven} entries out of 5 was checked." in told.stdout, told.output


def test_an_end_that_another_hand_wrote_raises_an_alarm(monkeypatch):
    monkeypatch.setattr(checking.checks, "faults", list)
    monkeypatch.setattr(checking.backups, "alarms", lambda *_a, **_k: ())
    records.write(2)
    assert run(checking.check).exit_code == 0
    AuditHead.objects.update(position=1)
    said = run(checking.check)
    assert said.exit_code == 3 and "written by another hand" in said.stderr


def test_requirement_52_entries_that_wait_for_a_minute_raise_an_alarm(monkeypatch):
    monkeypatch.setattr(checking.checks, "faults", list)
    monkeypatch.setattr(checking.backups, "alarms", lambda *_a, **_k: ())
    records.write(1)
    assert run(checking.check).exit_code == 0
    if connection.vendor != "postgresql":
        assert waiting.since() is None
        return
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_auditentry SET at = at - interval '61 seconds'")
    said = run(checking.check)
    assert said.exit_code == 3 and "wait for more than a minute" in said.stderr
    assert waiting.too_long(clock.now()) and not waiting.too_long(clock.now() - timedelta(seconds=30))
