"""Run in a process of its own with the environment of an installation: makes it ready, or counts what is there."""

import json
import sys

import django

django.setup()

from django.conf import settings
from django.core.management import call_command

from kalka.access import who
from kalka.accounts.models import User
from kalka.accounts.rules import Stage
from kalka.accounts.services import open_session
from kalka.core import chain, clock, root
from kalka.core.models import AuditEntry
from kalka.demo.staffing import staff
from kalka.duties.models import Duty
from kalka.history.models import Event
from kalka.intake import selectors as intake
from kalka.intake.models import Report
from kalka.vault import keys
from kalka.vault.models import SubjectKey


def prepare() -> dict[str, object]:
    settings.DATA.mkdir(parents=True, exist_ok=True)
    root.create(settings.ROOT_KEY_FILE)
    call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    keys.ensure_keks()
    actor = staff(clock.now())["katchy"].actor
    opened = open_session(User.objects.get(id=actor.user_id), stage=Stage.FULL, now=clock.now())
    return {"session": opened.token, "user": actor.user_id}


def count() -> dict[str, object]:
    """Everything that must be there once for each report, and the record's own verdict."""
    while chain.seal():
        pass
    reports = list(Report.objects.all())
    subjects = [one.subject_id for one in reports]
    verdict = chain.verify()
    written = AuditEntry.objects.filter(command="intake.receive", kind="done")
    return {
        "reports": sorted(str(one.pk) for one in reports),
        "duties": sorted(
            str(one) for one in Duty.objects.filter(subject_id__in=subjects).values_list("about", flat=True)
        ),
        "events": Event.objects.filter(subject_id__in=subjects).count(),
        "keys": SubjectKey.objects.filter(subject_id__in=subjects).count(),
        "recorded": sorted(set(written.values_list("object_id", flat=True))),
        "fault": str(verdict.fault) if verdict.fault else "",
        "waiting": verdict.waiting,
        "opens": _opens(reports),
    }


def _opens(reports: list[Report]) -> int:
    """How many of them can be read again, word for word."""
    visitor = who.visitor(sys.argv[2], now=clock.now())
    assert visitor is not None and visitor.actor is not None
    pages = (intake.report_page(visitor.actor, one.pk, now=clock.now()) for one in reports[:50])
    return sum(str(page.told["what"]).startswith("Кабар") for page in pages)


if __name__ == "__main__":
    print(json.dumps({"prepare": prepare, "count": count}[sys.argv[1]]()))
