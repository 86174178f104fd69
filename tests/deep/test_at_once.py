"""The same report from six connections at once is one report, and none of the senders is turned away."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import connection

from kalka.api.tests.factories import TOLD, program, report_path
from kalka.cases.tests.factories import NOW, raion
from kalka.intake.models import Report

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.deep]

SENDERS, REPORTS = 6, 20


def test_sent_at_once_it_is_one_report():
    clinic = program(raion().worker)

    def send(path):
        try:
            return clinic.put(path, TOLD).status_code
        finally:
            connection.close()

    with time_machine.travel(NOW), ThreadPoolExecutor(SENDERS) as pool:
        for number in range(REPORTS):
            answers = set(pool.map(send, [report_path()] * SENDERS))
            assert answers <= {200, 201} and Report.objects.count() == number + 1
